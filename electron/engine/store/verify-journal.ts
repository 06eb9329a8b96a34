/** Reads a tenant's journal from the disk anew and compares all of it with the archive in memory. */
import type { Damage } from '../../../shared/contract';
import { Failure } from '../../../shared/errors';
import type { Ports } from '../ports';
import { createNormalizer } from '../sync/normalize-log-event';
import type { Archive } from './archive';
import { BodyHashes } from './body-hashes';
import { RowChecker } from './check-rows';
import { seqsOf } from './event-places';
import type { FrameContent } from './frame';
import type { JournalDamage, Segment, Trust } from './journal';
import { Journal } from './journal';
import { damagedSlots } from './journal-head';
import { isTornFrame } from './journal-writer';
import { readSegmentHeader } from './segment';

export type Verified = {
  readonly frames: number;
  readonly damaged: readonly Damage[];
  /** SHA-256 of each event's bytes, by its place in journal order. */
  readonly hashes: BodyHashes;
};

export type Verifying = {
  readonly ports: Ports;
  readonly archive: Archive;
  readonly signal: AbortSignal;
  /** `total` as the head says; null where there is none. */
  readonly tell: (frames: number, total: number | null) => void;
};

const framesPerStep = 20;
/** More of one kind would say nothing new, and fill the memory. */
const mostMismatches = 1_000;

/** Compares the events of frames, as they are read, with their rows. */
class FrameChecker {
  readonly hashes = new BodyHashes();
  readonly damaged: Damage[] = [];
  readonly #verifying: Verifying;
  readonly #checker: RowChecker;
  readonly #normalize = createNormalizer();
  /** How much was in memory at the start: what is appended since is not compared. */
  readonly #nextFrame: number;
  readonly #rows: number;
  readonly #entries: number;

  constructor(verifying: Verifying) {
    const { rows, journalPlace } = verifying.archive;
    this.#verifying = verifying;
    this.#checker = new RowChecker(rows);
    this.#nextFrame = journalPlace.nextFrame;
    this.#rows = rows.count;
    this.#entries = rows.columns.length;
  }

  check(frame: number, content: FrameContent): void {
    if (frame >= this.#nextFrame) return;
    const seqs = seqsOf(content);
    content.events.forEach((item, slot) => {
      const place = seqs[slot] ?? null;
      const read = this.#normalize(item.bytes, item.envelopeLogId);
      if (read.kind === 'rejected') {
        this.#tell(`frame ${String(frame)}, event ${String(slot + 1)}`, `it is no log event: ${read.reason}`);
        return;
      }
      // Another version has no row of its own, but where damage took the first body.
      const seq = place ?? this.#verifying.archive.rows.seqOf(read.value.logId);
      if (seq === null) this.#tell(read.value.logId, 'it has no row');
      else if (place !== null || seq < 0) this.#checkEvent(read.value, seq, item.bytes);
    });
  }

  #checkEvent(event: Parameters<RowChecker['problemOf']>[0], seq: number, bytes: Uint8Array): void {
    if (this.hashes.has(seq)) return;
    const hash = this.#verifying.ports.crypto.sha256();
    hash.update(bytes);
    this.hashes.set(seq, hash.hex());
    const problem = this.#checker.problemOf(event, seq);
    if (problem !== null) this.#tell(event.logId, problem);
  }

  #tell(where: string, what: string): void {
    if (this.damaged.length < mostMismatches) this.damaged.push({ file: this.#verifying.archive.journalPlace.folder, where, what });
  }

  end(): void {
    if (this.#rows !== this.#checker.count) this.#tell('', `there are ${String(this.#rows)} rows for ${String(this.#checker.count)} events`);
    if (this.#entries !== this.#rows) this.#tell('', `there are ${String(this.#entries)} entries in the columns for ${String(this.#rows)} rows`);
  }
}

const whole = (file: string, what: string): Damage => ({ file, where: '', what });

/** The two slots of the head, of which one would do. */
function damageOfHead(journal: Journal, { ports }: Verifying): readonly Damage[] {
  const path = `${journal.folder}/head`;
  const file = journal.segmentCount === 0 ? null : ports.archiveFiles.open(path, 'read');
  if (file === null) return journal.segmentCount === 0 ? [] : [whole(path, 'the sealed head is missing')];
  try {
    return damagedSlots(journal.headKey, file).map(slot => ({ file: path, where: `slot ${String(slot)}`, what: 'it does not open' }));
  } finally {
    file.close();
  }
}

/** What a segment's header says but for its ids, which nothing can be compared with. */
function headerProblem(journal: Journal, { name, file }: Segment): string | null {
  const header = readSegmentHeader(file);
  if (header === null || header === 'newer') return null;
  const first = Math.min(...[...journal.located].filter(([, { segment }]) => segment.name === name).map(([frame]) => frame));
  const isFirst = header.firstFrame === first || journal.missingFrames().some(({ from, to }) => from <= header.firstFrame && header.firstFrame < to);
  return header.isPlain && header.segment === Number.parseInt(name, 10) && (isFirst || !Number.isFinite(first)) ? null : 'the header of the segment is not as it was written';
}

/** Bytes behind the last frame are damage, but for the beginning of one that was never acknowledged. */
function damageOfSegment(journal: Journal, segment: Segment): readonly Damage[] {
  const file = `${journal.folder}/${segment.name}`;
  const behind = segment.file.size() - segment.readUpTo;
  const isUnfinished = segment === journal.lastSegment && isTornFrame(segment.file, segment);
  const header = headerProblem(journal, segment);
  return [
    ...(header === null ? [] : [whole(file, header)]),
    ...(behind <= 0 || isUnfinished ? [] : [{ file, where: `byte ${String(segment.readUpTo)}`, what: `${String(behind)} bytes at the end are not an intact frame` }]),
  ];
}

const inFile = (folder: string, { file, offset, what }: JournalDamage): Damage => ({ file: `${folder}/${file}`, where: offset === 0 ? '' : `byte ${String(offset)}`, what });

/** What the files tell by themselves. Damaged bytes whose events were found again at Auth0 have become waste, and are not told. */
function damageOfFiles(journal: Journal, verifying: Verifying, trust: Trust): readonly Damage[] {
  const { archive, ports } = verifying;
  const { folder } = journal;
  const isWhole = trust === 'intact' && !ports.archiveFiles.isBeingWritten();
  const lost = archive.notFoundAgain(journal.missingFrames());
  const isMadeGood = lost.length === 0 && journal.missingFrames().length > 0;
  return [
    ...journal.damage.filter(damage => damage.offset === 0 || !isMadeGood).map(damage => inFile(folder, damage)),
    ...(isWhole && !isMadeGood ? journal.segments.flatMap(segment => damageOfSegment(journal, segment)) : []),
    ...(isWhole ? damageOfHead(journal, verifying) : []),
    ...(journal.isUnopenable ? [whole(folder, 'nothing in it opens with its key')] : []),
    ...lost.map(({ from, to }) => whole(folder, to - from === 1 ? `frame ${String(from)} is missing` : `frames ${String(from)} to ${String(to - 1)} are missing`)),
  ];
}

/** A sync may append meanwhile: only where nothing more comes do the files stand as they were read. */
async function readThrough(journal: Journal, { ports, signal, tell }: Verifying, check: FrameChecker['check']): Promise<{ readonly frames: number; readonly trust: Trust }> {
  for (let frames = 0; ;) {
    const before = frames;
    const trust = ports.archiveFiles.isBeingWritten() ? 'vouched' : 'intact';
    for (const { frame, content } of journal.readNew(trust)) {
      check(frame, content);
      frames += 1;
      if (frames % framesPerStep !== 0) continue;
      tell(frames, journal.head.frames === 0 ? null : journal.head.frames);
      await ports.clock.sleep(0);
      if (signal.aborted) throw new Failure('operation.cancelled');
    }
    if (frames === before) return { frames, trust };
  }
}

/** @throws Failure archive.newer-format, archive.unreadable, operation.cancelled */
export async function verifyJournal(verifying: Verifying): Promise<Verified> {
  const { ports, archive, tell } = verifying;
  const journal = new Journal(ports, archive.tenant, archive.journalPlace.context.key);
  const checker = new FrameChecker(verifying);
  try {
    const { frames, trust } = await readThrough(journal, verifying, (frame, content) => { checker.check(frame, content); });
    checker.end();
    tell(frames, frames);
    return { frames, damaged: [...damageOfFiles(journal, verifying, trust), ...checker.damaged], hashes: checker.hashes };
  } finally {
    journal.close();
  }
}
