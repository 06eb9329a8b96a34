import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../shared/errors';
import { fakeLog } from '../builders/fake-log';
import type { Op } from '../builders/faulty-files';
import { digestOf, faultyFiles, newRoot } from '../builders/faulty-files';
import { logEvents } from '../builders/log-event';
import type { TestEngine } from '../builders/test-engine';
import { testEngine } from '../builders/test-engine';

const tenant = 'acme.eu.auth0.com';

const outcomeOf = (engine: TestEngine): Promise<string> => engine.call('tenant.sync', { tenant }).then(() => 'ok', (error: unknown) => (error instanceof Failure ? error.code : String(error)));

/** Fails one operation during a sync, lets the same engine sync again, and tells what a new one then finds wrong; null when nothing is. */
async function afterFault(op: Op, number: number): Promise<string | null> {
  const root = newRoot();
  const { files, faults } = faultyFiles(root);
  const events = logEvents(350);
  const engine = testEngine({ root, tenants: [tenant], auth0: fakeLog(events), ports: { archiveFiles: files } });
  faults.fail = (kind, _path, count) => kind === op && count === number;
  const first = await outcomeOf(engine);
  faults.fail = null;
  const second = await outcomeOf(engine);
  await engine.close();
  const again = engine.another();
  const status = (await again.call('archive.status', { tenant })).tenants[0];
  await again.close();
  rmSync(root, { recursive: true, force: true });
  const isWhole = second === 'ok' && status?.digest === digestOf(events) && status.gaps.length === 0;
  return isWhole ? null : `${op} ${String(number)}: first ${first}, second ${second}, ${String(status?.events)} of 350 events, gaps ${JSON.stringify(status?.gaps)}`;
}

describe.each<Op>(['write', 'sync', 'open', 'syncFolder', 'read', 'list'])('when any one %s fails', op => {
  it('the next sync of the same process loses and doubles nothing', async () => {
    const wrong: (string | null)[] = [];
    for (let number = 1; number <= 14; number += 1) wrong.push(await afterFault(op, number));
    expect(wrong.filter(problem => problem !== null)).toEqual([]);
  });
});
