/** Brotli for the archive's frames and gzip for imports, by Node's zlib. */
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { CompressionPort } from '../engine/ports';
import { gunzip } from './gunzip';

const view = (bytes: Buffer): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);

function compress(bytes: Uint8Array): Uint8Array {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return view(brotliCompressSync(bytes, { params }));
}

function decompress(bytes: Uint8Array, limit: number): Uint8Array {
  // Node refuses a limit of 0.
  const plain = brotliDecompressSync(bytes, { maxOutputLength: Math.max(1, limit) });
  if (plain.length > limit) throw new RangeError(`unpacks to more than ${limit} bytes`);
  return view(plain);
}

export function createCompression(): CompressionPort {
  return { compress, decompress, gunzip };
}
