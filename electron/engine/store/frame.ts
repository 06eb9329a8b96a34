/** One frame of the journal: its header, its sealing, and the events and facts inside. The format is docs/archive-format.md. */
import type { Gap } from '../../../shared/contract';
import type { LogId } from '../../../shared/domain/ids';
import type { CompressionPort, CryptoPort } from '../ports';
import { concat, equalBytes, readU64, text, utf8, viewOf, writeU64 } from './bytes';

export const frameVersion = 1;
export const frameHeaderBytes = 52;
export const frameMagic = utf8('TSJF');
const nonceAt = 36;
const tagBytes = 16;
/** A page of Auth0 is at most 32 MiB; nothing larger is ever written, so nothing larger is believed. */
export const maxFrameBytes = 64 * 1024 * 1024;

export type FrameSource = 'api' | 'import';
export type SetAside = { readonly reason: string; readonly bytes: Uint8Array };

/** An event as it lies in a frame: its own JSON bytes, the id its envelope gave when it has none, and whether it is another version of a stored one. */
export type StoredEvent = { readonly bytes: Uint8Array; readonly envelopeLogId: LogId | null; readonly isRevision: boolean };

export type FrameContent = {
  /** Journal order of the first event that is not a revision; the others follow one by one. */
  readonly firstSeq: number;
  readonly source: FrameSource;
  readonly receivedAt: number;
  /** The checkpoint after this frame; null leaves it as it was. */
  readonly checkpoint: LogId | null;
  readonly gap: Gap | null;
  readonly events: readonly StoredEvent[];
  readonly setAside: readonly SetAside[];
  /** Frames lost to damage that were looked for again: `complete` when nothing of them is missing any more. */
  readonly healed: readonly Healed[];
  /** What a rewriting took out of this frame, or out of the emptied frames it stands for. */
  readonly removal?: Removal;
  readonly policy?: Policy;
};
/** `count` places in journal order are no event's any more; `offsets`: how far behind the first one each event that is no revision stands, where not one by one. */
export type Removal = { readonly count: number; readonly offsets?: readonly number[] };
/** What is to be taken out of the archive and kept out: `begun` from when it is decided, `done` when nothing of it is left. */
export type Policy = {
  readonly state: 'begun' | 'done';
  /** Tombstones of users, see tombstones.ts. */
  readonly forgotten: readonly string[];
  /** Instants between which what the archive held is past its retention. */
  readonly purged: { readonly from: string; readonly to: string } | null;
};
export type Healed = { readonly from: number; readonly to: number; readonly complete: boolean };

export type FrameHeader = { readonly version: number; readonly sealedBytes: number; readonly frame: number; readonly fileId: Uint8Array; readonly nonce: Uint8Array };

export type SealingContext = { readonly tenant: string; readonly key: Uint8Array; readonly crypto: CryptoPort; readonly compression: CompressionPort };

type Meta = {
  readonly seq: number;
  readonly source: FrameSource;
  readonly at: number;
  readonly checkpoint?: LogId;
  readonly gap?: Gap;
  readonly lengths: readonly number[];
  readonly ids?: Readonly<Record<string, LogId>>;
  readonly revisions?: readonly number[];
  readonly setAside?: readonly { readonly length: number; readonly reason: string }[];
  readonly healed?: readonly Healed[];
  readonly removal?: Removal;
  readonly policy?: Policy;
};

/** Null where the bytes do not start a frame. */
export function readFrameHeader(bytes: Uint8Array): FrameHeader | null {
  if (bytes.length < frameHeaderBytes || !equalBytes(bytes.subarray(0, 4), frameMagic)) return null;
  const view = viewOf(bytes);
  return {
    version: view.getUint16(4, true),
    sealedBytes: view.getUint32(8, true),
    frame: readU64(view, 12),
    fileId: bytes.slice(20, nonceAt),
    nonce: bytes.slice(nonceAt, nonceAt + 12),
  };
}

function writeFrameHeader(header: FrameHeader): Uint8Array {
  const bytes = new Uint8Array(frameHeaderBytes);
  const view = viewOf(bytes);
  bytes.set(frameMagic, 0);
  view.setUint16(4, header.version, true);
  view.setUint32(8, header.sealedBytes, true);
  writeU64(view, 12, header.frame);
  bytes.set(header.fileId, 20);
  bytes.set(header.nonce, nonceAt);
  return bytes;
}

/** What the tag covers beside the content: the purpose, the tenant and the whole header, so that no frame can be moved or renamed. */
const associatedData = (tenant: string, header: Uint8Array): Uint8Array => concat([utf8(`tenantscope/journal/${String(frameVersion)}\0${tenant}\0`), header]);

function encodeContent(content: FrameContent): Uint8Array {
  const ids: Record<string, LogId> = {};
  const revisions: number[] = [];
  content.events.forEach((event, slot) => {
    if (event.envelopeLogId !== null) ids[String(slot)] = event.envelopeLogId;
    if (event.isRevision) revisions.push(slot);
  });
  const meta: Meta = {
    seq: content.firstSeq,
    source: content.source,
    at: content.receivedAt,
    ...(content.checkpoint === null ? {} : { checkpoint: content.checkpoint }),
    ...(content.gap === null ? {} : { gap: content.gap }),
    lengths: content.events.map(event => event.bytes.length),
    ...(Object.keys(ids).length === 0 ? {} : { ids }),
    ...(revisions.length === 0 ? {} : { revisions }),
    ...(content.healed.length === 0 ? {} : { healed: content.healed }),
    ...(content.removal === undefined ? {} : { removal: content.removal }),
    ...(content.policy === undefined ? {} : { policy: content.policy }),
    ...(content.setAside.length === 0 ? {} : { setAside: content.setAside.map(item => ({ length: item.bytes.length, reason: item.reason })) }),
  };
  const metaBytes = utf8(JSON.stringify(meta));
  const length = new Uint8Array(4);
  viewOf(length).setUint32(0, metaBytes.length, true);
  return concat([length, metaBytes, ...content.events.map(event => event.bytes), ...content.setAside.map(item => item.bytes)]);
}

function decodeContent(plain: Uint8Array): FrameContent {
  const metaLength = viewOf(plain).getUint32(0, true);
  const meta = JSON.parse(text(plain.subarray(4, 4 + metaLength))) as Meta;
  let at = 4 + metaLength;
  const take = (length: number): Uint8Array => plain.subarray(at, (at += length));
  const revisions = new Set(meta.revisions ?? []);
  const events = meta.lengths.map((length, slot) => ({ bytes: take(length), envelopeLogId: meta.ids?.[String(slot)] ?? null, isRevision: revisions.has(slot) }));
  const setAside = (meta.setAside ?? []).map(item => ({ reason: item.reason, bytes: take(item.length) }));
  return {
    firstSeq: meta.seq, source: meta.source, receivedAt: meta.at, checkpoint: meta.checkpoint ?? null, gap: meta.gap ?? null, events, setAside, healed: meta.healed ?? [],
    ...(meta.removal === undefined ? {} : { removal: meta.removal }), ...(meta.policy === undefined ? {} : { policy: meta.policy }),
  };
}

/** The bytes of a frame, ready to be appended. */
export function sealFrame(context: SealingContext, place: { readonly frame: number; readonly fileId: Uint8Array }, content: FrameContent): Uint8Array {
  const packed = context.compression.compress(encodeContent(content));
  const header = writeFrameHeader({
    version: frameVersion,
    sealedBytes: packed.length + tagBytes,
    frame: place.frame,
    fileId: place.fileId,
    nonce: context.crypto.randomBytes(12),
  });
  const nonce = header.subarray(nonceAt, nonceAt + 12);
  return concat([header, context.crypto.seal(context.key, nonce, associatedData(context.tenant, header), packed)]);
}

/** The content of a frame as it was compressed, or null when its tag does not fit: damaged, moved, or sealed by another key. */
export function openSeal(context: Pick<SealingContext, 'tenant' | 'key' | 'crypto'>, frame: Uint8Array): Uint8Array | null {
  const header = frame.subarray(0, frameHeaderBytes);
  const nonce = header.subarray(nonceAt, nonceAt + 12);
  return context.crypto.open(context.key, nonce, associatedData(context.tenant, header), frame.subarray(frameHeaderBytes));
}

/** The content of a frame, or null as above. */
export function openFrame(context: SealingContext, frame: Uint8Array): FrameContent | null {
  const packed = openSeal(context, frame);
  return packed === null ? null : decodeContent(context.compression.decompress(packed, maxFrameBytes));
}
