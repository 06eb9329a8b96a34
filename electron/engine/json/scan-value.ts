/** Steps over JSON text in bytes, one value at a time, without recursion and without making values of it. */

/** Half-open, in bytes. */
export type ByteRange = { readonly start: number; readonly end: number };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;

/** What a byte outside a string does to a scan. */
const PLAIN = 0;
const STRING = 1;
const OPEN = 2;
const CLOSE = 3;
const SPACE = 4;
const SEPARATOR = 5;

const kinds = new Uint8Array(256);
kinds[QUOTE] = STRING;
for (const byte of [0x5b, OPEN_OBJECT]) kinds[byte] = OPEN;
for (const byte of [0x5d, 0x7d]) kinds[byte] = CLOSE;
for (const byte of [0x20, 0x09, 0x0a, 0x0d]) kinds[byte] = SPACE;
for (const byte of [0x2c, 0x3a]) kinds[byte] = SEPARATOR;

/** First bytes of a scalar that is not a string: a minus, a digit, or the t, f, n of a word. */
const scalarStarts = new Set([0x2d, 0x74, 0x66, 0x6e, ...Array.from({ length: 10 }, (_, digit) => 0x30 + digit)]);

/** The four characters JSON allows between tokens. */
export function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && kinds[byte] === SPACE;
}

/** Index of the first byte at or after `at` that is not white space; the length when there is none. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let index = at;
  while (index < bytes.length && isSpace(bytes[index])) index += 1;
  return index;
}

/** Length of a UTF-8 byte order mark at the start: 3 or 0. */
export function byteOrderMark(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/**
 * Index behind the value that starts at `at`; -1 when no value starts there or the bytes end inside it. Brackets are counted,
 * not paired, and scalars are not checked: what is between the two indexes is for JSON.parse to judge.
 */
export function skipValue(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === undefined) return -1;
  const kind = kinds[first];
  if (kind === STRING) return scanString(bytes, at, newScan());
  if (kind === OPEN) return scanContainer(bytes, at, newScan());
  return scalarStarts.has(first) ? scalarEnd(bytes, at) : -1;
}

/** Index behind the number or word at `at`: the first byte that JSON gives a meaning of its own, or the length. */
export function scalarEnd(bytes: Uint8Array, at: number): number {
  let index = at;
  while (index < bytes.length && kinds[bytes[index] as number] === PLAIN) index += 1;
  return index;
}

export type ValueKind = 'object' | 'array' | 'string' | 'scalar';

/** What a value is that starts with this byte; null when none does. */
export function valueKind(byte: number): ValueKind | null {
  if (byte === QUOTE) return 'string';
  if (kinds[byte] === OPEN) return byte === OPEN_OBJECT ? 'object' : 'array';
  return scalarStarts.has(byte) ? 'scalar' : null;
}

/** Where a scan stands when the bytes of a container or string come in pieces. `escaped`: the next byte is behind a backslash. */
export type OpenScan = { depth: number; inString: boolean; escaped: boolean };

export function newScan(): OpenScan {
  return { depth: 0, inString: false, escaped: false };
}

/** Begins or goes on with an object or array: index behind its end, or -1 when the piece ends first. */
export function scanContainer(bytes: Uint8Array, at: number, scan: OpenScan): number {
  const end = bytes.length;
  let index = scan.inString ? scanString(bytes, at, scan) : at;
  if (index === -1) return -1;
  for (; index < end; index += 1) {
    const kind = kinds[bytes[index] as number];
    if (kind === STRING) {
      index += 1;
      for (let byte = bytes[index]; byte !== QUOTE && index < end; byte = bytes[index]) index += byte === BACKSLASH ? 2 : 1;
      scan.inString = index >= end;
      scan.escaped = index > end;
    } else if (kind === OPEN) scan.depth += 1;
    else if (kind === CLOSE) {
      scan.depth -= 1;
      if (scan.depth === 0) return index + 1;
    }
  }
  return -1;
}

/** Begins or goes on with a string: index behind its closing quote, or -1 when the piece ends first. */
export function scanString(bytes: Uint8Array, at: number, scan: OpenScan): number {
  let index = scan.inString ? at : at + 1;
  if (scan.escaped && index < bytes.length) index += 1;
  else if (scan.escaped) return -1;
  for (let byte = bytes[index]; index < bytes.length && byte !== QUOTE; byte = bytes[index]) index += byte === BACKSLASH ? 2 : 1;
  scan.inString = index >= bytes.length;
  scan.escaped = index > bytes.length;
  return scan.inString ? -1 : index + 1;
}
