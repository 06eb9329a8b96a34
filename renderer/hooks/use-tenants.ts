/** The tenants of the data folder, with the built-in sample first. */
import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Output } from '../../shared/contract';
import { call } from '../engine-client';
import { keys } from '../query-keys';

export type TenantEntry = Output<'tenant.list'>['tenants'][number];
export const sampleTenant = 'sample';

/** Stored tenants only, by name; the sample is always there and is not listed. */
export const useTenants = (): UseQueryResult<readonly TenantEntry[]> => useQuery({
  queryKey: keys.tenants,
  queryFn: ({ signal }) => call('tenant.list', {}, { signal }),
  select: ({ tenants }) => tenants.filter(({ tenant }) => tenant !== sampleTenant).sort((a, b) => a.tenant.localeCompare(b.tenant)),
  staleTime: 60_000,
});

/** Counts, first and last event and gaps of one tenant. */
export const useTenantStatus = (tenant: string): UseQueryResult<Output<'archive.span'>> => useQuery({
  queryKey: keys.status(tenant),
  queryFn: ({ signal }) => call('archive.span', { tenant }, { signal }),
});
