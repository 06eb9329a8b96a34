/** Tells JSON Lines from other JSON by the first lines of a text. */
import { byteOrderMark, skipSpace } from '../json/scan-value';
import type { ImportItem, TextReader } from './import-item';
import type { ImportLimits } from './import-limits';
import { LineReader } from './read-lines';
import { ValueReader } from './read-values';

const LINE_FEED = 0x0a;
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;

type Head = { readonly bytes: Uint8Array; readonly limits: ImportLimits };

/**
 * The reader for a text that starts with `bytes`; null when more of it must be seen first. An array is read by its elements.
 * A text whose first or second line is a whole JSON object is JSON Lines: a log cut at its start has a broken first line.
 */
export function chooseReader({ bytes, limits }: Head): TextReader | null {
  if (isGzip(bytes)) return new RefusingReader('gzip inside gzip is not unpacked');
  const start = skipSpace(bytes, byteOrderMark(bytes));
  const isLong = bytes.length > limits.itemBytes;
  if (start === bytes.length) return isLong ? new LineReader(limits) : null;
  if (bytes[start] === OPEN_ARRAY) return new ValueReader(limits);
  if (bytes[start] !== OPEN_OBJECT) return new LineReader(limits);
  const first = lineEnd(bytes, start);
  if (first === -1) return isLong ? new ValueReader(limits) : null;
  if (isObject(bytes.subarray(start, first))) return new LineReader(limits);
  const second = skipSpace(bytes, first);
  const secondEnd = lineEnd(bytes, second);
  if (bytes[second] === OPEN_OBJECT && secondEnd === -1 && !isLong) return null;
  if (second === bytes.length) return isLong ? new ValueReader(limits) : null;
  return secondEnd !== -1 && isObject(bytes.subarray(second, secondEnd)) ? new LineReader(limits) : new ValueReader(limits);
}

/** The same when `bytes` are the whole text. */
export function chooseReaderOfWhole({ bytes, limits }: Head): TextReader {
  const ended = new Uint8Array(bytes.length + 1);
  ended.set(bytes);
  ended[bytes.length] = LINE_FEED;
  return chooseReader({ bytes: ended, limits }) ?? new ValueReader(limits);
}

/** The two bytes every gzip file starts with. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function lineEnd(bytes: Uint8Array, from: number): number {
  return bytes.indexOf(LINE_FEED, from);
}

function isObject(line: Uint8Array): boolean {
  if (line[0] !== OPEN_OBJECT) return false;
  try {
    JSON.parse(new TextDecoder().decode(line));
    return true;
  } catch {
    return false;
  }
}

/** Sets the whole text aside as one item. */
class RefusingReader implements TextReader {
  readonly line = 1;
  readonly #reason: string;

  constructor(reason: string) {
    this.#reason = reason;
  }

  feed(): Iterable<ImportItem> {
    return [];
  }

  end(): Iterable<ImportItem> {
    return [{ kind: 'rejected', line: 1, reason: this.#reason }];
  }
}
