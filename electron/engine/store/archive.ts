/** One tenant's archive: the journal on disk and the rows in memory, kept in step. */
import type { Gap } from '../../../shared/contract';
import type { EpochMs, LogId, TenantId } from '../../../shared/domain/ids';
import { ingestedAt } from '../../../shared/domain/ids';
import { formatInstant } from '../../../shared/domain/time';
import { sameEvent } from '../json/same-event';
import type { Ports } from '../ports';
import type { Normalized } from '../sync/normalize-log-event';
import { createNormalizer } from '../sync/normalize-log-event';
import type { LogEvent } from '../../../shared/domain/log-event';
import type { FrameContent, FrameSource, SetAside, StoredEvent } from './frame';
import { FrameCache } from './frame-cache';
import { Journal } from './journal';
import { JournalWriter } from './journal-writer';
import { LogEvents } from './log-events';

/** An event as it came, with what the index knows of it. */
export type Incoming = { readonly bytes: Uint8Array; readonly envelopeLogId: LogId | null; readonly event: LogEvent };

export type Batch = {
  readonly source: FrameSource;
  readonly events: readonly Incoming[];
  /** Kept in the journal with their reason, as Auth0 forgets them. */
  readonly setAside: readonly SetAside[];
  readonly checkpoint: LogId | null;
  readonly gap: Gap | null;
};

export type Appended = { readonly stored: number; readonly duplicates: number; readonly revisions: number };

type Sorted = { readonly fresh: readonly Incoming[]; readonly revisions: readonly Incoming[]; readonly duplicates: number };

/** What reading needs of an archive, on disk or in memory. */
export type ReadableArchive = {
  readonly tenant: TenantId;
  readonly rows: LogEvents;
  readonly identity: string;
  readonly checkpoint: LogId | null;
  readonly setAsideCount: number;
  readonly gaps: readonly Gap[];
  readonly refresh: () => void;
  readonly eventBytes: (logId: LogId) => Uint8Array | null;
  readonly eachEvent: (visit: (seq: number, bytes: Uint8Array) => void) => void;
  readonly close: () => void;
};

export class Archive implements ReadableArchive {
  readonly tenant: TenantId;
  readonly rows: LogEvents;
  readonly #ports: Ports;
  readonly #journal: Journal;
  readonly #cache: FrameCache;
  readonly #normalize: (bytes: Uint8Array, envelopeLogId: string | null) => Normalized;
  readonly #gaps: Gap[] = [];
  #writer: JournalWriter | null = null;
  #checkpoint: LogId | null = null;
  #setAside = 0;

  constructor(ports: Ports, tenant: TenantId, key: Uint8Array, rows: LogEvents) {
    this.tenant = tenant;
    this.rows = rows;
    this.#ports = ports;
    this.#journal = new Journal(ports, tenant, key);
    this.#cache = new FrameCache(frame => this.#journal.frame(frame));
    this.#normalize = createNormalizer();
  }

  /** Replays the journal. @throws Failure archive.newer-format, archive.unreadable */
  static async open(ports: Ports, tenant: TenantId, key: Uint8Array): Promise<Archive> {
    const archive = new Archive(ports, tenant, key, new LogEvents(await ports.openSql()));
    archive.refresh();
    archive.rows.ensureIndexes();
    return archive;
  }

  get checkpoint(): LogId | null {
    return this.#checkpoint;
  }

  get setAsideCount(): number {
    return this.#setAside;
  }

  /** Known gaps, oldest first, those that damage tore included. */
  get gaps(): readonly Gap[] {
    return [...this.#gaps, ...this.#damageGaps()].sort((a, b) => (a.from < b.from ? -1 : 1));
  }

  /** Changes when the journal is rewritten, so that old page tokens are told. */
  get identity(): string {
    return [...this.#journal.head.archiveId].map(byte => byte.toString(16).padStart(2, '0')).join('');
  }

  /** Takes in what another process has appended since. */
  refresh(): void {
    if (this.#writer !== null) return;
    this.rows.transaction(() => { this.#journal.readNew((frame, content) => { this.#apply(frame, content); }); });
  }

  /** From here on this process appends; it must hold the folder's writer place. */
  becomeWriter(): void {
    if (this.#writer !== null) return;
    this.refresh();
    this.#writer = new JournalWriter(this.#ports, this.#journal);
  }

  /** Stores what is new of a batch, wholly or not at all; durable when `commit` returns. */
  append(batch: Batch): Appended {
    const sorted = this.#sort(batch.events);
    const hasNews = sorted.fresh.length + sorted.revisions.length + batch.setAside.length > 0 || batch.gap !== null;
    if (hasNews || (batch.checkpoint !== null && batch.checkpoint !== this.#checkpoint)) this.#write(batch, sorted);
    return { stored: sorted.fresh.length, duplicates: sorted.duplicates, revisions: sorted.revisions.length };
  }

  commit(): void {
    this.#writer?.commit(this.#nextSeq());
  }

  #nextSeq(): number {
    return Math.max(this.rows.lastSeq + 1, this.#journal.head.nextSeq);
  }

  #write(batch: Batch, sorted: Sorted): void {
    if (this.#writer === null) throw new Error('only the writer of a folder may append');
    const stored = (isRevision: boolean) => (item: Incoming): StoredEvent => ({ bytes: item.bytes, envelopeLogId: item.envelopeLogId, isRevision });
    const content: FrameContent = {
      firstSeq: this.#nextSeq(),
      source: batch.source,
      receivedAt: this.#ports.clock.now(),
      checkpoint: batch.checkpoint,
      gap: batch.gap,
      events: [...sorted.fresh.map(stored(false)), ...sorted.revisions.map(stored(true))],
      setAside: batch.setAside,
    };
    const frame = this.#writer.append(content);
    this.rows.transaction(() => { this.#index(frame, content, [...sorted.fresh, ...sorted.revisions].map(item => item.event)); });
  }

  #sort(events: readonly Incoming[]): Sorted {
    const fresh = new Map<LogId, Incoming>();
    const revisions: Incoming[] = [];
    let duplicates = 0;
    for (const item of events) {
      const { logId } = item.event;
      const known = [...this.#bodiesOf(logId), ...(fresh.has(logId) ? [fresh.get(logId)?.bytes ?? item.bytes] : []),
        ...revisions.filter(other => other.event.logId === logId).map(other => other.bytes)];
      if (known.length === 0) fresh.set(logId, item);
      else if (known.some(body => sameEvent(body, item.bytes))) duplicates += 1;
      else revisions.push(item);
    }
    return { fresh: [...fresh.values()], revisions, duplicates };
  }

  #bodiesOf(logId: LogId): readonly Uint8Array[] {
    return this.rows.placesOf(logId).map(place => this.#cache.event(place).bytes);
  }

  /** The event's own bytes as they came; null when it is not stored. */
  eventBytes(logId: LogId): Uint8Array | null {
    return this.#bodiesOf(logId)[0] ?? null;
  }

  /** Calls back for every stored event in journal order, other versions left out. */
  eachEvent(visit: (seq: number, bytes: Uint8Array) => void): void {
    this.rows.each({ text: 'SELECT seq, frame, slot FROM log_event ORDER BY seq', values: [] }, ([seq, frame, slot]) => {
      visit(Number(seq), this.#cache.event({ frame: Number(frame), slot: Number(slot) }).bytes);
    });
  }

  #apply(frame: number, content: FrameContent): void {
    const events = content.events.map(item => this.#normalize(item.bytes, item.envelopeLogId));
    this.#index(frame, content, events.map(item => (item.kind === 'log-event' ? item.value : null)));
  }

  #index(frame: number, content: FrameContent, events: readonly (LogEvent | null)[]): void {
    let seq = content.firstSeq;
    content.events.forEach((item, slot) => {
      const event = events[slot] ?? null;
      const place = { frame, slot };
      if (event !== null && item.isRevision) this.rows.insertRevision(event.logId, place);
      if (event !== null && !item.isRevision) this.rows.insert(seq, event, place);
      if (!item.isRevision) seq += 1;
    });
    this.#checkpoint = content.checkpoint ?? this.#checkpoint;
    if (content.gap !== null) this.#gaps.push(content.gap);
    this.#setAside += content.setAside.length;
  }

  /** What damage tore out of the journal, by the instants of its neighbours. */
  #damageGaps(): readonly Gap[] {
    return this.#journal.missingFrames().map(missing => ({
      from: this.#edge(missing.from - 1), to: this.#edge(missing.to), cause: 'damage',
    }));
  }

  #edge(frame: number): string {
    const [row] = this.rows.all({ text: 'SELECT occurred_at FROM log_event WHERE frame = ? ORDER BY seq LIMIT 1', values: [frame] });
    const at: EpochMs = row === undefined ? (ingestedAt(this.#checkpoint ?? '') ?? this.#ports.clock.now()) : Number(row[0]);
    return formatInstant(at);
  }

  close(): void {
    this.#writer?.close();
    this.#writer = null;
    this.#journal.close();
    this.rows.close();
  }
}
