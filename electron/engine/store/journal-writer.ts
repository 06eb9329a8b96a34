/** Appends frames to a journal and makes them durable before anything is acknowledged. */
import { Failure } from '../../../shared/errors';
import type { ArchiveFile } from '../ports';
import type { FrameContent } from './frame';
import { frameHeaderBytes, readFrameHeader, sealFrame } from './frame';
import type { Journal, JournalPorts, Segment } from './journal';
import { writeHead } from './journal-head';
import { segmentHeaderBytes, segmentLimitBytes, writeSegmentHeader } from './segment';

const segmentName = (number: number): string => `${String(number).padStart(8, '0')}.tsj`;

/** The segment that frames are appended to. */
type Tail = { readonly file: ArchiveFile; readonly fileId: Uint8Array; size: number };

export class JournalWriter {
  readonly #ports: JournalPorts;
  readonly #journal: Journal;
  readonly #headFile: ArchiveFile;
  readonly #archiveId: Uint8Array;
  #tail: Tail | null = null;
  #isDoubtful = false;

  /**
   * The journal must have been read to its end, and this process must hold the folder's writer place. `fresh-segment`: what lies behind
   * the frames read so far may be on the disk or not, as a sync failed; it was never acknowledged and is cut off, and never built on.
   * @throws Failure archive.damaged when there is a journal and nothing of it opens: then nothing is touched
   */
  constructor(ports: JournalPorts, journal: Journal, start: 'continue' | 'fresh-segment') {
    this.#ports = ports;
    this.#journal = journal;
    if (journal.isUnopenable) throw new Failure('archive.damaged', { tenant: journal.context.tenant, problem: 'nothing in it opens with its key' });
    ports.archiveFiles.makeFolder(journal.folder);
    this.#archiveId = journal.archiveId ?? ports.crypto.randomBytes(16);
    this.#headFile = this.#open('head', 'write');
    try {
      if (start === 'fresh-segment') this.#cutUnvouched();
      else this.#writeUnvouchedAgain();
      for (const name of journal.dropEmptySegments()) ports.archiveFiles.remove(`${journal.folder}/${name}`);
      if (start === 'continue') this.#continueLastSegment();
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  /** Whether a sync failed, so that nobody knows what of the last frames, or of a new segment and its name, is on the disk. */
  get isDoubtful(): boolean {
    return this.#isDoubtful;
  }

  #open(name: string, mode: 'read' | 'write'): ArchiveFile {
    const file = this.#ports.archiveFiles.open(`${this.#journal.folder}/${name}`, mode);
    if (file === null) throw new Failure('archive.unreadable', { file: `${this.#journal.folder}/${name}`, problem: 'ENOENT' });
    return file;
  }

  /** Appends behind the last intact frame. Only what cannot be a whole frame is cut off; anything else that is unknown stays, and a new segment begins. */
  #continueLastSegment(): void {
    const last = this.#journal.lastSegment;
    const isWhole = this.#journal.missingFrames().every(missing => missing.to < this.#journal.nextFrame);
    if (last === undefined || last.fileId === null || !isWhole) return;
    // Who began it, or put it in the place of another, may have been killed before its name was durable.
    this.#ports.archiveFiles.syncFolder(this.#journal.folder);
    const file = this.#open(last.name, 'write');
    this.#tail = { file, fileId: last.fileId, size: last.readUpTo };
    const behind = file.size() - last.readUpTo;
    if (behind <= 0) return;
    if (isTornFrame(file, last)) {
      file.truncate(last.readUpTo);
      return;
    }
    this.#tail = null;
    file.close();
  }

  /**
   * Frames for which no head vouches are from a process that was killed. If a sync of theirs had failed before, they lie in the system's
   * memory alone, and no sync takes them to the disk until they are written once more.
   */
  #writeUnvouchedAgain(): void {
    const { head, located, nextFrame } = this.#journal;
    if (head.generation === 0) return;
    const places = Array.from({ length: nextFrame - head.frames }, (_, index) => located.get(head.frames + index)).filter(place => place !== undefined);
    for (const name of new Set(places.map(({ segment }) => segment.name))) {
      this.#withFile(name, file => {
        for (const { offset, length } of places.filter(({ segment }) => segment.name === name)) file.writeAt(offset, file.readAt(offset, length));
        file.sync();
      });
    }
  }

  #withFile(name: string, work: (file: ArchiveFile) => void): void {
    const file = this.#open(name, 'write');
    try {
      work(file);
    } finally {
      file.close();
    }
  }

  /** The last first: cut short itself, it leaves no hole before frames that are still there. */
  #cutUnvouched(): void {
    for (const segment of [...this.#journal.segmentsFromLastFrame()].reverse()) this.#cutBehind(segment);
  }

  #cutBehind({ name, readUpTo }: Segment): void {
    this.#withFile(name, file => {
      if (file.size() <= readUpTo) return;
      file.truncate(readUpTo);
      // A frame that came back after a loss of power would bear the number of one that is acknowledged by then.
      file.sync();
    });
  }

  /** Adds a frame; it is durable after the next `commit`. Returns its number. @throws Failure archive.disk-full, archive.unwritable */
  append(content: FrameContent): number {
    const frame = this.#journal.nextFrame;
    const tail = this.#tail === null || this.#tail.size > segmentLimitBytes ? this.#startSegment(frame) : this.#tail;
    // From its first frame on a journal has a head, and with it an identity that stays.
    const { head } = this.#journal;
    if (head.generation === 0) this.#writeHead(head.frames, head.nextSeq);
    const bytes = sealFrame(this.#journal.context, { frame, fileId: tail.fileId }, content);
    tail.file.writeAt(tail.size, bytes);
    tail.size += bytes.length;
    this.#journal.addFrame(frame, bytes.length);
    return frame;
  }

  /** Returns when all appended frames are on the disk; `nextSeq` is the place the next event gets. */
  commit(nextSeq: number): void {
    this.#tail?.file.sync();
    this.#writeHead(this.#journal.nextFrame, nextSeq);
  }

  #writeHead(frames: number, nextSeq: number): void {
    const { generation } = this.#journal.head;
    const head = { generation: generation + 1, frames, nextSeq, segments: this.#journal.segmentCount, archiveId: this.#archiveId };
    writeHead(this.#journal.headKey, this.#headFile, head);
    this.#journal.setHead(head);
  }

  #startSegment(firstFrame: number): Tail {
    this.#isDoubtful = true;
    this.#tail?.file.sync();
    this.#tail?.file.close();
    this.#tail = null;
    const { folder } = this.#journal;
    const segment = this.#nextSegmentNumber();
    const name = segmentName(segment);
    const fileId = this.#ports.crypto.randomBytes(16);
    const file = this.#open(name, 'write');
    try {
      file.writeAt(0, writeSegmentHeader({ segment, fileId, archiveId: this.#archiveId, firstFrame }));
      file.sync();
      this.#ports.archiveFiles.syncFolder(folder);
      this.#journal.addSegment({ name, file: this.#open(name, 'read'), fileId, readUpTo: segmentHeaderBytes });
    } catch (error) {
      file.close();
      throw error;
    }
    this.#tail = { file, fileId, size: segmentHeaderBytes };
    this.#isDoubtful = false;
    return this.#tail;
  }

  /** Files of a start that failed are passed over: what is in them is not known. */
  #nextSegmentNumber(): number {
    const numbers = this.#ports.archiveFiles.list(this.#journal.folder).map(name => Number.parseInt(name, 10)).filter(number => !Number.isNaN(number));
    return Math.max(0, ...numbers) + 1;
  }

  /** Lets the files go without writing or syncing anything more. */
  abandon(): void {
    this.#tail?.file.close();
    this.#tail = null;
    this.#headFile.close();
  }

  close(): void {
    try {
      this.#tail?.file.sync();
      this.#headFile.sync();
    } finally {
      this.#tail?.file.close();
      this.#tail = null;
      this.#headFile.close();
    }
  }
}

/** Whether the bytes behind the last frame are the beginning of a frame that was never finished, and not a whole one that was damaged. */
export function isTornFrame(file: ArchiveFile, { readUpTo }: Segment): boolean {
  const size = file.size();
  const start = file.readAt(readUpTo, frameHeaderBytes);
  if (start.length < frameHeaderBytes) return true;
  const header = readFrameHeader(start);
  return header !== null && readUpTo + frameHeaderBytes + header.sealedBytes > size;
}
