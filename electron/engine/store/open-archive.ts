/** Puts an archive together for its start: from a snapshot and the journal behind it where one can be used, else from nothing. */
import type { SqlJsStatic } from 'sql.js';
import type { TenantId } from '../../../shared/domain/ids';
import type { ClockPort, Ports } from '../ports';
import { ArchiveFacts } from './archive-facts';
import { Journal } from './journal';
import { LogEvents } from './log-events';
import { fromSnapshot, journalOf } from './snapshot-content';
import type { Pause } from './snapshot-file';
import type { OpenedSnapshot } from './snapshots';
import { Snapshots } from './snapshots';

/** The worker is kept from its messages for no longer. */
const longestBlockMs = 8;

/** Lets messages through after some milliseconds of work, unless it is to stop. */
export function pauseNowAndThen(clock: ClockPort, check: () => void = () => undefined): Pause {
  let pausedAt = clock.elapsed();
  return async () => {
    if (clock.elapsed() - pausedAt < longestBlockMs) return;
    await clock.sleep(0);
    check();
    pausedAt = clock.elapsed();
  };
}

/**
 * `all-intact`: every frame whose seal opens, with the help of a snapshot; `replay`: without one. `vouched-only`: a sync of this folder
 * failed before; frames it did not cover are not believed, and are written again elsewhere.
 */
export type ArchiveStart = 'all-intact' | 'replay' | 'vouched-only';

/** What an archive consists of, empty or as a snapshot kept it. */
export type ArchiveParts = { readonly start: 'journal' | 'snapshot'; readonly journal: Journal; readonly rows: LogEvents; readonly facts: ArchiveFacts };
export type Opening = { readonly ports: Ports; readonly tenant: TenantId; readonly key: Uint8Array };

export async function emptyParts({ ports, tenant, key }: Opening): Promise<ArchiveParts> {
  const sqlJs = await ports.openSql();
  return { start: 'journal', journal: new Journal(ports, tenant, key), rows: new LogEvents(sqlJs, ports.countryOf), facts: new ArchiveFacts(ports.crypto, key) };
}

/** Null when there is no snapshot that fits the journal on the disk; never fails because of one. */
export async function partsFromSnapshot(opening: Opening): Promise<ArchiveParts | null> {
  const { ports, tenant, key } = opening;
  const sqlJs = await ports.openSql();
  const pause = pauseNowAndThen(ports.clock);
  return new Snapshots(ports, tenant, key).read(snapshot => partsFrom(opening, sqlJs, snapshot, pause), pause);
}

async function partsFrom({ ports, tenant, key }: Opening, sqlJs: SqlJsStatic, snapshot: OpenedSnapshot, pause: Pause): Promise<ArchiveParts | null> {
  const journal = new Journal(ports, tenant, key);
  let isTaken = false;
  try {
    // Before the large part is read: most snapshots that cannot be used are told by this.
    if (!journal.recall(journalOf(snapshot.facts))) return null;
    const sections = await snapshot.sections(pause);
    if (sections === null) return null;
    const saved = fromSnapshot(snapshot.facts, sections);
    journal.recallPlaces(saved.places);
    const rows = new LogEvents(sqlJs, ports.countryOf, saved.rows);
    isTaken = true;
    return { start: 'snapshot', journal, rows, facts: new ArchiveFacts(ports.crypto, key, saved.facts, saved.setAside) };
  } finally {
    if (!isTaken) journal.close();
  }
}
