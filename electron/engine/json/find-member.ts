/** Finds a member's value inside the bytes of a JSON object, so that an event can be cut out of its envelope unchanged. */
import { byteOrderMark, newScan, scanString, skipSpace, skipValue } from './scan-value';
import type { ByteRange } from './scan-value';

const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const QUOTE = 0x22;

/**
 * Byte range of the value of `key` in the object that is the whole of `bytes`; of several with that key the last, as in
 * JSON.parse. Null when there is none, or when the bytes are not one object. Values are outlined, not checked.
 */
export function findMember(bytes: Uint8Array, key: string): ByteRange | null {
  const wanted = new TextEncoder().encode(key);
  let found: ByteRange | null = null;
  let at = skipSpace(bytes, byteOrderMark(bytes));
  if (bytes[at] !== OPEN) return null;
  at = skipSpace(bytes, at + 1);
  if (bytes[at] === CLOSE) return null;
  for (;;) {
    const member = memberAt(bytes, at);
    if (member === null) return null;
    if (isKey(bytes, member.key, wanted, key)) found = member.value;
    at = skipSpace(bytes, member.value.end);
    if (bytes[at] === CLOSE) break;
    if (bytes[at] !== COMMA) return null;
    at = skipSpace(bytes, at + 1);
  }
  return skipSpace(bytes, at + 1) === bytes.length ? found : null;
}

/** The key's range is without its quotes. */
function memberAt(bytes: Uint8Array, at: number): { readonly key: ByteRange; readonly value: ByteRange } | null {
  if (bytes[at] !== QUOTE) return null;
  const keyEnd = scanString(bytes, at, newScan());
  if (keyEnd === -1) return null;
  const colon = skipSpace(bytes, keyEnd);
  if (bytes[colon] !== COLON) return null;
  const start = skipSpace(bytes, colon + 1);
  const end = skipValue(bytes, start);
  return end === -1 ? null : { key: { start: at + 1, end: keyEnd - 1 }, value: { start, end } };
}

function isKey(bytes: Uint8Array, { start, end }: ByteRange, wanted: Uint8Array, key: string): boolean {
  const name = bytes.subarray(start, end);
  if (name.includes(BACKSLASH)) return unescaped(bytes.subarray(start - 1, end + 1)) === key;
  return name.length === wanted.length && name.every((byte, index) => byte === wanted[index]);
}

function unescaped(quoted: Uint8Array): string | null {
  try {
    return JSON.parse(new TextDecoder().decode(quoted)) as string;
  } catch {
    return null;
  }
}
