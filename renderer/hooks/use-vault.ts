/** The state of the data folder's keys, and the ways to open and set them up. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient, UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { Input, Output, VaultState } from '../../shared/contract';
import type { Failure } from '../../shared/errors';
import { call } from '../engine-client';
import { keys } from '../query-keys';
import { sampleTenant, whileInMemoryMs } from './use-tenants';

export const useVault = (): UseQueryResult<VaultState> => useQuery({
  queryKey: keys.vault, queryFn: ({ signal }) => call('vault.state', {}, { signal }), staleTime: 10_000,
  // Another window may keep what is in memory only.
  refetchInterval: ({ state: { data } }) => (data?.state === 'memory' ? whileInMemoryMs : false),
});

/** What could not be read while the vault was locked may be readable now. */
async function forgetLocked(cache: QueryClient): Promise<void> {
  await Promise.all([keys.vault, keys.tenants, keys.syncStates, ['tenant']].map(queryKey => cache.invalidateQueries({ queryKey })));
}

/** Keeps nothing of what was read from a stored archive: the sample needs no key. */
export function takeLocked(cache: QueryClient, state: VaultState): void {
  cache.setQueryData(keys.vault, state);
  cache.removeQueries({ predicate: ({ queryKey: [what, tenant] }) => what === 'tenant' && tenant !== sampleTenant });
  for (const queryKey of [keys.tenants, keys.syncStates]) void cache.invalidateQueries({ queryKey });
}

/** With a passphrase or recovery key, or, given neither, with the system's keychain. */
export function useUnlock(): UseMutationResult<VaultState, Failure, Input<'vault.unlock'>> {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<'vault.unlock'>) => call('vault.unlock', input),
    // The cache must not keep what was typed.
    gcTime: 0,
    onSuccess: state => {
      cache.setQueryData(keys.vault, state);
      return forgetLocked(cache);
    },
    // A keychain that was looked for again may have come, or gone.
    onError: () => cache.invalidateQueries({ queryKey: keys.vault }),
  });
}

/** Makes the keys of a new folder. The recovery key in the answer is shown this once and kept nowhere. */
export function useSetUpVault(): UseMutationResult<Output<'vault.setUp'>, Failure, Input<'vault.setUp'>> {
  const cache = useQueryClient();
  return useMutation({ mutationFn: (input: Input<'vault.setUp'>) => call('vault.setUp', input), gcTime: 0, onSuccess: () => forgetLocked(cache) });
}
