/** An archive of log events, each of them offered twice, and what its views say. */
import type { Output } from '../../shared/contract';
import { createClock } from '../../electron/node/clock';
import type { RawEvent } from './log-event';
import { toJsonLines } from './log-event';
import type { TestEngine } from './test-engine';
import { testEngine } from './test-engine';

export type Archive = { readonly read: (view: string, params: Record<string, string[]>) => Promise<Output<'view.read'>['rows']>; readonly engine: TestEngine };

/** `now`: the clock at which it is asked, in milliseconds. */
export async function archiveAt(events: readonly RawEvent[], now: number): Promise<Archive> {
  const engine = testEngine({ ports: { clock: createClock(now) } });
  const again = events.map(raw => ({ ...raw, _id: raw.log_id, isMobile: false }));
  const receipt = await engine.call('archive.import', { tenant: 'generated', files: [engine.file('events.jsonl', toJsonLines([...events, ...again]))] });
  if (receipt.stored !== events.length) throw new Error('Not every event was stored once.');
  const read: Archive['read'] = async (view, params) => (await engine.call('view.read', { tenant: 'generated', view, params, size: 5_000 })).rows;
  return { engine, read };
}
