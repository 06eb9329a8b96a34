import { expect, it } from 'vitest';
import { LogEvents } from '../../../electron/engine/store/log-events';
import { createNormalizer } from '../../../electron/engine/sync/normalize-log-event';
import { logEvent } from '../../builders/log-event';
import { openSql } from '../../builders/test-engine';

it('log ids are gone through in the order of their bytes, those of digits and the odd ones mixed', async () => {
  const rows = new LogEvents(await openSql(), () => null);
  const normalize = createNormalizer();
  const digits = (first: string): string => first.padEnd(56, '7');
  const logIds = [digits('900'), 'zz', digits('100'), '', '5', digits('5'), `${digits('5')}0`, '9é', '9\u{1f600}', '9\u{ffee}', '-', digits('0'), `${'9'.repeat(55)}a`];
  logIds.forEach((logId, index) => {
    const event = normalize(new TextEncoder().encode(JSON.stringify(logEvent(index, { log_id: logId === '' ? ' ' : logId }))), null);
    if (event.kind === 'log-event') rows.insert(index + 1, event.value, { frame: 0, slot: index });
  });
  const found: string[] = [];
  for (const slice of rows.sortedLogIds()) found.push(...slice.map(([logId]) => logId));
  expect(found.length).toBe(rows.count);
  expect(rows.count).toBeGreaterThan(9);
  expect(found).toEqual([...found].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  rows.close();
});
