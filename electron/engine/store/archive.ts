/** One tenant's archive: the journal on disk and the rows in memory, kept in step. */
import type { Gap } from '../../../shared/contract';
import type { EpochMs, LogId, TenantId } from '../../../shared/domain/ids';
import type { LogEvent } from '../../../shared/domain/log-event';
import { Failure } from '../../../shared/errors';
import type { Ports } from '../ports';
import type { Normalized } from '../sync/normalize-log-event';
import { createNormalizer } from '../sync/normalize-log-event';
import type { ArchiveFacts } from './archive-facts';
import { ArchiveSnapshots } from './archive-snapshots';
import type { Appended, Batch } from './batch';
import { sealsHold } from './check-seals';
import { damageGaps } from './damage-gaps';
import { seqsOf } from './event-places';
import type { FrameContent, Healed, Policy } from './frame';
import { FrameCache } from './frame-cache';
import { subtractRanges } from './frame-ranges';
import type { FrameRange, Journal } from './journal';
import { JournalWriter } from './journal-writer';
import type { LogEvents } from './log-events';
import type { ArchiveParts, ArchiveStart, Opening } from './open-archive';
import { emptyParts, partsFromSnapshot, pauseNowAndThen } from './open-archive';
import type { Policies } from './policies';
import type { ReadableArchive } from './readable-archive';
import type { SavedArchive } from './snapshot-content';
import { saveArchive } from './snapshot-content';
import { Snapshots } from './snapshots';
import type { Sorted } from './sort-batch';
import { frameOf, hasNews, sortBatch } from './sort-batch';

/**
 * `broken` after any failure between disk and rows: it must be closed and opened again. `sync-failed`: and what is on the disk is uncertain.
 * `retired`: the journal was rewritten; what is in memory can still be read by who is reading it.
 */
export type ArchiveState = 'sound' | 'broken' | 'sync-failed' | 'retired';

/** Reading yields to messages after so many frames or events. */
const framesPerSlice = 20;
const eventsPerSlice = 1_000;

export class Archive implements ReadableArchive {
  readonly tenant: TenantId;
  readonly rows: LogEvents;
  readonly snapshots: ArchiveSnapshots;
  readonly #ports: Ports;
  readonly #journal: Journal;
  readonly #cache: FrameCache;
  readonly #normalize: (bytes: Uint8Array, envelopeLogId: string | null) => Normalized;
  readonly #facts: ArchiveFacts;
  #start: ArchiveStart;
  #writer: JournalWriter | null = null;
  #refreshing: Promise<void> | null = null;
  #checking: Promise<boolean> | null = null;
  #state: ArchiveState = 'sound';

  constructor({ ports, tenant, key }: Opening, parts: ArchiveParts, start: ArchiveStart) {
    this.tenant = tenant;
    this.rows = parts.rows;
    this.#ports = ports;
    this.#journal = parts.journal;
    this.#facts = parts.facts;
    this.#cache = new FrameCache(frame => this.#readFrame(frame));
    this.#normalize = createNormalizer();
    this.#start = start;
    const kept = { files: new Snapshots(ports, tenant, key), clock: ports.clock, capture: () => this.#capture(), eventCount: () => this.rows.count };
    this.snapshots = new ArchiveSnapshots(kept, parts.start === 'snapshot' ? this.rows.count : 0);
    if (parts.start === 'journal') this.#checking = Promise.resolve(true);
  }

  /** Reads a snapshot and the journal behind it, or all of the journal. @throws Failure archive.newer-format, archive.unreadable */
  static async open(ports: Ports, tenant: TenantId, key: Uint8Array, start: ArchiveStart = 'all-intact'): Promise<Archive> {
    const opening = { ports, tenant, key };
    const parts = (start === 'all-intact' ? await partsFromSnapshot(opening) : null) ?? await emptyParts(opening);
    const archive = new Archive(opening, parts, start);
    try {
      await archive.#readNew();
      return archive;
    } catch (error) {
      archive.close();
      throw error;
    }
  }

  get state(): ArchiveState { return this.#state; }

  get checkpoint(): LogId | null { return this.#facts.checkpoint; }

  get coveredUntil(): EpochMs | null { return this.#facts.coveredUntil; }

  get policies(): Policies {
    return this.#facts.policies;
  }

  get setAsideCount(): number {
    return this.#facts.setAside.size;
  }

  /** Known gaps, oldest first, those that damage tore included; and, with a cause of its own, what the retention took. */
  get gaps(): readonly Gap[] {
    return [...this.policies.told([...this.#facts.gaps, ...damageGaps(this.rows, this.lostFrames, this.#ports.clock.now())])].sort((a, b) => (a.from < b.from ? -1 : 1));
  }

  /** Frames that damage took and that were not found again. */
  get lostFrames(): readonly FrameRange[] { return this.notFoundAgain(this.#journal.missingFrames()); }

  /** Those of some missing frames whose events are not known to be stored elsewhere. */
  notFoundAgain(missing: readonly FrameRange[]): readonly FrameRange[] {
    return subtractRanges(missing, this.#facts.healed.filter(healed => healed.complete));
  }

  /** Frames that damage took and that were not looked for again yet. */
  get unhealed(): readonly FrameRange[] { return subtractRanges(this.#journal.missingFrames(), this.#facts.healed); }

  /** Frames that were looked for again; one without a frame marks where a search began. */
  get healed(): readonly Healed[] { return this.#facts.healed; }

  /** How many events the journal counted that are not there any more. */
  get lostEvents(): number {
    return Math.max(0, this.#nextSeq() - 1 - this.policies.removedCount - this.rows.count);
  }

  /** Where the journal lies, what its frames are sealed with, and those that are intact. */
  get journalPlace(): Pick<Journal, 'folder' | 'context' | 'headKey' | 'nextFrame' | 'located' | 'frame'> { return this.#journal; }

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
    if (this.#journal.isRewritten) this.retire();
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
    if (this.#state === 'retired') throw new Failure('archive.rewritten', { tenant: this.tenant });
    if (this.#state !== 'sound') throw new Failure('archive.unwritable', { problem: 'an earlier write failed' });
    try {
      return work();
    } catch (error) {
      this.#state = this.#writer?.isDoubtful === true ? 'sync-failed' : failed;
      throw error;
    }
  }

  /** From here on this process appends; it must hold the folder's writer place. */
  async becomeWriter(): Promise<void> {
    if (this.#writer !== null) return;
    // A reading that began before the place was free ends where the other writer stood then: frame numbers would be given twice.
    await this.#refreshing?.catch(() => undefined);
    await this.refresh();
    this.#writer ??= this.#guard(() => new JournalWriter(this.#ports, this.#journal, this.#start === 'vouched-only' ? 'fresh-segment' : 'continue'));
    this.#start = 'all-intact';
  }

  /** Stores what is new of a batch, wholly or not at all; durable when `commit` returns. */
  append(batch: Batch): Appended {
    return this.#guard(() => {
      const sorted = sortBatch(batch, { bodiesOf: logId => this.#bodiesOf(logId), isSetAside: bytes => this.#facts.setAside.has(bytes), tombstones: this.policies.tombstones });
      if (hasNews(batch, sorted) || (batch.checkpoint !== null && batch.checkpoint !== this.checkpoint)) this.#write(batch, sorted);
      return { stored: sorted.fresh.length, duplicates: sorted.duplicates, revisions: sorted.revisions.length, setAside: sorted.setAside.length + sorted.forgotten, forgotten: sorted.forgotten };
    });
  }

  /** Keeps what was decided, durably; the journal's files do not follow it yet. */
  decide(policy: Policy, healed: readonly Healed[] = []): void {
    this.append({ source: 'api', events: [], setAside: [], checkpoint: null, gap: null, healed, policy });
    this.commit();
  }

  commit(): void {
    if (this.#journal.head.frames === this.#journal.nextFrame) return;
    this.#guard(() => { this.#writer?.commit(this.#nextSeq()); }, 'sync-failed');
    this.snapshots.committed();
  }

  /** For a snapshot: only what is durable, and only by the folder's writer. */
  #capture(): SavedArchive | null {
    const isDurable = this.#state === 'sound' && this.#journal.head.frames === this.#journal.nextFrame;
    return isDurable && this.#writer !== null ? saveArchive(this.#journal, this.rows, this.#facts) : null;
  }

  /** Whether the files still hold all that a snapshot says of them, looked at once; where they do not, this archive is `broken` and must be replayed. */
  checkSeals(): Promise<boolean> {
    // A file that could not be read this time may be next time.
    this.#checking ??= this.#checkSeals().catch((error: unknown) => { this.#checking = null; throw error; });
    return this.#checking;
  }

  async #checkSeals(): Promise<boolean> {
    const holds = await sealsHold(this.#journal, pauseNowAndThen(this.#ports.clock), () => this.#state === 'sound');
    if (!holds && this.#state === 'sound') this.#state = 'broken';
    return holds;
  }

  #nextSeq(): number {
    return Math.max(this.rows.lastSeq + 1, this.#journal.head.nextSeq);
  }

  #write(batch: Batch, sorted: Sorted): void {
    if (this.#writer === null) throw new Error('only the writer of a folder may append');
    const content = frameOf(batch, sorted, { firstSeq: this.#nextSeq(), receivedAt: this.#ports.clock.now() });
    const frame = this.#writer.append(content);
    this.rows.transaction(() => { this.#index(frame, content, [...sorted.fresh, ...sorted.revisions].map(item => item.event)); });
  }

  #readFrame(frame: number): FrameContent {
    if (this.#state === 'retired') throw new Failure('archive.rewritten', { tenant: this.tenant });
    try {
      return this.#journal.frame(frame);
    } catch (error) {
      // The next start reads the journal through, and makes a gap of it.
      if (this.#state === 'sound') this.#state = 'broken';
      throw error;
    }
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
    seqsOf(content).forEach((seq, slot) => {
      const event = events[slot] ?? null;
      if (event !== null && seq === null) this.rows.insertRevision(event, { frame, slot });
      if (event !== null && seq !== null) this.rows.insert(seq, event, { frame, slot });
    });
    this.#facts.take(content);
  }

  /** Lets the files go, as they are about to be replaced. */
  retire(): void {
    if (this.#state !== 'sound') return;
    this.#state = 'retired';
    this.snapshots.stop();
    this.#writer?.abandon();
    this.#writer = null;
    this.#journal.close();
  }

  /** Closes all files, whatever fails. */
  close(): void {
    if (this.#state === 'retired') return;
    this.snapshots.stop();
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
