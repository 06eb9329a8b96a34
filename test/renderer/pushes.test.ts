import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import type { Output, PushName, Push, SyncState } from '../../shared/contract';
import { takePush } from '../../renderer/hooks/use-pushes';
import { keys } from '../../renderer/query-keys';

const tenant = 'acme.eu.auth0.com';
const state = (of: SyncState['state']): SyncState => ({ tenant, state: of, lastStartedAt: null, lastFinishedAt: null, nextAt: null, error: null, receipt: null });
const progress: Extract<Push, { name: Extract<PushName, 'sync.progress'> }> = {
  name: 'sync.progress', value: { tenant, read: 100, stored: 100, duplicates: 0, rate: 10, etaMs: null, readUpTo: null, budget: null, state: 'reading' },
};

it.each([['idle', true], ['failed', true], ['running', false]] as const)('progress of a sync whose state is known as %s has the states read again: %s', (known, isRead) => {
  const cache = new QueryClient();
  cache.setQueryData<Output<'sync.states'>>(keys.syncStates, { tenants: [state(known)] });
  takePush(cache, progress);
  expect(cache.getQueryState(keys.syncStates)?.isInvalidated).toBe(isRead);
  expect(cache.getQueryData(keys.syncProgress(tenant))).toEqual(progress.value);
});
