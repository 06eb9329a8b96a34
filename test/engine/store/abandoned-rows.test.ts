import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { SqlJsStatic } from 'sql.js';
import { expect, it } from 'vitest';
import { LogEvents } from '../../../electron/engine/store/log-events';
import { openSql } from '../../builders/test-engine';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

it('rows that nobody holds any more give their database back, and those that are held do not', async () => {
  const sqlJs = await openSql();
  let closed = 0;
  class Watched extends sqlJs.Database {
    override close(): void {
      closed += 1;
      super.close();
    }
  }
  const watched: SqlJsStatic = { ...sqlJs, Database: Watched };
  const held = new LogEvents(watched, () => null);
  const abandon = (): number => new LogEvents(watched, () => null).count;
  expect(abandon()).toBe(0);
  for (let turn = 0; turn < 50 && closed === 0; turn += 1) {
    collect();
    await wait(10);
  }
  expect(closed).toBe(1);
  expect(held.count).toBe(0);
  held.close();
  expect(closed).toBe(2);
});
