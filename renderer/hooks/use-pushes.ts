/** Puts what the host pushes where the screens read it: into the query cache. */
import { useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Output, Push, SyncState } from '../../shared/contract';
import { onConnection, onPush } from '../engine-client';
import type { Connection } from '../engine-client';
import { keys } from '../query-keys';
import { takeLocked } from './use-vault';

function withState(states: Output<'sync.states'> | undefined, state: SyncState): Output<'sync.states'> | undefined {
  if (states === undefined) return undefined;
  return { tenants: [...states.tenants.filter(known => known.tenant !== state.tenant), state] };
}

/** A page that opens while a sync begins may have read the states before and listened after. */
function readMissedStart(cache: QueryClient, tenant: string): void {
  const known = cache.getQueryData<Output<'sync.states'>>(keys.syncStates)?.tenants.find(state => state.tenant === tenant);
  if (known !== undefined && known.state !== 'running') void cache.invalidateQueries({ queryKey: keys.syncStates });
}

/** Keeps one push in the cache. Lists of events stay as they are until somebody asks for what is new. */
export function takePush(cache: QueryClient, push: Push): void {
  switch (push.name) {
    case 'sync.progress':
      cache.setQueryData(keys.syncProgress(push.value.tenant), push.value);
      cache.setQueryData(keys.auth0Waiting(push.value.tenant), null);
      readMissedStart(cache, push.value.tenant);
      break;
    case 'auth0.waiting': cache.setQueryData(keys.auth0Waiting(push.value.tenant), push.value.until); break;
    case 'import.progress': cache.setQueryData(keys.importProgress(push.value.tenant), push.value); break;
    case 'export.progress': cache.setQueryData(keys.exportProgress(push.value.tenant), push.value); break;
    case 'backup.progress': cache.setQueryData(keys.backupProgress, push.value); break;
    case 'vault.locked': takeLocked(cache, push.value); break;
    case 'settings.changed': cache.setQueryData(keys.settings, push.value); break;
    case 'sync.state':
      cache.setQueryData<Output<'sync.states'>>(keys.syncStates, states => withState(states, push.value));
      // Nobody was looking at events that a first sync could move.
      if (cache.getQueryData<Output<'archive.span'>>(keys.status(push.value.tenant))?.events === 0) void cache.invalidateQueries({ queryKey: keys.tenant(push.value.tenant) });
      if (push.value.state === 'idle' || push.value.state === 'failed') {
        cache.removeQueries({ queryKey: keys.syncProgress(push.value.tenant) });
        cache.setQueryData(keys.auth0Waiting(push.value.tenant), null);
        void cache.invalidateQueries({ queryKey: keys.status(push.value.tenant) });
      }
      break;
  }
}

/** Subscribes while mounted; says whether the host is there. After it came back everything is read again. */
export function usePushes(): Connection {
  const cache = useQueryClient();
  const [connection, setConnection] = useState<Connection>('up');
  const before = useRef<Connection>('up');
  useEffect(() => onPush(push => { takePush(cache, push); }), [cache]);
  useEffect(() => onConnection(next => {
    if (before.current === 'gone' && next === 'up') void cache.invalidateQueries();
    before.current = next;
    setConnection(next);
  }), [cache]);
  return connection;
}
