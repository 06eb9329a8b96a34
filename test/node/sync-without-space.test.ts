import { expect, it } from 'vitest';
import { Failure } from '../../shared/errors';
import { acme, receiptOf, world } from '../builders/sync-world';

it.each(['archive.disk-full', 'archive.unwritable'] as const)('a sync that meets %s waits with its reason, and goes on by itself when it is due again', async code => {
  let hasSpace = false;
  const made = world({ settings: { syncEveryMinutes: 15 }, answer: tenant => (hasSpace ? receiptOf(tenant) : new Failure(code)) });
  made.schedule.start();
  await made.clock.advance(10_000);
  expect(made.last()).toMatchObject({ state: 'waiting', error: { code }, receipt: null });
  expect(made.last()?.nextAt).not.toBeNull();
  await made.clock.advance(10 * 60_000);
  expect(made.syncs).toHaveLength(1);
  hasSpace = true;
  await made.clock.advance(6 * 60_000);
  expect(made.syncs.map(({ tenant }) => tenant)).toEqual([acme, acme]);
  expect(made.last()).toMatchObject({ state: 'idle', error: null });
  await made.schedule.end();
});
