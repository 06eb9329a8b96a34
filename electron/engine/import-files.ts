/** Imports files into a tenant's archive: reads, drops duplicates, stores in frames, and reports what became of every item. */
import type { CheckedInput, ImportReceipt } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { Archives } from './archives';
import type { ImportItem } from './import/read-import';
import { readImport } from './import/read-import';
import type { ImportSource } from './ports';
import type { Archive, Incoming } from './store/archive';
import { createNormalizer } from './sync/normalize-log-event';

const eventsPerFrame = 100;
const bytesPerFrame = 1024 * 1024;
/** The disk is synced after this many frames; the import answers only after the last sync. */
const framesPerCommit = 64;
const progressEveryMs = 200;

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

type Job = { readonly archives: Archives; readonly tenant: string; readonly signal: AbortSignal; readonly report: Report; readonly filler: FrameFiller };

function takeItem(job: Job, file: string, item: ImportItem, normalize: ReturnType<typeof createNormalizer>): void {
  job.report.read += 1;
  if (item.kind === 'rejected') {
    job.report.setAside.push({ file, line: item.line, reason: item.reason });
    return;
  }
  const event = normalize(item.bytes, item.envelopeLogId);
  if (event.kind === 'rejected') job.report.setAside.push({ file, line: item.line, reason: event.reason });
  else job.filler.add({ bytes: item.bytes, envelopeLogId: item.envelopeLogId, event: event.value });
}

async function importFile(job: Job, file: string, source: ImportSource): Promise<void> {
  const { clock, compression, push } = job.archives.ports;
  const reading = readImport(file, source, compression);
  const normalize = createNormalizer();
  let toldAt = clock.elapsed();
  for await (const items of untilCancelled(reading.items, job.signal)) {
    for (const item of items) takeItem(job, file, item, normalize);
    if (clock.elapsed() - toldAt < progressEveryMs) continue;
    toldAt = clock.elapsed();
    const { read, stored } = job.report;
    push({ name: 'import.progress', value: { tenant: job.tenant, file, read, stored, bytes: reading.bytesRead(), totalBytes: source.size } });
    await clock.sleep(0, job.signal);
  }
}

/** Ends with operation.cancelled when the signal fires, even while the source is silent. */
async function* untilCancelled<Value>(source: AsyncIterable<Value>, signal: AbortSignal): AsyncGenerator<Value> {
  const iterator = source[Symbol.asyncIterator]();
  let cancel = (): void => undefined;
  const cancelled = new Promise<never>((_resolve, reject) => { cancel = () => { reject(new Failure('operation.cancelled')); }; });
  cancelled.catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    for (;;) {
      if (signal.aborted) cancel();
      const next = await Promise.race([iterator.next(), cancelled]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    // Not waited for: a source that is silent would keep us.
    void iterator.return?.().catch(() => undefined);
  }
}

/** @throws Failure import.*, vault.*, archive.*, operation.cancelled; what was read before is stored */
export async function importFiles(archives: Archives, input: CheckedInput<'archive.import'>, signal: AbortSignal): Promise<ImportReceipt> {
  const sources = input.files.map(file => ({ file, source: archives.ports.userFiles.openImport(file) }));
  const archive = await archives.write(input.tenant, 'new', signal);
  const report: Report = { read: 0, stored: 0, duplicates: 0, revisions: 0, setAside: [] };
  const job = { archives, tenant: input.tenant, signal, report, filler: new FrameFiller(archive, report) };
  try {
    for (const { file, source } of sources) await importFile(job, file, source);
    job.filler.flush();
  } finally {
    if (archive.state === 'sound') {
      job.filler.flush();
      archive.commit();
    }
  }
  return { tenant: input.tenant, ...report };
}
