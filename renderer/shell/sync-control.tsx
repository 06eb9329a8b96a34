/** Starts a sync and shows how it goes: events, rate, time left, rate-limit budget, and what went wrong. */
import { useQueryClient } from '@tanstack/react-query';
import { ChevronDown, Plug, RefreshCw, TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import type { SyncReceipt } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import { navigate, toScreen } from '../address';
import { Button, formatCount, IconButton, Popover, Spinner, useToasts } from '../components';
import { useNow } from '../hooks/use-now';
import { useSync } from '../hooks/use-sync';
import type { Sync } from '../hooks/use-sync';
import { sampleTenant, useTenants } from '../hooks/use-tenants';
import { keys } from '../query-keys';
import styles from './sync-control.module.css';
import { SyncDetails } from './sync-details';

/** Runs a sync and tells how it ended. */
export function useRunSync(tenant: string): () => void {
  const sync = useSync(tenant);
  const toasts = useToasts();
  const cache = useQueryClient();
  const { renew } = useNow();
  const showNew = (): void => {
    renew();
    void cache.invalidateQueries({ queryKey: keys.tenant(tenant) });
  };
  const tell = ({ stored, gaps }: SyncReceipt): void => {
    const text = gaps.length === 0 ? undefined : `${formatCount(gaps.length)} new ${gaps.length === 1 ? 'gap' : 'gaps'}: Auth0 no longer had some events.`;
    const title = stored === 0 ? 'Nothing new at Auth0' : `${formatCount(stored)} new events stored`;
    toasts.show({ title, text, tone: 'success', ...(stored === 0 ? {} : { action: { label: 'Show them', onSelect: showNew } }) });
  };
  return () => {
    sync.start().then(tell, (error: unknown) => {
      if (error instanceof Failure && error.code === 'operation.cancelled') toasts.show({ title: error.message, text: error.hint });
      else toasts.showFailure(error instanceof Failure ? error : new Failure('internal', { reference: 'page' }));
    });
  };
}

/** What opens the details; an element and not a component, so that the popover can hold on to it. */
function detailsTrigger(sync: Sync): ReactElement<Record<string, unknown>> {
  const failed = (sync.state?.error ?? null) !== null;
  if (!sync.isRunning) {
    return <IconButton icon={failed ? TriangleAlert : ChevronDown} label={failed ? 'The last sync failed: details' : 'Sync details'} className={failed ? styles.failed : undefined} />;
  }
  const read = sync.progress?.read;
  return <Button variant="quiet"><Spinner size={14} />{read === undefined ? 'Syncing…' : `${formatCount(read)} read`}<ChevronDown size={14} aria-hidden="true" /></Button>;
}

function ConnectedSync({ tenant }: { readonly tenant: string }) {
  const sync = useSync(tenant);
  const run = useRunSync(tenant);
  return (
    <div className={styles.control} role="group" aria-label="Sync">
      {!sync.isRunning && <Button icon={RefreshCw} onClick={run}>Sync</Button>}
      <Popover label="Sync" trigger={detailsTrigger(sync)} align="end" className={styles.popover}><SyncDetails sync={sync} onStart={run} /></Popover>
    </div>
  );
}

/** Nothing for the sample; a way to connect for imported files. */
export function SyncControl({ tenant }: { readonly tenant: string }) {
  const entry = useTenants().data?.find(known => known.tenant === tenant);
  if (tenant === sampleTenant || entry === undefined) return null;
  return entry.connected ? <ConnectedSync tenant={tenant} /> : <Button variant="quiet" icon={Plug} onClick={() => { navigate(toScreen('connect')); }}>Connect</Button>;
}
