/** The sample tenant: generated into memory from a fixed seed, with no key, no folder and no network. */
import type { EpochMs } from '../../../shared/domain/ids';
import { sampleTenant } from '../../../shared/domain/ids';
import { sampleEvents } from '../sample/index';
import type { Ports } from '../ports';
import type { ReadableArchive } from './readable-archive';
import { utf8 } from './bytes';
import { LogEvents } from './log-events';

/** The world of the day of `now`, up to `now`; the same in every process of that day. */
export async function openSampleArchive(ports: Pick<Ports, 'openSql'>, now: EpochMs): Promise<ReadableArchive> {
  const rows = new LogEvents(await ports.openSql(), () => null);
  const events = sampleEvents({ now });
  rows.transaction(() => {
    events.forEach((item, index) => { rows.insert(index + 1, item.logEvent, { frame: 0, slot: index }); });
  });
  const bytesOf = (seq: number): Uint8Array => utf8(events[seq - 1]?.json ?? '');
  return {
    tenant: sampleTenant,
    rows,
    identity: `sample-${new Date(now).toISOString().slice(0, 10)}`,
    checkpoint: events.at(-1)?.logId ?? null,
    setAsideCount: 0,
    gaps: [],
    coveredUntil: now,
    refresh: () => Promise.resolve(),
    eventBytes: logId => {
      const seq = rows.seqOf(logId);
      return seq === null ? null : bytesOf(seq);
    },
    eachEvent: visit => {
      events.forEach((item, index) => { visit(index + 1, utf8(item.json)); });
      return Promise.resolve();
    },
    close: () => { rows.close(); },
  };
}
