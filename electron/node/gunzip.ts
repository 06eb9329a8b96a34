/** Unpacks a stream of gzip members, one chunk of input at a time. */
import { createGunzip } from 'node:zlib';

const outputBytes = 262_144;

type Unpacking = {
  /** Gives the output of an input; null ends the file. */
  readonly feed: (input: Uint8Array | null) => AsyncGenerator<Uint8Array, void>;
  /** Input bytes used so far: fewer than were fed once zeros follow a member. */
  readonly used: () => number;
  readonly stop: () => void;
};

/** A gunzip whose output is taken by hand, so that nothing runs on while the consumer holds back. */
function startUnpacking(): Unpacking {
  const unzip = createGunzip({ chunkSize: outputBytes });
  let problem: Error | null = null;
  let wake = (): void => undefined;
  unzip.on('readable', () => wake());
  unzip.on('error', error => { problem = error; wake(); });

  const take = (): Uint8Array | null => (problem === null ? unzip.read() as Uint8Array | null : null);

  async function* feed(input: Uint8Array | null): AsyncGenerator<Uint8Array, void> {
    let isDone = false;
    const done = (error?: Error | null): void => { problem ??= error ?? null; isDone = true; wake(); };
    if (input === null) unzip.once('end', () => done()).end();
    else unzip.write(input, done);
    for (;;) {
      const woken = new Promise<void>(resolve => { wake = resolve; });
      for (let output = take(); output !== null; output = take()) yield output;
      if (problem !== null) throw problem;
      if (isDone) return;
      await woken;
    }
  }
  return { feed, used: () => unzip.bytesWritten, stop: () => void unzip.destroy() };
}

function refuseData(rest: Uint8Array): void {
  if (rest.some(byte => byte !== 0)) throw new Error('data follows the end of the compressed part');
}

/**
 * The unpacked bytes of all members. Zeros after the last member are padding; anything else there is an error, as is an
 * input that stops inside a member or holds none. Stops reading its source when the consumer stops.
 * @throws Error whose message says what is wrong with the file
 */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const unpacking = startUnpacking();
  let fed = 0;
  let isPadding = false;
  try {
    for await (const chunk of chunks) {
      if (isPadding) {
        refuseData(chunk);
      } else if (chunk.length > 0) {
        fed += chunk.length;
        yield* unpacking.feed(chunk);
        const unused = fed - unpacking.used();
        isPadding = unused > 0;
        refuseData(chunk.subarray(chunk.length - unused));
      }
    }
    if (fed === 0) throw new Error('the file is empty');
    if (!isPadding) yield* unpacking.feed(null);
  } finally {
    unpacking.stop();
  }
}
