/** One segment file of the journal: its header and the walk over its frames that meets damage frame by frame. */
import type { ArchiveFile } from '../ports';
import { equalBytes, readU64, utf8, viewOf, writeU64 } from './bytes';
import { frameHeaderBytes, frameMagic, frameVersion, maxFrameBytes, readFrameHeader } from './frame';

export const segmentHeaderBytes = 64;
export const segmentVersion = 1;
/** A segment is closed when it is larger than this; small enough to be rewritten when a user is forgotten. */
export const segmentLimitBytes = 64 * 1024 * 1024;
const magic = utf8('TSCOPEJ\n');

export type SegmentHeader = { readonly segment: number; readonly fileId: Uint8Array; readonly archiveId: Uint8Array; readonly firstFrame: number };
/** `isPlain`: what is zero by the format is zero. */
export type ReadHeader = SegmentHeader & { readonly isPlain: boolean };

export function writeSegmentHeader(header: SegmentHeader): Uint8Array {
  const bytes = new Uint8Array(segmentHeaderBytes);
  const view = viewOf(bytes);
  bytes.set(magic, 0);
  view.setUint16(8, segmentVersion, true);
  view.setUint32(12, header.segment, true);
  bytes.set(header.fileId, 16);
  bytes.set(header.archiveId, 32);
  writeU64(view, 48, header.firstFrame);
  return bytes;
}

/** `newer`: written by a later version, or a damaged version number; only the frames can tell. Null when the header is damaged. */
export function readSegmentHeader(file: ArchiveFile): ReadHeader | 'newer' | null {
  const bytes = file.readAt(0, segmentHeaderBytes);
  if (bytes.length < segmentHeaderBytes || !equalBytes(bytes.subarray(0, 8), magic)) return null;
  const view = viewOf(bytes);
  if (view.getUint16(8, true) !== segmentVersion) return 'newer';
  const fileId = bytes.slice(16, 32);
  if (!isOfFirstFrame(file, fileId)) return null;
  return { segment: view.getUint32(12, true), fileId, archiveId: bytes.slice(32, 48), firstFrame: readU64(view, 48), isPlain: [10, 11, 56, 57, 58, 59, 60, 61, 62, 63].every(at => bytes[at] === 0) };
}

/** The header is not sealed: believed alone, one wrong bit of its file id would disown every frame of the segment. */
function isOfFirstFrame(file: ArchiveFile, fileId: Uint8Array): boolean {
  const first = readFrameHeader(file.readAt(segmentHeaderBytes, frameHeaderBytes));
  return first === null || equalBytes(first.fileId, fileId);
}

export type FramePlace = { readonly frame: number; readonly offset: number; readonly length: number; readonly fileId: Uint8Array };
/** `torn`: the bytes at the end of the file do not make a whole frame, as after a crash or while a writer is at work. */
export type SegmentPart<Content> =
  | { readonly kind: 'frame'; readonly place: FramePlace; readonly content: Content }
  | { readonly kind: 'damaged'; readonly offset: number; readonly length: number }
  | { readonly kind: 'torn'; readonly offset: number };

const searchBytes = 1024 * 1024;

/** Offset of the next frame mark at or after `from`, or `size`. */
function findMark(file: ArchiveFile, from: number, size: number): number {
  for (let base = from; base < size; base += searchBytes) {
    const chunk = file.readAt(base, searchBytes + frameMagic.length - 1);
    for (let at = chunk.indexOf(frameMagic[0] ?? 0); at >= 0; at = chunk.indexOf(frameMagic[0] ?? 0, at + 1)) {
      if (equalBytes(chunk.subarray(at, at + frameMagic.length), frameMagic)) return base + at;
    }
  }
  return size;
}

/** Opens the seal of a frame; null where it does not fit. */
export type OpenFrame<Content> = (place: FramePlace, bytes: Uint8Array) => Content | null;
type Found<Content> = { readonly place: FramePlace; readonly content: Content };

function frameAt<Content>(file: ArchiveFile, offset: number, open: OpenFrame<Content>): Found<Content> | null {
  const header = readFrameHeader(file.readAt(offset, frameHeaderBytes));
  if (header === null || header.version !== frameVersion || header.sealedBytes > maxFrameBytes) return null;
  const length = frameHeaderBytes + header.sealedBytes;
  const bytes = file.readAt(offset, length);
  if (bytes.length < length) return null;
  const place = { frame: header.frame, offset, length, fileId: header.fileId };
  const content = open(place, bytes);
  return content === null ? null : { place, content };
}

function nextIntact<Content>(file: ArchiveFile, after: number, size: number, open: OpenFrame<Content>): number | null {
  for (let mark = findMark(file, after, size); mark < size; mark = findMark(file, mark + 1, size)) {
    if (frameAt(file, mark, open) !== null) return mark;
  }
  return null;
}

/**
 * Walks the frames of a segment from an offset to the end it has now. Where a seal does not fit, or no frame starts,
 * the walk goes on at the next mark whose frame is intact, so that one bad byte costs one frame.
 */
export function* walkSegment<Content>(file: ArchiveFile, from: number, open: OpenFrame<Content>): Generator<SegmentPart<Content>> {
  const size = file.size();
  let offset = from;
  while (offset < size) {
    const found = frameAt(file, offset, open);
    if (found !== null) {
      yield { kind: 'frame', ...found };
      offset += found.place.length;
      continue;
    }
    const next = nextIntact(file, offset + 1, size, open);
    if (next === null) {
      yield { kind: 'torn', offset };
      return;
    }
    yield { kind: 'damaged', offset, length: next - offset };
    offset = next;
  }
}
