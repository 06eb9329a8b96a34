/** The layout of a backup file: a header, entries of a path and its bytes, a trailer with the digest of all before. */
import { Failure } from '../../shared/errors';

/** The version this code writes; older ones will be read for ever. */
const version = 1;
const fileMagic = 'TSCOPEB\n';
const entryMagic = 'TSBE';
const trailerMagic = 'TSBT';

/** Of the header, of what stands before each path, and of the trailer before its digest. */
export const headBytes = 16;
export const digestBytes = 32;
const longestPath = 1_024;

export const damagedBackup = (problem: string): Failure => new Failure('backup.damaged', { problem });

const headOf = (magic: string): Uint8Array => {
  const head = new Uint8Array(headBytes);
  head.set(new TextEncoder().encode(magic));
  return head;
};
const viewOf = (head: Uint8Array): DataView => new DataView(head.buffer, head.byteOffset, head.byteLength);
const startsWith = (head: Uint8Array, magic: string): boolean => [...magic].every((letter, at) => head[at] === letter.charCodeAt(0));
const isZero = (bytes: Uint8Array): boolean => bytes.every(byte => byte === 0);

export function headerBytes(): Uint8Array {
  const head = headOf(fileMagic);
  viewOf(head).setUint16(8, version, true);
  return head;
}

/** @throws Failure backup.damaged; archive.newer-format */
export function checkHeader(head: Uint8Array): void {
  if (!startsWith(head, fileMagic)) throw damagedBackup('it is not a backup of Tenantscope');
  const found = viewOf(head).getUint16(8, true);
  if (found > version) throw new Failure('archive.newer-format', { file: 'The backup' });
  if (found < version || !isZero(head.subarray(10))) throw damagedBackup('its header is damaged');
}

/** What stands before the bytes of a file. */
export function entryBytes(path: string, size: number): Uint8Array {
  const name = new TextEncoder().encode(path);
  const head = headOf(entryMagic);
  viewOf(head).setUint16(4, name.length, true);
  viewOf(head).setBigUint64(8, BigInt(size), true);
  return new Uint8Array([...head, ...name]);
}

/** The trailer but for its digest. */
export function trailerBytes(entries: number): Uint8Array {
  const head = headOf(trailerMagic);
  viewOf(head).setBigUint64(8, BigInt(entries), true);
  return head;
}

export type BackupPart = { readonly kind: 'entry'; readonly pathBytes: number; readonly size: number } | { readonly kind: 'trailer'; readonly entries: number };

/** @throws Failure backup.damaged */
export function readPart(head: Uint8Array): BackupPart {
  const view = viewOf(head);
  const number = Number(view.getBigUint64(8, true));
  if (!Number.isSafeInteger(number)) throw damagedBackup('a size in it is impossible');
  if (startsWith(head, trailerMagic) && isZero(head.subarray(4, 8))) return { kind: 'trailer', entries: number };
  const pathBytes = view.getUint16(4, true);
  const isEntry = startsWith(head, entryMagic) && isZero(head.subarray(6, 8)) && pathBytes > 0 && pathBytes <= longestPath;
  if (!isEntry) throw damagedBackup('where a file should begin, none does');
  return { kind: 'entry', pathBytes, size: number };
}
