/** Syncs of tenants: their state and progress, whoever started them, and how this page starts and stops one. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { SyncReceipt, SyncState } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import { call } from '../engine-client';
import type { PushValue } from '../engine-client';
import { keys } from '../query-keys';

export type SyncProgress = PushValue<'sync.progress'>;

/** Syncs that this page started and that still run, and how any sync is stopped from any screen. */
type SyncRuns = {
  readonly running: ReadonlySet<string>;
  readonly start: (tenant: string) => Promise<SyncReceipt>;
  /** Stops the sync whoever started it. */
  readonly cancel: (tenant: string) => void;
};

const idleRuns: SyncRuns = { running: new Set(), start: () => Promise.reject(new Failure('operation.cancelled')), cancel: () => undefined };
const SyncContext = createContext<SyncRuns>(idleRuns);

export function SyncProvider({ children }: { readonly children: ReactNode }) {
  const cache = useQueryClient();
  const stops = useRef(new Map<string, AbortController>());
  const [running, setRunning] = useState<ReadonlySet<string>>(new Set());
  const start = useCallback(async (tenant: string) => {
    const stop = new AbortController();
    stops.current.set(tenant, stop);
    setRunning(new Set(stops.current.keys()));
    try {
      return await call('tenant.sync', { tenant }, { signal: stop.signal });
    } finally {
      if (stops.current.get(tenant) === stop) stops.current.delete(tenant);
      setRunning(new Set(stops.current.keys()));
      cache.removeQueries({ queryKey: keys.syncProgress(tenant) });
      await Promise.all([cache.invalidateQueries({ queryKey: keys.syncStates }), cache.invalidateQueries({ queryKey: keys.status(tenant) })]);
    }
  }, [cache]);
  const cancel = useCallback((tenant: string) => {
    const own = stops.current.get(tenant);
    if (own !== undefined) own.abort();
    // How it ended is pushed; where there is nothing to stop any more nothing is missed.
    else call('sync.stop', { tenant }).catch(() => cache.invalidateQueries({ queryKey: keys.syncStates }));
  }, [cache]);
  const value = useMemo(() => ({ running, start, cancel }), [running, start, cancel]);
  return <SyncContext value={value}>{children}</SyncContext>;
}

export type Sync = {
  /** Null until read, and for a tenant that is not connected. */
  readonly state: SyncState | null;
  /** The latest progress while a sync runs. */
  readonly progress: SyncProgress | null;
  /** The instant until which a request to Auth0 waits; null while none does. */
  readonly waitingUntil: string | null;
  readonly isRunning: boolean;
  /** Whether a sync is under way that can be stopped; one that waits for the folder is not. */
  readonly canCancel: boolean;
  /** @throws Failure of the catalogue; operation.cancelled after cancel */
  readonly start: () => Promise<SyncReceipt>;
  readonly cancel: () => void;
};

export const useSyncStates = () =>
  useQuery({ queryKey: keys.syncStates, queryFn: ({ signal }) => call('sync.states', {}, { signal }), staleTime: 60_000 });

const useProgress = (tenant: string): SyncProgress | null =>
  useQuery<SyncProgress | null>({ queryKey: keys.syncProgress(tenant), queryFn: () => null, enabled: false }).data ?? null;

const useWaitingUntil = (tenant: string): string | null =>
  useQuery<string | null>({ queryKey: keys.auth0Waiting(tenant), queryFn: () => null, enabled: false }).data ?? null;

export function useSync(tenant: string): Sync {
  const runs = useContext(SyncContext);
  const states = useSyncStates();
  const progress = useProgress(tenant);
  const waitingUntil = useWaitingUntil(tenant);
  const state = states.data?.tenants.find(known => known.tenant === tenant) ?? null;
  const isOurs = runs.running.has(tenant);
  return {
    state, progress, waitingUntil, isRunning: isOurs || state?.state === 'running' || (state?.state === 'waiting' && state.error === null), canCancel: isOurs || state?.state === 'running',
    start: () => runs.start(tenant), cancel: () => { runs.cancel(tenant); },
  };
}
