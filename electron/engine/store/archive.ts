/** One tenant's archive: the journal on disk and the rows in memory, kept in step. */
import type { Gap } from '../../../shared/contract';
import type { EpochMs, LogId, TenantId } from '../../../shared/domain/ids';
import type { LogEvent } from '../../../shared/domain/log-event';
import { Failure } from '../../../shared/errors';
import { sameEvent } from '../json/same-event';
import type { Ports } from '../ports';
import type { Normalized } from '../sync/normalize-log-event';
import { createNormalizer } from '../sync/normalize-log-event';
import { damageGaps } from './damage-gaps';
import type { FrameContent, FrameSource, Healed, SetAside, StoredEvent } from './frame';
import { FrameCache } from './frame-cache';
import type { FrameRange } from './journal';
import { Journal } from './journal';
import { JournalWriter } from './journal-writer';
import { LogEvents } from './log-events';
import { KnownBodies } from './known-bodies';

/** An event as it came, with what the index knows of it. */
export type Incoming = { readonly bytes: Uint8Array; readonly envelopeLogId: LogId | null; readonly event: LogEvent };

export type Batch = {
  readonly source: FrameSource;
  readonly events: readonly Incoming[];
  /** Kept in the journal with their reason, as Auth0 forgets them. */
  readonly setAside: readonly SetAside[];
  readonly checkpoint: LogId | null;
  readonly gap: Gap | null;
  readonly healed?: readonly Healed[];
};

export type Appended = { readonly stored: number; readonly duplicates: number; readonly revisions: number; readonly setAside: number };

type Sorted = { readonly fresh: readonly Incoming[]; readonly revisions: readonly Incoming[]; readonly setAside: readonly SetAside[]; readonly duplicates: number };

/** What reading needs of an archive, on disk or in memory. */
export type ReadableArchive = {
  readonly tenant: TenantId;
  readonly rows: LogEvents;
  readonly identity: string;
  readonly checkpoint: LogId | null;
  readonly setAsideCount: number;
  readonly gaps: readonly Gap[];
  /** When the log was last read to where it stood then; null when it never was. */
  readonly coveredUntil: EpochMs | null;
  readonly refresh: () => Promise<void>;
  readonly eventBytes: (logId: LogId) => Uint8Array | null;
  /** Calls back for every stored event in journal order, other versions left out, letting messages through now and then. */
  readonly eachEvent: (visit: (seq: number, bytes: Uint8Array) => void, signal?: AbortSignal) => Promise<void>;
  readonly close: () => void;
};

/** `vouched-only`: a sync of this folder failed before; frames it did not cover are not believed, and are written again elsewhere. */
export type ArchiveStart = 'all-intact' | 'vouched-only';

/** Reading yields to messages after so many frames or events. */
const framesPerSlice = 20;
const eventsPerSlice = 1_000;

export class Archive implements ReadableArchive {
  readonly tenant: TenantId;
  readonly rows: LogEvents;
  readonly #ports: Ports;
  readonly #journal: Journal;
  readonly #cache: FrameCache;
  readonly #normalize: (bytes: Uint8Array, envelopeLogId: string | null) => Normalized;
  readonly #setAside: KnownBodies;
  readonly #gaps: Gap[] = [];
  readonly #healed: Healed[] = [];
  #start: ArchiveStart;
  #writer: JournalWriter | null = null;
  #refreshing: Promise<void> | null = null;
  #checkpoint: LogId | null = null;
  #coveredUntil: EpochMs | null = null;
  #state: 'sound' | 'broken' | 'sync-failed' = 'sound';

  constructor(ports: Ports, tenant: TenantId, key: Uint8Array, rows: LogEvents, start: ArchiveStart) {
    this.tenant = tenant;
    this.rows = rows;
    this.#ports = ports;
    this.#journal = new Journal(ports, tenant, key);
    this.#cache = new FrameCache(frame => this.#journal.frame(frame));
    this.#normalize = createNormalizer();
    this.#setAside = new KnownBodies(ports.crypto);
    this.#start = start;
  }

  /** Replays the journal. @throws Failure archive.newer-format, archive.unreadable */
  static async open(ports: Ports, tenant: TenantId, key: Uint8Array, start: ArchiveStart = 'all-intact'): Promise<Archive> {
    const archive = new Archive(ports, tenant, key, new LogEvents(await ports.openSql(), ports.countryOf), start);
    try {
      await archive.#readNew();
      archive.rows.ensureIndexes();
      return archive;
    } catch (error) {
      archive.close();
      throw error;
    }
  }

  /** `broken` after any failure between disk and rows: it must be closed and opened again. `sync-failed`: and what is on the disk is uncertain. */
  get state(): 'sound' | 'broken' | 'sync-failed' {
    return this.#state;
  }

  get checkpoint(): LogId | null {
    return this.#checkpoint;
  }

  get coveredUntil(): EpochMs | null {
    return this.#coveredUntil;
  }

  get setAsideCount(): number {
    return this.#setAside.size;
  }

  /** Known gaps, oldest first, those that damage tore included. */
  get gaps(): readonly Gap[] {
    const lost = this.#journal.missingFrames().filter(range => !this.#healed.some(healed => healed.complete && covers(healed, range)));
    return [...this.#gaps, ...damageGaps(this.rows, lost, this.#ports.clock.now())].sort((a, b) => (a.from < b.from ? -1 : 1));
  }

  /** Frames that damage took and that were not looked for again yet. */
  get unhealed(): readonly FrameRange[] {
    return this.#journal.missingFrames().filter(range => !this.#healed.some(healed => covers(healed, range)));
  }

  /** How many events the journal counted that are not there any more. */
  get lostEvents(): number {
    return Math.max(0, this.#nextSeq() - 1 - this.rows.count);
  }

  /** Changes when the journal is rewritten, so that old page tokens are told. */
  get identity(): string {
    return [...(this.#journal.archiveId ?? [])].map(byte => byte.toString(16).padStart(2, '0')).join('');
  }

  /** Takes in what another process has appended since; several callers share one reading. */
  refresh(): Promise<void> {
    if (this.#writer !== null) return Promise.resolve();
    this.#refreshing ??= this.#readNew().finally(() => { this.#refreshing = null; });
    return this.#refreshing;
  }

  async #readNew(): Promise<void> {
    const trust = this.#start === 'vouched-only' || this.#ports.archiveFiles.isBeingWritten() ? 'vouched' : 'intact';
    const frames = this.#journal.readNew(trust);
    for (let isOpen = true; isOpen;) {
      this.#guard(() => { this.rows.transaction(() => { isOpen = this.#takeSlice(frames); }); });
      if (isOpen) await this.#ports.clock.sleep(0);
    }
  }

  #takeSlice(frames: Generator<{ readonly frame: number; readonly content: FrameContent }>): boolean {
    for (let count = 0; count < framesPerSlice; count += 1) {
      const next = frames.next();
      if (next.done === true) return false;
      this.#apply(next.value.frame, next.value.content);
    }
    return true;
  }

  #guard<Value>(work: () => Value, failed: 'broken' | 'sync-failed' = 'broken'): Value {
    if (this.#state !== 'sound') throw new Failure('archive.unwritable', { problem: 'an earlier write failed' });
    try {
      return work();
    } catch (error) {
      this.#state = failed;
      throw error;
    }
  }

  /** From here on this process appends; it must hold the folder's writer place. */
  async becomeWriter(): Promise<void> {
    if (this.#writer !== null) return;
    await this.refresh();
    this.#writer ??= this.#guard(() => new JournalWriter(this.#ports, this.#journal, this.#start === 'vouched-only' ? 'fresh-segment' : 'continue'));
    this.#start = 'all-intact';
  }

  /** Stores what is new of a batch, wholly or not at all; durable when `commit` returns. */
  append(batch: Batch): Appended {
    return this.#guard(() => {
      const sorted = this.#sort(batch);
      const hasNews = sorted.fresh.length + sorted.revisions.length + sorted.setAside.length + (batch.healed ?? []).length > 0 || batch.gap !== null;
      if (hasNews || (batch.checkpoint !== null && batch.checkpoint !== this.#checkpoint)) this.#write(batch, sorted);
      return { stored: sorted.fresh.length, duplicates: sorted.duplicates, revisions: sorted.revisions.length, setAside: sorted.setAside.length };
    });
  }

  commit(): void {
    if (this.#journal.head.frames === this.#journal.nextFrame) return;
    this.#guard(() => { this.#writer?.commit(this.#nextSeq()); }, 'sync-failed');
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
      setAside: sorted.setAside,
      healed: batch.healed ?? [],
    };
    const frame = this.#writer.append(content);
    this.rows.transaction(() => { this.#index(frame, content, [...sorted.fresh, ...sorted.revisions].map(item => item.event)); });
  }

  #sort({ events, setAside }: Batch): Sorted {
    const fresh = new Map<LogId, Incoming>();
    const revisions: Incoming[] = [];
    let duplicates = 0;
    for (const item of events) {
      const { logId } = item.event;
      const first = fresh.get(logId);
      const known = [...this.#bodiesOf(logId), ...(first === undefined ? [] : [first.bytes]), ...revisions.filter(other => other.event.logId === logId).map(other => other.bytes)];
      if (known.length === 0) fresh.set(logId, item);
      else if (known.some(body => sameEvent(body, item.bytes))) duplicates += 1;
      else revisions.push(item);
    }
    const aside = setAside.filter(item => !this.#setAside.has(item.bytes));
    return { fresh: [...fresh.values()], revisions, setAside: aside, duplicates: duplicates + setAside.length - aside.length };
  }

  #bodiesOf(logId: LogId): readonly Uint8Array[] {
    return this.rows.placesOf(logId).map(place => this.#cache.event(place).bytes);
  }

  eventBytes(logId: LogId): Uint8Array | null {
    return this.#bodiesOf(logId)[0] ?? null;
  }

  async eachEvent(visit: (seq: number, bytes: Uint8Array) => void, signal?: AbortSignal): Promise<void> {
    for (let after = Number.MIN_SAFE_INTEGER; ;) {
      const places = this.rows.placesAfter(after, eventsPerSlice);
      for (const place of places) visit(place.seq, this.#cache.event(place).bytes);
      const last = places.at(-1);
      if (last === undefined) return;
      after = last.seq;
      await this.#ports.clock.sleep(0);
      if (signal?.aborted === true) throw new Failure('operation.cancelled');
    }
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
      if (event !== null && item.isRevision) this.rows.insertRevision(event, place);
      if (event !== null && !item.isRevision) this.rows.insert(seq, event, place);
      if (!item.isRevision) seq += 1;
    });
    this.#checkpoint = content.checkpoint ?? this.#checkpoint;
    if (content.checkpoint !== null) this.#coveredUntil = Math.max(content.receivedAt, this.#coveredUntil ?? 0);
    if (content.gap !== null) this.#gaps.push(content.gap);
    for (const item of content.setAside) this.#setAside.add(item.bytes);
    this.#healed.push(...content.healed);
  }

  /** Closes all files, whatever fails. */
  close(): void {
    try {
      if (this.#state === 'sound') this.#writer?.close();
      else this.#writer?.abandon();
    } finally {
      this.#writer = null;
      this.#journal.close();
      this.rows.close();
    }
  }
}

const covers = (healed: FrameRange, range: FrameRange): boolean => healed.from <= range.from && healed.to >= range.to;
