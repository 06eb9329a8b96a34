/** A tenant's journal: the append-only, encrypted record of everything Auth0 sent, from which all else can be rebuilt. */
import { tenantFolder } from '../../../shared/domain/data-folder';
import { Failure } from '../../../shared/errors';
import type { ArchiveFile, Ports } from '../ports';
import { equalBytes } from './bytes';
import type { FrameContent, SealingContext } from './frame';
import { openFrame } from './frame';
import type { HeadKey, JournalHead } from './journal-head';
import { readHead } from './journal-head';
import type { FramePlace } from './segment';
import { readSegmentHeader, segmentHeaderBytes, walkSegment } from './segment';

export type JournalDamage = { readonly file: string; readonly offset: number; readonly what: string };
export type JournalPorts = Pick<Ports, 'archiveFiles' | 'crypto' | 'compression'>;
export type JournalFrame = { readonly frame: number; readonly content: FrameContent };
/** Frame numbers, half open. */
export type FrameRange = { readonly from: number; readonly to: number };

/** How far frames are believed: `intact`, all whose seal opens; `vouched`, those the head vouches for, as a writer may be at work. */
export type Trust = 'intact' | 'vouched';

/** An open segment; `readUpTo` is the end of its last frame that was read. */
export type Segment = { readonly name: string; readonly file: ArchiveFile; readonly fileId: Uint8Array | null; readUpTo: number };
/** How far a journal was read, as a snapshot keeps it: what the head said, the segments, and what was damaged. */
export type JournalMemory = {
  readonly archiveId: Uint8Array;
  readonly frames: number;
  readonly nextSeq: number;
  readonly segments: readonly { readonly name: string; readonly fileId: Uint8Array; readonly readUpTo: number }[];
  readonly damage: readonly JournalDamage[];
};
/** Where a frame lies, as a snapshot keeps it; `segment` counts from 0. */
export type FrameInFile = { readonly frame: number; readonly segment: number; readonly offset: number; readonly length: number };

/** Where a frame lies. */
export type Located = { readonly segment: Segment; readonly offset: number; readonly length: number };

export const isSegmentName = (name: string): boolean => /^\d{8}\.tsj$/.test(name);
const isEmpty = ({ file }: Segment): boolean => file.size() <= segmentHeaderBytes;
const noHead: JournalHead = { generation: 0, frames: 0, nextSeq: 1, segments: 0, archiveId: new Uint8Array(16) };

export class Journal {
  readonly #ports: JournalPorts;
  readonly context: SealingContext;
  readonly folder: string;
  readonly #segments: Segment[] = [];
  readonly #frames = new Map<number, Located>();
  readonly #damage: JournalDamage[] = [];
  #headFile: ArchiveFile | null = null;
  #head = noHead;
  #isHeadDamaged = false;
  #isRewritten = false;
  #lastFrame = -1;
  /** Of the segment headers; the head's counts where there is one. */
  #archiveId: Uint8Array | null = null;

  constructor(ports: JournalPorts, tenant: string, key: Uint8Array) {
    this.#ports = ports;
    this.context = { tenant, key, crypto: ports.crypto, compression: ports.compression };
    this.folder = `${tenantFolder(tenant)}/journal`;
  }

  /** What was found damaged so far; every intact frame has been read all the same. */
  get damage(): readonly JournalDamage[] { return this.#damage; }

  get headKey(): HeadKey {
    return { tenant: this.context.tenant, key: this.context.key, crypto: this.#ports.crypto };
  }

  /** What the sealed head says there must be. */
  get head(): JournalHead {
    return this.#head;
  }

  /** Whether another process has put other segments in the place of those that were read: nothing more is read then. */
  get isRewritten(): boolean {
    return this.#isRewritten;
  }

  /** 16 bytes that change when the journal is rewritten; null while there is none. */
  get archiveId(): Uint8Array | null {
    return this.#head.generation > 0 ? this.#head.archiveId : this.#archiveId;
  }

  /** The number the next frame gets: numbers of lost frames are not used again. */
  get nextFrame(): number {
    return Math.max(this.#lastFrame + 1, this.#head.frames);
  }

  /** The segment of the last frame that was read, and those behind it; all of them when none was. */
  segmentsFromLastFrame(): readonly Segment[] {
    const last = this.#frames.get(this.#lastFrame)?.segment;
    return this.#segments.slice(last === undefined ? 0 : Math.max(0, this.#segments.findIndex(segment => segment.name === last.name)));
  }

  get lastSegment(): Segment | undefined { return this.#segments.at(-1); }

  get segments(): readonly Segment[] { return this.#segments; }

  /** The frames read so far, by their numbers. */
  get located(): ReadonlyMap<number, Located> {
    return this.#frames;
  }

  get segmentCount(): number { return this.#segments.length; }

  /** Whether there is something on the disk and nothing of it can be opened: another key, or damage beyond recognition. */
  get isUnopenable(): boolean {
    const hasContent = this.#segments.some(segment => segment.file.size() > segmentHeaderBytes);
    return hasContent && this.#head.generation === 0 && this.#frames.size === 0;
  }

  /** Numbers of frames that must exist and could not be read. */
  missingFrames(): readonly FrameRange[] {
    const missing: FrameRange[] = [];
    let expected = 0;
    for (const frame of [...this.#frames.keys()].sort((a, b) => a - b)) {
      if (frame > expected) missing.push({ from: expected, to: frame });
      expected = frame + 1;
    }
    if (this.#head.frames > expected) missing.push({ from: expected, to: this.#head.frames });
    return missing;
  }

  /**
   * Reads the frames that were appended since the last call (all of them at first), by this process or another.
   * The head is read before the folder: whatever it vouches for is then found.
   * @throws Failure archive.newer-format, archive.unreadable
   */
  *readNew(trust: Trust): Generator<JournalFrame> {
    this.#loadHead();
    if (this.#isRewritten) return;
    const names = this.#segmentNames();
    const limit = trust === 'vouched' && this.#head.generation > 0 ? this.#head.frames : Number.POSITIVE_INFINITY;
    // A writer removes segments that a crash left empty, and gives their names to others.
    this.#letGo(this.#segments.filter(segment => segment.readUpTo <= segmentHeaderBytes && isEmpty(segment)));
    this.#openSegments(names);
    for (const segment of this.#segments) yield* this.#readSegment(segment, limit);
  }

  #segmentNames(): readonly string[] {
    return this.#ports.archiveFiles.list(this.folder).filter(isSegmentName).sort();
  }

  #openSegments(names: readonly string[]): void {
    for (const name of names) {
      if (this.#segments.some(segment => segment.name === name)) continue;
      const file = this.#ports.archiveFiles.open(`${this.folder}/${name}`, 'read');
      if (file === null) continue;
      const segment: Segment = { name, file, fileId: null, readUpTo: segmentHeaderBytes };
      // In the list before its header is read, so that it is closed whatever comes.
      this.#segments.push(segment);
      this.#segments[this.#segments.length - 1] = { ...segment, fileId: this.#headerOf(segment) };
    }
    this.#segments.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  #letGo(segments: readonly Segment[]): void {
    for (const { file } of segments.flatMap(segment => this.#segments.splice(this.#segments.indexOf(segment), 1))) file.close();
  }

  #headerOf({ name, file }: Segment): Uint8Array | null {
    const header = readSegmentHeader(file);
    if (header === 'newer') {
      const first = walkSegment(file, segmentHeaderBytes, (_place, bytes) => openFrame(this.context, bytes)).next();
      if (first.done === true || first.value.kind === 'torn') throw new Failure('archive.newer-format', { file: `${this.folder}/${name}` });
    }
    if (header === 'newer' || header === null) {
      // With nothing behind it, it is one that a crash cut short: what was behind it before, the head misses.
      if (file.size() > segmentHeaderBytes) this.#damage.push({ file: name, offset: 0, what: 'the header of the segment is damaged' });
      return null;
    }
    this.#archiveId ??= header.archiveId;
    return header.fileId;
  }

  /** How far this journal was read; null when there is no head, or the header of a segment is damaged. */
  memory(): JournalMemory | null {
    const { archiveId, frames, nextSeq, generation } = this.#head;
    const segments = this.#segments.flatMap(({ name, fileId, readUpTo }) => (fileId === null ? [] : [{ name, fileId, readUpTo }]));
    if (generation === 0 || segments.length < this.#segments.length) return null;
    return { archiveId, frames, nextSeq, segments, damage: [...this.#damage] };
  }

  /** Where all frames lie that were read. */
  places(): readonly FrameInFile[] {
    const numbers = new Map(this.#segments.map((segment, index) => [segment.name, index]));
    return [...this.#frames].map(([frame, { segment, offset, length }]) => ({ frame, segment: numbers.get(segment.name) ?? 0, offset, length }));
  }

  /**
   * Takes over how far another reading came; with `recallPlaces` behind it `readNew` goes on there. False when what is on the disk now is not that journal with
   * all that was read of it: then this journal must be closed, and another one read from its start.
   */
  recall(memory: JournalMemory): boolean {
    this.#loadHead();
    const isSame = this.#head.generation > 0 && equalBytes(this.#head.archiveId, memory.archiveId);
    if (!isSame || this.#head.frames < memory.frames || this.#head.nextSeq < memory.nextSeq) return false;
    const names = this.#segmentNames();
    this.#openSegments(names.slice(0, memory.segments.length));
    const isThere = memory.segments.every(({ name, fileId, readUpTo }, index) => {
      const segment = this.#segments[index];
      if (segment?.name !== name || segment.fileId === null || !equalBytes(segment.fileId, fileId) || segment.file.size() < readUpTo) return false;
      segment.readUpTo = readUpTo;
      return true;
    });
    this.#damage.push(...memory.damage);
    return isThere;
  }

  /** The frames that belong to what was recalled. */
  recallPlaces(places: readonly FrameInFile[]): void {
    for (const { frame, segment: index, offset, length } of places) {
      const segment = this.#segments[index];
      if (segment !== undefined) this.#locate(frame, { segment, offset, length });
    }
  }

  #loadHead(): void {
    this.#headFile ??= this.#ports.archiveFiles.open(`${this.folder}/head`, 'read');
    if (this.#headFile === null) return;
    const head = readHead(this.headKey, this.#headFile);
    if (head !== null && head.generation > this.#head.generation) {
      this.#isRewritten ||= this.#head.generation > 0 && !equalBytes(head.archiveId, this.#head.archiveId);
      this.#head = head;
    }
    if (head !== null || this.#head.generation > 0 || this.#isHeadDamaged || this.#headFile.size() === 0) return;
    this.#isHeadDamaged = true;
    this.#damage.push({ file: 'head', offset: 0, what: 'the sealed head is damaged' });
  }

  *#readSegment(segment: Segment, limit: number): Generator<JournalFrame> {
    for (const part of walkSegment(segment.file, segment.readUpTo, (place, bytes) => this.#openPlaced(segment, place, bytes))) {
      if (part.kind === 'torn') return;
      if (part.kind === 'damaged') {
        this.#damage.push({ file: segment.name, offset: part.offset, what: `${String(part.length)} bytes are not an intact frame` });
        segment.readUpTo = part.offset + part.length;
        continue;
      }
      if (part.place.frame >= limit) return;
      segment.readUpTo = part.place.offset + part.place.length;
      this.#locate(part.place.frame, { segment, offset: part.place.offset, length: part.place.length });
      yield { frame: part.place.frame, content: part.content };
    }
  }

  #openPlaced(segment: Segment, place: FramePlace, bytes: Uint8Array): FrameContent | null {
    if (segment.fileId !== null && !equalBytes(segment.fileId, place.fileId)) return null;
    return this.#frames.has(place.frame) ? null : openFrame(this.context, bytes);
  }

  #locate(frame: number, located: Located): void {
    this.#frames.set(frame, located);
    this.#lastFrame = Math.max(this.#lastFrame, frame);
  }

  /** The content of a frame read before. @throws Failure archive.damaged when it is damaged by now */
  frame(number: number): FrameContent {
    const located = this.#frames.get(number);
    const bytes = located?.segment.file.readAt(located.offset, located.length);
    const content = bytes === undefined ? null : openFrame(this.context, bytes);
    if (content === null) throw new Failure('archive.damaged', { tenant: this.context.tenant, problem: `frame ${String(number)} cannot be read` });
    return content;
  }

  /** For the writer: lets go of segments that hold nothing but a header, or a part of one, as a crash leaves them. Gives their names. */
  dropEmptySegments(): readonly string[] {
    const empty = this.#segments.filter(isEmpty);
    this.#letGo(empty);
    return empty.map(({ name }) => name);
  }

  /** For the writer: a new segment file is open. */
  addSegment(segment: Segment): void {
    this.#segments.push(segment);
  }

  /** For the writer: a frame stands at the end of the last segment. */
  addFrame(frame: number, length: number): void {
    const segment = this.lastSegment;
    if (segment === undefined) throw new Error('a frame stands in a segment');
    this.#locate(frame, { segment, offset: segment.readUpTo, length });
    segment.readUpTo += length;
  }

  /** For the writer: the head has been written. */
  setHead(head: JournalHead): void {
    this.#head = head;
  }

  close(): void {
    this.#headFile?.close();
    this.#headFile = null;
    for (const segment of this.#segments.splice(0)) segment.file.close();
    this.#frames.clear();
  }
}
