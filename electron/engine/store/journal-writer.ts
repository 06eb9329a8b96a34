/** Appends frames to a journal and makes them durable before anything is acknowledged. */
import type { ArchiveFile } from '../ports';
import type { FrameContent } from './frame';
import { sealFrame } from './frame';
import type { Journal, JournalPorts } from './journal';
import { writeHead } from './journal-head';
import { segmentHeaderBytes, writeSegmentHeader } from './segment';

/** A segment is closed when it is larger than this; small enough to be rewritten when a user is forgotten. */
export const segmentLimitBytes = 64 * 1024 * 1024;

const segmentName = (number: number): string => `${String(number).padStart(8, '0')}.tsj`;

export class JournalWriter {
  readonly #ports: JournalPorts;
  readonly #journal: Journal;
  readonly #headFile: ArchiveFile;
  #tail: ArchiveFile | null = null;
  #tailSize = 0;
  #fileId: Uint8Array;
  #archiveId: Uint8Array;

  /** The journal must have been read to its end, and this process must hold the folder's writer place. */
  constructor(ports: JournalPorts, journal: Journal) {
    this.#ports = ports;
    this.#journal = journal;
    ports.archiveFiles.makeFolder(journal.folder);
    this.#archiveId = journal.head.generation > 0 ? journal.head.archiveId : ports.crypto.randomBytes(16);
    this.#fileId = new Uint8Array(16);
    const head = ports.archiveFiles.open(`${journal.folder}/head`, 'write');
    if (head === null) throw new Error('a file opened for writing always exists');
    this.#headFile = head;
    this.#continueLastSegment();
  }

  /** Appends behind the last intact frame; bytes behind it that no head vouches for were never acknowledged. */
  #continueLastSegment(): void {
    const last = this.#journal.lastSegment;
    const isWhole = this.#journal.missingFrames().every(missing => missing.to < this.#journal.nextFrame);
    if (last === undefined || last.fileId === null || !isWhole) return;
    this.#tail = this.#ports.archiveFiles.open(`${this.#journal.folder}/${last.name}`, 'write');
    this.#tailSize = last.readUpTo;
    this.#fileId = last.fileId;
    if (this.#tail !== null && this.#tail.size() > last.readUpTo) this.#tail.truncate(last.readUpTo);
  }

  /** Adds a frame; it is durable after the next `commit`. Returns its number. @throws Failure archive.disk-full, archive.unwritable */
  append(content: FrameContent): number {
    const frame = this.#journal.nextFrame;
    if (this.#tail === null || this.#tailSize > segmentLimitBytes) this.#startSegment(frame);
    const tail = this.#tail;
    if (tail === null) throw new Error('a segment has just been started');
    const bytes = sealFrame(this.#journal.context, { frame, fileId: this.#fileId }, content);
    tail.writeAt(this.#tailSize, bytes);
    this.#tailSize += bytes.length;
    this.#journal.addFrame(frame, bytes.length);
    return frame;
  }

  /** Returns when all appended frames are on the disk; `nextSeq` is the place the next event gets. */
  commit(nextSeq: number): void {
    this.#tail?.sync();
    const { generation } = this.#journal.head;
    const head = { generation: generation + 1, frames: this.#journal.nextFrame, nextSeq, segments: this.#journal.segmentCount, archiveId: this.#archiveId };
    writeHead(this.#journal.headKey, this.#headFile, head);
    this.#journal.setHead(head);
  }

  #startSegment(firstFrame: number): void {
    this.#tail?.sync();
    this.#tail?.close();
    const segment = this.#journal.segmentCount === 0 ? 1 : Number.parseInt(this.#journal.lastSegment?.name ?? '0', 10) + 1;
    const name = segmentName(segment);
    const path = `${this.#journal.folder}/${name}`;
    this.#fileId = this.#ports.crypto.randomBytes(16);
    this.#tail = this.#ports.archiveFiles.open(path, 'write');
    this.#tail?.writeAt(0, writeSegmentHeader({ segment, fileId: this.#fileId, archiveId: this.#archiveId, firstFrame }));
    this.#tail?.sync();
    this.#ports.archiveFiles.syncFolder(this.#journal.folder);
    this.#tailSize = segmentHeaderBytes;
    const file = this.#ports.archiveFiles.open(path, 'read');
    if (file === null) throw new Error('a segment that was just written exists');
    this.#journal.addSegment({ name, file, fileId: this.#fileId, readUpTo: segmentHeaderBytes });
  }

  close(): void {
    this.#tail?.sync();
    this.#tail?.close();
    this.#headFile.sync();
    this.#headFile.close();
  }
}
