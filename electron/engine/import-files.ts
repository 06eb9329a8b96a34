/** Imports files into a tenant's archive: reads, drops duplicates, stores in frames, and reports what became of every item. */
import type { CheckedInput, ImportReceipt } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { Archives } from './archives';
import type { ImportItem, ImportReading } from './import/read-import';
import { readImport } from './import/read-import';
import type { ImportSource } from './ports';
import type { Archive } from './store/archive';
import type { Incoming } from './store/batch';
import { createNormalizer } from './sync/normalize-log-event';

const eventsPerFrame = 100;
const bytesPerFrame = 1024 * 1024;
/** The disk is synced after this many frames; the import answers only after the last sync. */
const framesPerCommit = 64;
const progressEveryMs = 200;
/** A file whose first items are all set aside is given up after this many: it would only fill the report, and the memory. */
const fruitlessItems = 10_000;
const forgottenReason = 'forgotten user';
const noLog = 'this does not look like Auth0 log events; nothing behind it was read';

type Report = { read: number; stored: number; duplicates: number; revisions: number; setAside: { file: string; line: number; reason: string }[] };

/** Collects events into frames of bounded size. */
class FrameFiller {
  readonly #archive: Archive;
  readonly #report: Report;
  #events: Incoming[] = [];
  #bytes = 0;
  #frames = 0;

  constructor(archive: Archive, report: Report) {
    this.#archive = archive;
    this.#report = report;
  }

  add(item: Incoming): void {
    this.#events.push(item);
    this.#bytes += item.bytes.length;
    if (this.#events.length >= eventsPerFrame || this.#bytes >= bytesPerFrame) this.flush();
  }

  flush(): void {
    if (this.#events.length === 0) return;
    const appended = this.#archive.append({ source: 'import', events: this.#events, setAside: [], checkpoint: null, gap: null });
    this.#report.stored += appended.stored;
    this.#report.duplicates += appended.duplicates;
    this.#report.revisions += appended.revisions;
    this.#events = [];
    this.#bytes = 0;
    this.#frames += 1;
    if (this.#frames % framesPerCommit === 0) this.#archive.commit();
  }
}

type OpenFile = { readonly file: string; readonly source: ImportSource };
type Job = { readonly archives: Archives; readonly tenant: string; readonly signal: AbortSignal; readonly report: Report; readonly archive: Archive; readonly filler: FrameFiller };

function setAside({ report }: Job, entry: Report['setAside'][number]): void {
  report.read += 1;
  report.setAside.push(entry);
}

/** Takes the items of one file. */
class FileTaker {
  readonly #normalize = createNormalizer();
  readonly #job: Job;
  readonly #file: string;
  #hasEvent = false;
  #rejected = 0;

  constructor(job: Job, file: string) {
    this.#job = job;
    this.#file = file;
  }

  /** Whether to read on. */
  take(items: readonly ImportItem[]): boolean {
    for (const item of items) {
      if (!this.#hasEvent && this.#rejected === fruitlessItems) {
        setAside(this.#job, { file: this.#file, line: item.line, reason: noLog });
        return false;
      }
      this.#takeOne(item);
    }
    return true;
  }

  #takeOne(item: ImportItem): void {
    if (item.kind === 'rejected') {
      this.#reject(item.line, item.reason);
      return;
    }
    const event = this.#normalize(item.bytes, item.envelopeLogId);
    if (event.kind === 'rejected') {
      this.#reject(item.line, event.reason);
      return;
    }
    this.#hasEvent = true;
    if (this.#job.archive.policies.tombstones.has(event.value.userId)) {
      setAside(this.#job, { file: this.#file, line: item.line, reason: forgottenReason });
      return;
    }
    this.#job.report.read += 1;
    this.#job.filler.add({ bytes: item.bytes, envelopeLogId: item.envelopeLogId, event: event.value });
  }

  #reject(line: number, reason: string): void {
    this.#rejected += 1;
    setAside(this.#job, { file: this.#file, line, reason });
  }
}

async function takeAll(job: Job, { file, source }: OpenFile, reading: ImportReading): Promise<void> {
  const { clock, push } = job.archives.ports;
  const taker = new FileTaker(job, file);
  let toldAt = clock.elapsed();
  for await (const items of untilCancelled(reading.items, job.signal)) {
    if (!taker.take(items)) return;
    if (clock.elapsed() - toldAt < progressEveryMs) continue;
    toldAt = clock.elapsed();
    const { read, stored } = job.report;
    push({ name: 'import.progress', value: { tenant: job.tenant, file, read, stored, bytes: reading.bytesRead(), totalBytes: source.size } });
    await clock.sleep(0, job.signal);
  }
}

/** Why the file could not be read to its end, which is one entry of the report and keeps no other file from being read; else null. */
async function importFile(job: Job, opened: OpenFile): Promise<Failure | null> {
  const { file, source } = opened;
  const reading = readImport(file, source, job.archives.ports.compression);
  try {
    await takeAll(job, opened, reading);
    return null;
  } catch (error) {
    if (!(error instanceof Failure) || !error.code.startsWith('import.')) throw error;
    setAside(job, { file, line: reading.lineReached(), reason: error.message });
    return error;
  }
}

/** Ends with operation.cancelled when the signal fires, even while the source is silent. */
async function* untilCancelled<Value>(source: AsyncIterable<Value>, signal: AbortSignal): AsyncGenerator<Value> {
  const iterator = source[Symbol.asyncIterator]();
  let cancel = (): void => undefined;
  const whenAborted = (): void => { cancel(); };
  signal.addEventListener('abort', whenAborted, { once: true });
  try {
    for (;;) {
      // A promise of its own for each wait: one that lived as long as the import would hold on to all that was read.
      const next = await new Promise<IteratorResult<Value>>((resolve, reject) => {
        cancel = () => { reject(new Failure('operation.cancelled')); };
        if (signal.aborted) cancel();
        else iterator.next().then(resolve, reject);
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', whenAborted);
    // Not waited for: a source that is silent would keep us.
    void iterator.return?.().catch(() => undefined);
  }
}

/**
 * All files are opened before anything is made. A file that fails while it is read becomes an entry of the report, and the next
 * one is read; only when every file failed, and none gave an event, the first failure is thrown.
 * @throws Failure import.*, vault.*, archive.*, operation.cancelled; what was read before is stored
 */
export function importFiles(archives: Archives, input: CheckedInput<'archive.import'>, signal: AbortSignal): Promise<ImportReceipt> {
  return archives.gate.shared(input.tenant, signal, () => runImport(archives, input, signal));
}

async function runImport(archives: Archives, input: CheckedInput<'archive.import'>, signal: AbortSignal): Promise<ImportReceipt> {
  const files = input.files.map(file => ({ file, source: archives.ports.userFiles.openImport(file) }));
  const archive = await archives.write(input.tenant, 'new', signal);
  const report: Report = { read: 0, stored: 0, duplicates: 0, revisions: 0, setAside: [] };
  const job = { archives, tenant: input.tenant, signal, report, archive, filler: new FrameFiller(archive, report) };
  const failures: Failure[] = [];
  try {
    for (const opened of files) {
      const failure = await importFile(job, opened);
      if (failure !== null) failures.push(failure);
    }
    job.filler.flush();
  } finally {
    if (archive.state === 'sound') {
      job.filler.flush();
      archive.commit();
    }
  }
  const [first] = failures;
  if (first !== undefined && failures.length === files.length && report.setAside.length === report.read) throw first;
  return { tenant: input.tenant, ...report };
}
