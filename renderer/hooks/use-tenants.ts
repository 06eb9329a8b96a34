/** The tenants of the data folder, with the built-in sample first. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Output } from '../../shared/contract';
import { call } from '../engine-client';
import { keys } from '../query-keys';

export type TenantEntry = Output<'tenant.list'>['tenants'][number];
export const sampleTenant = 'sample';

/** How often it is looked whether tenants are still in memory only, as another window may have kept them. */
export const whileInMemoryMs = 10_000;

/** Stored tenants only, by name; the sample is always there and is not listed. */
export const useTenants = (): UseQueryResult<readonly TenantEntry[]> => useQuery({
  queryKey: keys.tenants,
  queryFn: ({ signal }) => call('tenant.list', {}, { signal }),
  select: ({ tenants }) => tenants.filter(({ tenant }) => tenant !== sampleTenant).sort((a, b) => a.tenant.localeCompare(b.tenant)),
  staleTime: 60_000,
  refetchInterval: ({ state: { data } }) => (data?.tenants.some(({ inMemory }) => inMemory === true) === true ? whileInMemoryMs : false),
});

/** Counts, first and last event and gaps of one tenant. */
export const useTenantStatus = (tenant: string): UseQueryResult<Output<'archive.span'>> => useQuery({
  queryKey: keys.status(tenant),
  queryFn: ({ signal }) => call('archive.span', { tenant }, { signal }),
});

/** Has a tenant opened, or the sample made, while somebody is about to go there. */
export function usePrepareTenant(): (tenant: string) => void {
  const cache = useQueryClient();
  return useCallback(tenant => {
    void cache.prefetchQuery({ queryKey: keys.status(tenant), queryFn: () => call('archive.span', { tenant }), staleTime: 60_000 });
  }, [cache]);
}
