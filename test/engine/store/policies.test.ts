import { expect, it } from 'vitest';
import type { FrameContent, Policy } from '../../../electron/engine/store/frame';
import { Policies } from '../../../electron/engine/store/policies';
import { createCrypto } from '../../../electron/node/crypto';

const key = new Uint8Array(32).fill(3);
const frame = (policy: Policy): FrameContent => ({ firstSeq: 1, source: 'api', receivedAt: 0, checkpoint: null, gap: null, events: [], setAside: [], healed: [], policy });
const stretch = { from: '2026-01-01T00:00:00.000Z', to: '2026-03-01T00:00:00.000Z' };

it('a purging that is done takes nothing of what is imported later, and is told for ever', () => {
  const policies = new Policies(createCrypto(), key);
  policies.take(frame({ state: 'begun', forgotten: [], purged: stretch }));
  expect(policies.purgedBefore).toBe(Date.parse(stretch.to));
  policies.take(frame({ state: 'done', forgotten: [], purged: null }));
  expect(policies.purgedBefore).toBeNull();
  policies.take(frame({ state: 'begun', forgotten: ['a'.repeat(64)], purged: null }));
  expect(policies.purgedBefore).toBeNull();
  expect(policies.told([])).toEqual([expect.objectContaining(stretch)]);
  const recalled = new Policies(createCrypto(), key, policies.save());
  expect([recalled.purgedBefore, recalled.isUnfinished, recalled.told([])]).toEqual([null, true, policies.told([])]);
});
