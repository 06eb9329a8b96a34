/** Reads a backup file as it comes, piece by piece, and believes nothing that its digest does not cover. */
import { createHash } from 'node:crypto';
import { checkHeader, damagedBackup, digestBytes, headBytes, readPart } from './backup-format';
import { ownerOf } from './backup-paths';
import { unlessAborted } from './transfer-desk';

/** Where a file of the backup goes. */
export type RestoredFile = {
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Returns when all of it is on the disk. */
  readonly commit: () => Promise<void>;
  readonly close: () => Promise<void>;
};
export type BackupSource = { readonly chunks: AsyncIterable<Uint8Array>; readonly signal: AbortSignal; readonly onBytes: (bytes: number) => void };

const pieceBytes = 1_048_576;

/** The bytes of the backup, in the sizes that are asked for, with their digest. */
class Incoming {
  readonly #source: BackupSource;
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #hash = createHash('sha256');
  #piece: Uint8Array = new Uint8Array();
  #taken = 0;

  constructor(source: BackupSource) {
    this.#source = source;
    this.#iterator = source.chunks[Symbol.asyncIterator]();
  }

  async isAtEnd(): Promise<boolean> {
    while (this.#piece.length === 0) {
      const next = await unlessAborted(this.#source.signal, this.#iterator.next());
      if (next.done === true) return true;
      this.#piece = next.value;
    }
    return false;
  }

  /** At least one byte. */
  async some(most: number): Promise<Uint8Array> {
    if (await this.isAtEnd()) throw damagedBackup('it is not whole');
    const taken = this.#piece.subarray(0, most);
    this.#piece = this.#piece.subarray(taken.length);
    this.#hash.update(taken);
    this.#taken += taken.length;
    this.#source.onBytes(this.#taken);
    return taken;
  }

  async exactly(length: number): Promise<Uint8Array> {
    const whole = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const part = await this.some(length - done);
      whole.set(part, done);
      done += part.length;
    }
    return whole;
  }

  /** Of all that was taken so far. */
  digest(): Uint8Array {
    return this.#hash.copy().digest();
  }

  /** A source that is still being waited for is not waited for any longer. */
  async stop(): Promise<void> {
    const stopped = Promise.resolve(this.#iterator.return?.()).then(() => undefined, () => undefined);
    if (!this.#source.signal.aborted) await stopped;
  }
}

function pathOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw damagedBackup('a name in it is not text');
  }
}

async function copyTo(incoming: Incoming, size: number, file: RestoredFile): Promise<void> {
  try {
    for (let left = size; left > 0;) {
      const piece = await incoming.some(Math.min(left, pieceBytes));
      await file.write(piece);
      left -= piece.length;
    }
    await file.commit();
  } finally {
    await file.close();
  }
}

async function checkTrailer(incoming: Incoming, hasAll: boolean): Promise<void> {
  const expected = incoming.digest();
  const digest = await incoming.exactly(digestBytes);
  if (!hasAll || !digest.every((byte, at) => byte === expected[at])) throw damagedBackup('its bytes are not those that were written');
  if (!(await incoming.isAtEnd())) throw damagedBackup('something follows its end');
}

export type RestoredPaths = { readonly paths: readonly string[]; readonly bytes: number };

async function readAll(incoming: Incoming, create: (path: string) => Promise<RestoredFile>): Promise<RestoredPaths> {
  checkHeader(await incoming.exactly(headBytes));
  const paths = new Set<string>();
  let bytes = 0;
  for (;;) {
    const part = readPart(await incoming.exactly(headBytes));
    if (part.kind === 'trailer') {
      await checkTrailer(incoming, part.entries === paths.size);
      return { paths: [...paths], bytes };
    }
    const path = pathOf(await incoming.exactly(part.pathBytes));
    if (ownerOf(path) === null) throw damagedBackup('it holds a file that has no place in an archive');
    if (paths.has(path)) throw damagedBackup('it holds a file twice');
    paths.add(path);
    bytes += part.size;
    await copyTo(incoming, part.size, await create(path));
  }
}

/**
 * Gives every file of a backup to `create`, which gets only paths that have a place in a data folder, each once. What was written
 * is the backup's only when this returns.
 * @throws Failure backup.damaged; archive.newer-format; operation.cancelled; what the source or the files throw
 */
export async function readBackup(source: BackupSource, create: (path: string) => Promise<RestoredFile>): Promise<RestoredPaths> {
  const incoming = new Incoming(source);
  try {
    return await readAll(incoming, create);
  } finally {
    await incoming.stop();
  }
}
