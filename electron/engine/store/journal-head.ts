/** The sealed head of a journal: how many frames there must be and where the count of events stands, in two slots written in turn. */
import type { ArchiveFile, CryptoPort } from '../ports';
import { concat, equalBytes, readU64, utf8, viewOf, writeU64 } from './bytes';

export type JournalHead = {
  /** Grows by one with each write; the valid slot with the larger one counts. */
  readonly generation: number;
  readonly frames: number;
  /** The place in journal order that the next event gets, counted from 1. */
  readonly nextSeq: number;
  readonly segments: number;
  /** 16 bytes that change when the journal is rewritten. */
  readonly archiveId: Uint8Array;
};

const slotBytes = 128;
const magic = utf8('TSJH');
const version = 1;
const plainBytes = 48;
const headerBytes = 4 + 2 + 2 + 12;

export type HeadKey = { readonly tenant: string; readonly key: Uint8Array; readonly crypto: CryptoPort };

const associatedData = (key: HeadKey): Uint8Array => utf8(`tenantscope/journal-head/${String(version)}\0${key.tenant}\0`);

function sealSlot(key: HeadKey, head: JournalHead): Uint8Array {
  const plain = new Uint8Array(plainBytes);
  const view = viewOf(plain);
  [head.generation, head.frames, head.nextSeq, head.segments].forEach((value, index) => { writeU64(view, index * 8, value); });
  plain.set(head.archiveId, 32);
  const nonce = key.crypto.randomBytes(12);
  const start = new Uint8Array(8);
  start.set(magic, 0);
  viewOf(start).setUint16(4, version, true);
  const slot = new Uint8Array(slotBytes);
  slot.set(concat([start, nonce, key.crypto.seal(key.key, nonce, associatedData(key), plain)]));
  return slot;
}

function openSlot(key: HeadKey, slot: Uint8Array): JournalHead | null {
  if (slot.length < slotBytes || !equalBytes(slot.subarray(0, 4), magic) || viewOf(slot).getUint16(4, true) !== version) return null;
  const sealed = slot.subarray(headerBytes, headerBytes + plainBytes + 16);
  const plain = key.crypto.open(key.key, slot.subarray(8, headerBytes), associatedData(key), sealed);
  if (plain === null) return null;
  const view = viewOf(plain);
  return { generation: readU64(view, 0), frames: readU64(view, 8), nextSeq: readU64(view, 16), segments: readU64(view, 24), archiveId: plain.slice(32, 48) };
}

/** The newer of the valid slots; null when none is valid. */
export function readHead(key: HeadKey, file: ArchiveFile): JournalHead | null {
  const slots = [0, 1].map(slot => openSlot(key, file.readAt(slot * slotBytes, slotBytes)));
  return slots.reduce((best, head) => (head !== null && (best === null || head.generation > best.generation) ? head : best), null);
}

/**
 * Writes the slot that is not the newest, so that a torn write leaves the other one. Not synced, as it only ever claims what is on the
 * disk already; but for the first: with no head at all, a first frame that power loss tore looks like a journal of another key.
 */
export function writeHead(key: HeadKey, file: ArchiveFile, head: JournalHead): void {
  file.writeAt((head.generation % 2) * slotBytes, sealSlot(key, head));
  if (head.generation === 1) file.sync();
}

/** Numbers of the slots that hold something and are not just what was written; reading does without one of them. */
export function damagedSlots(key: HeadKey, file: ArchiveFile): readonly number[] {
  return [0, 1].filter(number => {
    const slot = file.readAt(number * slotBytes, slotBytes);
    const isPlain = (from: number, to: number): boolean => slot.subarray(from, to).every(byte => byte === 0);
    return !isPlain(0, slotBytes) && (openSlot(key, slot) === null || !isPlain(6, 8) || !isPlain(headerBytes + plainBytes + 16, slotBytes));
  });
}
