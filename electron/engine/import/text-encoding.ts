/** Refuses text that is not UTF-8 before it is read as thousands of bad lines. */

/**
 * The name of the encoding when the first bytes of a text (four, or all there are) show that it is not UTF-8; null otherwise.
 * JSON starts with two ASCII characters or is one long, so that a zero byte among them means wider characters.
 */
export function foreignEncoding(head: Uint8Array): string | null {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32 (little-endian)' : 'UTF-16 (little-endian)';
  if (a === 0xfe && b === 0xff) return 'UTF-16 (big-endian)';
  if (a === 0 && b === 0) return c === 0 && d === 0 ? 'binary' : 'UTF-32 (big-endian)';
  if (a === 0) return 'UTF-16 (big-endian)';
  if (b === 0) return c === 0 && d === 0 ? 'UTF-32 (little-endian)' : 'UTF-16 (little-endian)';
  return null;
}
