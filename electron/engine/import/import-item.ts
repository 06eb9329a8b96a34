/** What a reader of import files hands on: events by their own bytes, and what cannot be one, with the reason. */
import type { LogId } from '../../../shared/domain/ids';

/**
 * `line` counts from 1 in the unpacked text and is where the item starts. `bytes` are the event's own JSON object, cut from its
 * envelope where it had one: a JSON object in UTF-8, without white space around; they may be a view of a larger buffer.
 */
export type ImportItem =
  | { readonly kind: 'event'; readonly line: number; readonly bytes: Uint8Array; readonly envelopeLogId: LogId | null }
  | { readonly kind: 'rejected'; readonly line: number; readonly reason: string };

/**
 * Takes a text piece by piece and gives the items that are complete; `end` gives what the end of the text completes.
 * `line` is the line that the text seen so far ends in, from 1, once the items of the last piece were taken.
 */
export type TextReader = {
  readonly feed: (chunk: Uint8Array) => Iterable<ImportItem>;
  readonly end: () => Iterable<ImportItem>;
  readonly line: number;
};
