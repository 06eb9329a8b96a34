/** Reads an import file of any accepted shape as a stream of items, in constant memory. */
import { Failure } from '../../../shared/errors';
import type { CompressionPort, ImportSource } from '../ports';
import { chooseReader, chooseReaderOfWhole } from './choose-reader';
import type { ImportItem, TextReader } from './import-item';
import { importLimits } from './import-limits';
import type { ImportLimits } from './import-limits';
import { join } from './pieces';
import { foreignEncoding } from './text-encoding';
import { unpackFile } from './unpack-file';

export type { ImportItem } from './import-item';

/**
 * `items` come in batches that end at 1,000 items or 1 MiB. `bytesRead` counts the file's own bytes, before unpacking.
 * `lineReached` is the line of the unpacked text, from 1, where reading stands: behind the last item once `items` have ended.
 */
export type ImportReading = { readonly items: AsyncIterable<readonly ImportItem[]>; readonly bytesRead: () => number; readonly lineReached: () => number };
/** The reader of a text, once its shape is known. */
type Chosen = { reader: TextReader | null };

const BATCH_ITEMS = 1000;
const BATCH_BYTES = 1024 * 1024;

/**
 * JSON Lines, a JSON array, or JSON objects one behind the other, plain or gzip; events bare or in the envelopes of log streams.
 * Every line, element or object is exactly one item, but for blank lines and for a line that is an array, whose elements are
 * items. `file` names the file in failures. The source must not reuse a chunk that it gave.
 * @throws Failure (from `items`, behind everything that could be read) import.encoding, import.ratio, import.too-large,
 * import.gzip-damaged, and what the source throws
 */
export function readImport(file: string, source: ImportSource, compression: CompressionPort, limits: ImportLimits = importLimits): ImportReading {
  const progress = { bytesRead: 0 };
  const text = checkedText(file, unpackFile({ file, chunks: source.chunks, compression, limits }, progress));
  const chosen: Chosen = { reader: null };
  return { items: batches(itemGroups(text, limits, chosen)), bytesRead: () => progress.bytesRead, lineReached: () => chosen.reader?.line ?? 1 };
}

/** The first chunk has at least four bytes, unless the text is shorter. */
async function* checkedText(file: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | null = new Uint8Array();
  for await (const chunk of chunks) {
    if (head !== null) {
      head = join([head, chunk]);
      if (head.length < 4) continue;
      yield accepted(file, head);
      head = null;
    } else yield chunk;
  }
  if (head !== null && head.length > 0) yield accepted(file, head);
}

function accepted(file: string, head: Uint8Array): Uint8Array {
  const encoding = foreignEncoding(head);
  if (encoding !== null) throw new Failure('import.encoding', { file, encoding });
  return head;
}

/** The items of each chunk, made as they are asked for. */
async function* itemGroups(chunks: AsyncIterable<Uint8Array>, limits: ImportLimits, chosen: Chosen): AsyncGenerator<Iterable<ImportItem>> {
  let head: Uint8Array[] = [];
  for await (const chunk of chunks) {
    if (chosen.reader === null) {
      head.push(chunk);
      chosen.reader = mayDecide(head, chunk, limits) ? chooseReader({ bytes: join(head), limits }) : null;
      if (chosen.reader === null) continue;
      yield chosen.reader.feed(join(head));
      head = [];
    } else yield chosen.reader.feed(chunk);
  }
  if (chosen.reader === null) {
    const bytes = join(head);
    chosen.reader = chooseReaderOfWhole({ bytes, limits });
    yield chosen.reader.feed(bytes);
  }
  yield chosen.reader.end();
}

/** Looking again at the whole head is worth it only for the first chunk, a new end of line, or when there is no more waiting. */
function mayDecide(head: readonly Uint8Array[], chunk: Uint8Array, limits: ImportLimits): boolean {
  return head.length === 1 || chunk.includes(0x0a) || head.reduce((length, part) => length + part.length, 0) > limits.itemBytes;
}

async function* batches(groups: AsyncIterable<Iterable<ImportItem>>): AsyncGenerator<readonly ImportItem[]> {
  let batch: ImportItem[] = [];
  let bytes = 0;
  try {
    for await (const items of groups) {
      for (const item of items) {
        batch.push(item);
        bytes += item.kind === 'event' ? item.bytes.length : 0;
        if (batch.length < BATCH_ITEMS && bytes < BATCH_BYTES) continue;
        yield batch;
        batch = [];
        bytes = 0;
      }
    }
  } catch (error) {
    if (batch.length > 0) yield batch;
    throw error;
  }
  if (batch.length > 0) yield batch;
}
