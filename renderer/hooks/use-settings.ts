/** What the person chose for this data folder, and how it is changed. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Input, Settings } from '../../shared/contract';
import { isTimeZone } from '../../shared/domain/time';
import type { Failure } from '../../shared/errors';
import { call } from '../engine-client';
import { keys } from '../query-keys';

export const useSettings = (): UseQueryResult<Settings> =>
  useQuery({ queryKey: keys.settings, queryFn: ({ signal }) => call('settings.read', {}, { signal }), staleTime: Infinity });

/** Writes the named settings and leaves the rest; what was read before is replaced by the answer. */
export function useWriteSettings(): UseMutationResult<Settings, Failure, Input<'settings.write'>> {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (changes: Input<'settings.write'>) => call('settings.write', changes),
    onSuccess: written => { cache.setQueryData(keys.settings, written); },
  });
}

export const systemTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The IANA name of the zone that the settings choose; the system's until they are read. */
export function useDefaultTimeZone(): string {
  const chosen = useSettings().data?.timeZone ?? 'system';
  return useMemo(() => (chosen === 'system' || !isTimeZone(chosen) ? systemTimeZone() : chosen), [chosen]);
}
