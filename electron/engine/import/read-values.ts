/** Reads JSON values that are not one to a line: arrays element by element, and objects one behind the other. */
import { isSpace, newScan, scalarEnd, scanContainer, scanString, valueKind } from '../json/scan-value';
import type { OpenScan, ValueKind } from '../json/scan-value';
import type { ImportItem, TextReader } from './import-item';
import { tooLong } from './import-limits';
import type { ImportLimits } from './import-limits';
import { Judge } from './judge-text';
import { Pieces } from './pieces';

const LINE_FEED = 0x0a;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const byteOrderMark = new Set([0xef, 0xbb, 0xbf]);

/**
 * `between`: outside every array. `element` and `separator`: inside one, where a value or a comma comes next. `gap`: as
 * `element`, behind commas without an element. A missing or surplus comma costs no element: logs are often joined by hand.
 */
type Place = 'between' | 'element' | 'separator' | 'gap' | 'lost';
type OpenValue = { readonly kind: ValueKind; readonly line: number; readonly scan: OpenScan };

const troubles: Partial<Record<Place, string>> = { gap: 'no element before the comma', lost: 'unexpected text; nothing behind it was read' };
const insideOf: Record<ValueKind, string> = { object: 'an object', array: 'an array', string: 'a string', scalar: 'the array' };

export class ValueReader implements TextReader {
  readonly #judge = new Judge();
  readonly #pieces: Pieces;
  readonly #tooLong: string;
  #place: Place = 'between';
  #value: OpenValue | null = null;
  /** The line that ends at index `#lineFeed` of the current chunk, or is still open at the chunk's end. */
  #line = 1;
  #lineFeed = Infinity;

  constructor(limits: ImportLimits) {
    this.#pieces = new Pieces(limits.itemBytes);
    this.#tooLong = tooLong(limits);
  }

  get line(): number {
    return this.#line;
  }

  *feed(chunk: Uint8Array): Iterable<ImportItem> {
    this.#lineFeed = lineFeed(chunk, 0);
    let at = 0;
    while (at < chunk.length && this.#place !== 'lost') {
      if (this.#value === null) {
        const [place, from] = [this.#place, at];
        at = this.#seek(chunk, from);
        const trouble = this.#place === place ? undefined : troubles[this.#place];
        if (trouble !== undefined) yield { kind: 'rejected', line: this.#lineAt(chunk, from), reason: trouble };
      } else {
        const end = resume(chunk, at, this.#value);
        if (end === -1) this.#pieces.add(chunk.subarray(at));
        else yield this.#finish(this.#value, chunk.subarray(at, end));
        at = end === -1 ? chunk.length : end;
      }
    }
    this.#lineAt(chunk, chunk.length);
  }

  *end(): Iterable<ImportItem> {
    if (this.#value !== null) yield this.#cut(this.#value);
    else if (this.#isInArray()) yield { kind: 'rejected', line: this.#line, reason: 'the file ends inside the array' };
  }

  #isInArray(): boolean {
    return this.#place !== 'between' && this.#place !== 'lost';
  }

  /** Takes the byte at `at`, or opens the value that starts there; index to go on at. */
  #seek(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] as number;
    if (isSpace(byte)) return at + 1;
    const place = this.#isInArray() ? placeInArray(this.#place, byte) : placeBetween(byte);
    if (place !== null) {
      this.#place = place;
      return at + 1;
    }
    const kind = valueKind(byte);
    if (kind === null) this.#place = 'lost';
    else this.#value = { kind, line: this.#lineAt(chunk, at), scan: newScan() };
    return at;
  }

  #finish(value: OpenValue, last: Uint8Array): ImportItem {
    this.#value = null;
    if (this.#isInArray()) this.#place = 'separator';
    const bytes = this.#pieces.take(last);
    return bytes === null ? { kind: 'rejected', line: value.line, reason: this.#tooLong } : this.#judge.value(bytes, value.line);
  }

  /** A number or word outside an array needs nothing behind it; any other value is incomplete. */
  #cut(value: OpenValue): ImportItem {
    if (value.kind === 'scalar' && this.#place === 'between') return this.#finish(value, new Uint8Array());
    return { kind: 'rejected', line: value.line, reason: `the file ends inside ${insideOf[value.kind]}` };
  }

  /** The line of index `at`, which never goes back. */
  #lineAt(chunk: Uint8Array, at: number): number {
    while (this.#lineFeed < at) {
      this.#line += 1;
      this.#lineFeed = lineFeed(chunk, this.#lineFeed + 1);
    }
    return this.#line;
  }
}

/** The place behind a byte that is no part of a value; null for any other byte. */
function placeBetween(byte: number): Place | null {
  if (byte === OPEN_ARRAY) return 'element';
  return byte === COMMA || byteOrderMark.has(byte) ? 'between' : null;
}

/** The same inside an array, at `place` of it. */
function placeInArray(place: Place, byte: number): Place | null {
  if (byte === CLOSE_ARRAY) return 'between';
  if (byte !== COMMA) return null;
  return place === 'separator' ? 'element' : 'gap';
}

function lineFeed(chunk: Uint8Array, from: number): number {
  const at = chunk.indexOf(LINE_FEED, from);
  return at === -1 ? Infinity : at;
}

function resume(chunk: Uint8Array, at: number, { kind, scan }: OpenValue): number {
  if (kind === 'string') return scanString(chunk, at, scan);
  if (kind !== 'scalar') return scanContainer(chunk, at, scan);
  const end = scalarEnd(chunk, at);
  return end === chunk.length ? -1 : end;
}
