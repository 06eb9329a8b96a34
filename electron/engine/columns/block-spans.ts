/** Remembers of each block of rows between which instants it lies, and between which places in the order of arrival. */
import type { EpochMs } from '../../../shared/domain/ids';
import { rowsPerBlock } from './block-filter';

/** Of one block: its earliest and latest instant and its lowest and highest `seq`, all included. */
export type BlockSpan = { readonly earliest: EpochMs; readonly latest: EpochMs; readonly lowestSeq: number; readonly highestSeq: number };

/** Bounds of a question: instants from `from` on and before `to`, of rows up to a `seq`; infinite where there is none. */
export type RowBounds = { readonly from: EpochMs; readonly to: EpochMs; readonly asOf: number };

const nothing: BlockSpan = { earliest: Number.POSITIVE_INFINITY, latest: Number.NEGATIVE_INFINITY, lowestSeq: Number.POSITIVE_INFINITY, highestSeq: Number.NEGATIVE_INFINITY };

/** Where a block lies to a question: all of its rows are within its bounds, none is, or each must be looked at. */
export type BlockPlace = 'within' | 'outside' | 'across';

export function placeOf({ earliest, latest, highestSeq }: BlockSpan, { from, to, asOf }: RowBounds): BlockPlace {
  if (latest < from || earliest >= to) return 'outside';
  return earliest >= from && latest < to && highestSeq <= asOf ? 'within' : 'across';
}

export class BlockSpans {
  readonly #earliest: number[] = [];
  readonly #latest: number[] = [];
  readonly #lowestSeq: number[] = [];
  readonly #highestSeq: number[] = [];

  /** One more row, at the end. */
  note(row: number, at: EpochMs, seq: number): void {
    const block = Math.floor(row / rowsPerBlock);
    if (block === this.#earliest.length) {
      for (const [bounds, value] of [[this.#earliest, at], [this.#latest, at], [this.#lowestSeq, seq], [this.#highestSeq, seq]] as const) bounds.push(value);
      return;
    }
    if (at < (this.#earliest[block] ?? 0)) this.#earliest[block] = at;
    if (at > (this.#latest[block] ?? 0)) this.#latest[block] = at;
    if (seq < (this.#lowestSeq[block] ?? 0)) this.#lowestSeq[block] = seq;
    if (seq > (this.#highestSeq[block] ?? 0)) this.#highestSeq[block] = seq;
  }

  get count(): number {
    return this.#earliest.length;
  }

  of(block: number): BlockSpan {
    if (block >= this.#earliest.length) return nothing;
    return { earliest: this.#earliest[block] ?? 0, latest: this.#latest[block] ?? 0, lowestSeq: this.#lowestSeq[block] ?? 0, highestSeq: this.#highestSeq[block] ?? 0 };
  }
}
