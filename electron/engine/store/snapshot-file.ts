/** The file of a snapshot: a header in clear, then sealed chunks of bounded size. The format is docs/archive-format.md. */
import type { ArchiveFile, CryptoPort } from '../ports';
import { concat, equalBytes, readU64, utf8, viewOf, writeU64 } from './bytes';

const magic = utf8('TSCOPES\n');
const version = 1;
export const snapshotHeaderBytes = 88;
const nonceBytes = 12;
const tagBytes = 16;
/** The worker seals and writes one of these in about two milliseconds. */
const chunkBytes = 1024 * 1024;
const maxManifestBytes = 64 * 1024 * 1024;

export type SnapshotKey = { readonly tenant: string; readonly key: Uint8Array; readonly crypto: CryptoPort };

export type SnapshotHeader = {
  readonly manifestBytes: number;
  /** Grows by one with each snapshot of a tenant. */
  readonly generation: number;
  readonly archiveId: Uint8Array;
  /** Random, so that no chunk of another snapshot fits. */
  readonly fileId: Uint8Array;
  /** What the content was made by, see snapshot-layout.ts. */
  readonly layout: Uint8Array;
};

export type Section = { readonly name: string; readonly bytes: Uint8Array };
/** `facts` is JSON of the caller's own. */
export type SnapshotContent = { readonly facts: unknown; readonly sections: readonly Section[] };
type Manifest = { readonly facts: unknown; readonly sections: readonly { readonly name: string; readonly bytes: number }[] };

/** Lets messages through when it is time. @throws what is to end the work */
export type Pause = () => Promise<void>;

function writeHeader(header: SnapshotHeader): Uint8Array {
  const bytes = new Uint8Array(snapshotHeaderBytes);
  const view = viewOf(bytes);
  bytes.set(magic, 0);
  view.setUint16(8, version, true);
  view.setUint32(12, header.manifestBytes, true);
  writeU64(view, 16, header.generation);
  bytes.set(header.archiveId, 24);
  bytes.set(header.fileId, 40);
  bytes.set(header.layout, 56);
  return bytes;
}

/** Null where it is no snapshot of this version. Only the chunks' seals show whether it is true. */
export function readSnapshotHeader(file: ArchiveFile): SnapshotHeader | null {
  const bytes = file.readAt(0, snapshotHeaderBytes);
  if (bytes.length < snapshotHeaderBytes || !equalBytes(bytes.subarray(0, 8), magic)) return null;
  const view = viewOf(bytes);
  const generation = readU64(view, 16);
  if (view.getUint16(8, true) !== version || !Number.isSafeInteger(generation)) return null;
  return { manifestBytes: view.getUint32(12, true), generation, archiveId: bytes.slice(24, 40), fileId: bytes.slice(40, 56), layout: bytes.slice(56, 88) };
}

/** Purpose, tenant, the whole header, the number of the chunk, and whether it is the last. */
function associatedData(tenant: string, header: Uint8Array, chunk: { readonly number: number; readonly isLast: boolean }): Uint8Array {
  const place = new Uint8Array(5);
  viewOf(place).setUint32(0, chunk.number, true);
  place[4] = chunk.isLast ? 1 : 0;
  return concat([utf8(`tenantscope/snapshot/${String(version)}\0${tenant}\0`), header, place]);
}

const chunkCount = (bytes: number): number => Math.ceil(bytes / chunkBytes);

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

/** Writes a whole snapshot into an empty file; it is durable after the last sync, which is the caller's. @throws Failure archive.* */
export async function writeSnapshot(file: ArchiveFile, key: SnapshotKey, header: Omit<SnapshotHeader, 'manifestBytes'>, content: SnapshotContent, pause: Pause): Promise<void> {
  const sections = content.sections.map(({ name, bytes }) => ({ name, bytes: bytes.length }));
  const manifest = utf8(JSON.stringify({ facts: content.facts, sections } satisfies Manifest));
  const parts = [manifest, ...content.sections.map(section => section.bytes)];
  const last = parts.reduce((count, part) => count + chunkCount(part.length), 0) - 1;
  const head = writeHeader({ ...header, manifestBytes: manifest.length });
  file.writeAt(0, head);
  let offset = head.length;
  let number = 0;
  for (const part of parts) {
    for (const plain of chunksOf(part)) {
      const nonce = key.crypto.randomBytes(nonceBytes);
      const sealed = key.crypto.seal(key.key, nonce, associatedData(key.tenant, head, { number, isLast: number === last }), plain);
      file.writeAt(offset, concat([nonce, sealed]));
      offset += nonceBytes + sealed.length;
      number += 1;
      // A sync of all at the end would stop the worker for as long as the disk takes for hundreds of megabytes.
      if (number % 16 === 0) file.sync();
      await pause();
    }
  }
}

/** Reads a snapshot from its beginning to its end. */
export class SnapshotReader {
  readonly #file: ArchiveFile;
  readonly #key: SnapshotKey;
  readonly #head: Uint8Array;
  #offset = snapshotHeaderBytes;
  #number = 0;
  #last = -1;
  #sections: Manifest['sections'] = [];

  constructor(file: ArchiveFile, key: SnapshotKey) {
    this.#file = file;
    this.#key = key;
    this.#head = file.readAt(0, snapshotHeaderBytes);
  }

  /** The facts, or null when the seal does not fit or the file has not the size that it must have. To be called first. */
  async facts(manifestBytes: number, pause: Pause): Promise<unknown> {
    const size = this.#file.size();
    if (manifestBytes === 0 || manifestBytes > Math.min(size, maxManifestBytes)) return null;
    const plain = await this.#read(manifestBytes, pause);
    if (plain === null) return null;
    const manifest = JSON.parse(new TextDecoder('utf-8').decode(plain)) as Manifest;
    const bytes = [manifestBytes, ...manifest.sections.map(section => section.bytes)];
    this.#last = bytes.reduce((count, length) => count + chunkCount(length), 0) - 1;
    this.#sections = manifest.sections;
    const whole = snapshotHeaderBytes + bytes.reduce((sum, length) => sum + length, 0) + (this.#last + 1) * (nonceBytes + tagBytes);
    return whole === size ? manifest.facts : null;
  }

  /** All sections by their names, each in memory of its own; null when a seal does not fit. */
  async sections(pause: Pause): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>> | null> {
    const sections = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const { name, bytes } of this.#sections) {
      const section = await this.#read(bytes, pause);
      if (section === null) return null;
      sections.set(name, section);
    }
    return sections;
  }

  async #read(length: number, pause: Pause): Promise<Uint8Array<ArrayBuffer> | null> {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += chunkBytes) {
      const plain = this.#chunk(Math.min(chunkBytes, length - at));
      if (plain === null) return null;
      bytes.set(plain, at);
      await pause();
    }
    return bytes;
  }

  /** A manifest is never the last chunk: an image follows it. */
  #chunk(length: number): Uint8Array | null {
    const stored = this.#file.readAt(this.#offset, nonceBytes + length + tagBytes);
    if (stored.length < nonceBytes + length + tagBytes) return null;
    const chunk = { number: this.#number, isLast: this.#number === this.#last };
    this.#offset += stored.length;
    this.#number += 1;
    return this.#key.crypto.open(this.#key.key, stored.subarray(0, nonceBytes), associatedData(this.#key.tenant, this.#head, chunk), stored.subarray(nonceBytes));
  }
}
