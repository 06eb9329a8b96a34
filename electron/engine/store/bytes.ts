/** Little-endian integers and joined byte arrays, as the archive's file format uses them. */

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Joins byte arrays into a new one. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Reads an unsigned 64-bit integer; the format never holds one beyond 2^53. */
export function readU64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

export function writeU64(view: DataView, at: number, value: number): void {
  view.setBigUint64(at, BigInt(value), true);
}

/** The bytes of an even number of hexadecimal digits. */
export const fromHex = (hex: string): Uint8Array => Uint8Array.from({ length: hex.length / 2 }, (_none, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16));
