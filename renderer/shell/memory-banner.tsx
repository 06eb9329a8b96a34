/** Says that tenants are in memory only, offers to keep them, and warns of leaving the page meanwhile. */
import { MemoryStick } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AppInfo, VaultState } from '../../shared/contract';
import { Button, LogText } from '../components';
import { useAppInfo } from '../hooks/use-app-info';
import { useTenants } from '../hooks/use-tenants';
import type { TenantEntry } from '../hooks/use-tenants';
import { useVault } from '../hooks/use-vault';
import { KeepDialog } from '../screens/protect/keep-dialog';
import styles from './memory-banner.module.css';

/** The tenants that closing would lose, in words; null where there are none. */
export function wouldBeLost(tenants: readonly Pick<TenantEntry, 'tenant' | 'inMemory'>[]): string | null {
  const [first, ...more] = tenants.filter(({ inMemory }) => inMemory === true);
  if (first === undefined) return null;
  return more.length === 0 ? first.tenant : `${first.tenant} and ${more.length === 1 ? 'one other tenant' : `${String(more.length)} other tenants`}`;
}

/** A page that is left is not the program's end, but often its beginning. The desktop's window asks by itself. */
function useLeaveWarning(lost: string | null, host: AppInfo['host'] | undefined): void {
  const warns = lost !== null && host === 'loopback';
  useEffect(() => {
    if (!warns) return;
    const ask = (event: BeforeUnloadEvent): void => { event.preventDefault(); };
    window.addEventListener('beforeunload', ask);
    return () => { window.removeEventListener('beforeunload', ask); };
  }, [warns]);
}

function Banner({ lost, onKeep }: { readonly lost: string; readonly onKeep: () => void }) {
  return (
    <aside className={styles.banner} aria-label="In memory only">
      <MemoryStick size={16} aria-hidden="true" />
      <p><strong>In memory only:</strong> closing Tenantscope loses <LogText text={lost} max={300} />.</p>
      <Button size="small" className={styles.action} onClick={onKeep}>Set a passphrase to keep it</Button>
    </aside>
  );
}

/** The dialog stays until its recovery key was kept, when nothing is in memory only any more. */
export function MemoryBanner() {
  const [keeping, setKeeping] = useState<VaultState | null>(null);
  const vault = useVault().data;
  const lost = wouldBeLost(useTenants().data ?? []);
  useLeaveWarning(lost, useAppInfo().data?.host);
  return (
    <>
      {lost !== null && vault !== undefined && <Banner lost={lost} onKeep={() => { setKeeping(vault); }} />}
      {keeping !== null && <KeepDialog vault={keeping} onClose={() => { setKeeping(null); }} />}
    </>
  );
}
