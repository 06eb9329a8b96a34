/** Locks the vault, and leads to where it is opened again. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult } from '@tanstack/react-query';
import type { VaultState } from '../../../shared/contract';
import type { Failure } from '../../../shared/errors';
import { navigate, toScreen } from '../../address';
import { takeLocked } from '../../hooks/use-vault';
import { call } from '../../engine-client';

/** A mutation, as it goes on when the push about it has already taken its button away. */
export function useLock(): UseMutationResult<VaultState, Failure, void> {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => call('vault.lock', {}),
    onSuccess: state => {
      takeLocked(cache, state);
      if (state.state === 'locked') navigate(toScreen('unlock'));
    },
  });
}
