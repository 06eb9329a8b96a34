/** Cuts a JSON array into its elements, so that each can be kept as the bytes that came. */
import { byteOrderMark, skipSpace, skipValue } from './scan-value';
import type { ByteRange } from './scan-value';

const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const ENDS_INSIDE = 'it ends inside the array';

/**
 * Byte ranges of the elements of the array that is the whole body; white space around, and a byte order mark, are allowed.
 * A body that is cut anywhere, that has text behind the array, or whose elements are not set apart by one comma is a problem.
 * Elements are outlined, not checked: JSON.parse judges each of them later.
 */
export function splitArray(body: Uint8Array): readonly ByteRange[] | { readonly problem: string } {
  let at = skipSpace(body, byteOrderMark(body));
  if (at === body.length) return { problem: 'it is empty' };
  if (body[at] !== OPEN) return { problem: 'it is not a JSON array' };
  at = skipSpace(body, at + 1);
  const elements: ByteRange[] = [];
  while (body[at] !== CLOSE || elements.length > 0) {
    const end = skipValue(body, at);
    if (end === -1) return { problem: isOpening(body[at]) ? ENDS_INSIDE : unexpected(body, at) };
    elements.push({ start: at, end });
    at = skipSpace(body, end);
    if (body[at] === CLOSE) break;
    if (body[at] !== COMMA) return { problem: unexpected(body, at) };
    at = skipSpace(body, at + 1);
  }
  const behind = skipSpace(body, at + 1);
  return behind === body.length ? elements : { problem: `there is more behind the array, at byte ${behind}` };
}

function isOpening(byte: number | undefined): boolean {
  return byte === OPEN || byte === 0x7b || byte === 0x22;
}

function unexpected(body: Uint8Array, at: number): string {
  return at >= body.length ? ENDS_INSIDE : `unexpected text at byte ${at}`;
}
