/** Reads JSON Lines: each line by itself, so that a bad one costs only itself. */
import { byteOrderMark, isSpace, skipSpace } from '../json/scan-value';
import type { ImportItem, TextReader } from './import-item';
import { tooLong } from './import-limits';
import type { ImportLimits } from './import-limits';
import { Judge } from './judge-text';
import { Pieces } from './pieces';

const LINE_FEED = 0x0a;

export class LineReader implements TextReader {
  readonly #judge = new Judge();
  readonly #pending: Pieces;
  readonly #tooLong: string;
  /** Lines that ended. */
  #line = 0;

  constructor(limits: ImportLimits) {
    this.#pending = new Pieces(limits.itemBytes);
    this.#tooLong = tooLong(limits);
  }

  get line(): number {
    return this.#line + 1;
  }

  *feed(chunk: Uint8Array): Iterable<ImportItem> {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      yield* this.#take(chunk.subarray(start, end));
      start = end + 1;
    }
    if (start < chunk.length) this.#pending.add(chunk.subarray(start));
  }

  *end(): Iterable<ImportItem> {
    if (!this.#pending.isEmpty) yield* this.#take(new Uint8Array());
  }

  #take(last: Uint8Array): Iterable<ImportItem> {
    this.#line += 1;
    const whole = this.#pending.take(last);
    if (whole === null) return [{ kind: 'rejected', line: this.#line, reason: this.#tooLong }];
    const line = trimmed(whole);
    return line.length === 0 ? [] : this.#judge.line(line, this.#line);
  }
}

/** Files that were joined carry byte order marks in their middle. */
function trimmed(bytes: Uint8Array): Uint8Array {
  const start = skipSpace(bytes, byteOrderMark(bytes));
  let end = bytes.length;
  while (end > start && isSpace(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
}
