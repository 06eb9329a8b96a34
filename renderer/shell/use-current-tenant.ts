/** The tenant that the navigation is about: the address's, else the one last looked at, else the first there is. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Settings } from '../../shared/contract';
import { tenantOf, useAddress } from '../address';
import { call } from '../engine-client';
import { useSettings } from '../hooks/use-settings';
import { sampleTenant, useTenants } from '../hooks/use-tenants';
import { keys } from '../query-keys';

/** Where the application opens; `stored` are the tenants there are, beside the sample, first come first. One that is gone is passed over. */
export function openingTenant(last: string | null, stored: readonly string[]): string {
  return last !== null && (last === sampleTenant || stored.includes(last)) ? last : stored[0] ?? sampleTenant;
}

/** What is to be remembered when a tenant is looked at; null when the application would open there anyway. */
export function tenantToRemember(looked: string | null, last: string | null, stored: readonly string[]): string | null {
  const isThere = looked !== null && (looked === sampleTenant || stored.includes(looked));
  return isThere && openingTenant(last, stored) !== looked ? looked : null;
}

const useStored = (): readonly string[] | undefined => useTenants().data?.map(entry => entry.tenant);

export function useCurrentTenant(): string {
  const { address } = useAddress();
  const stored = useStored();
  const last = useSettings().data?.lastTenant ?? null;
  return tenantOf(address) ?? openingTenant(last, stored ?? []);
}

/** Keeps the tenant that is looked at in the settings. A folder that takes no settings only forgets it. */
export function useRememberTenant(): void {
  const cache = useQueryClient();
  const { address } = useAddress();
  const stored = useStored();
  const isKnown = useSettings().data !== undefined;
  const looked = tenantOf(address);
  const list = stored?.join('\n');
  useEffect(() => {
    const last = cache.getQueryData<Settings>(keys.settings)?.lastTenant ?? null;
    const next = isKnown && list !== undefined ? tenantToRemember(looked, last, list.split('\n').filter(tenant => tenant !== '')) : null;
    // The answer comes as a push too, to every window.
    if (next !== null) call('settings.write', { lastTenant: next }).then(written => { cache.setQueryData(keys.settings, written); }, () => undefined);
  }, [cache, looked, list, isKnown]);
}
