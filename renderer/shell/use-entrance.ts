/** Which screen the address leads to: the way home, and the way round by unlocking while the keys are locked. */
import { useEffect } from 'react';
import type { VaultState } from '../../shared/contract';
import type { Failure } from '../../shared/errors';
import type { Address } from '../address';
import { formatAddress, navigate, parseAddress, toScreen, toTimeline, useAddress } from '../address';
import { useSettings } from '../hooks/use-settings';
import { sampleTenant, useTenants } from '../hooks/use-tenants';
import { useVault } from '../hooks/use-vault';
import type { ScreenName } from '../screens/index';
import { useCurrentTenant } from './use-current-tenant';

export type Entrance =
  | { readonly kind: 'wait' }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly retry: () => void }
  | { readonly kind: 'screen'; readonly screen: ScreenName };

/** What can be looked at without any key. */
const isOpenTo = (address: Address): boolean =>
  address.screen === 'about' || address.screen === 'settings' || address.screen === 'welcome' || ('tenant' in address && address.tenant === sampleTenant);

export type Knowledge = { readonly vault: VaultState['state']; readonly storedTenants: number; readonly current: string };

/** Where an address leads instead of itself; null when it may stay. The unlock screen keeps in `next` where one was going. */
export function detour(address: Address, { vault, storedTenants, current }: Knowledge): Address | null {
  if (address.screen === 'unlock') {
    return vault === 'locked' ? null : parseAddress(address.params.next?.at(-1) ?? '');
  }
  if (vault === 'locked' && !isOpenTo(address)) return toScreen('unlock', address.screen === 'home' ? {} : { next: [formatAddress(address)] });
  if (address.screen !== 'home') return null;
  return storedTenants === 0 ? toScreen('welcome') : toTimeline(current);
}

export function useEntrance(): Entrance {
  const { address } = useAddress();
  const vault = useVault();
  const tenants = useTenants();
  // They say where the application opens; one that cannot be read is as good as none.
  const isChoiceKnown = !useSettings().isPending;
  const current = useCurrentTenant();
  const failed = vault.error ?? tenants.error;
  const known = vault.data !== undefined && tenants.data !== undefined && isChoiceKnown ? { vault: vault.data.state, storedTenants: tenants.data.length, current } : null;
  const instead = known === null ? null : detour(address, known);
  const to = instead === null ? null : formatAddress(instead);
  useEffect(() => {
    if (to !== null) navigate(parseAddress(to), 'replace');
  }, [to]);
  // What needs no key need not wait for the vault's state either.
  if (address.screen !== 'home' && isOpenTo(address)) return { kind: 'screen', screen: address.screen };
  if (failed !== null) return { kind: 'failed', failure: failed, retry: () => { void vault.refetch(); void tenants.refetch(); } };
  if (known === null || to !== null || address.screen === 'home') return { kind: 'wait' };
  return { kind: 'screen', screen: address.screen };
}
