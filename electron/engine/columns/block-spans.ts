/** Remembers of each block of rows between which instants it lies, and how late its last row arrived. */
import type { EpochMs } from '../../../shared/domain/ids';
import { rowsPerBlock } from './block-filter';

/** Of one block: its earliest and latest instant, both included, and its highest `seq`. */
export type BlockSpan = { readonly earliest: EpochMs; readonly latest: EpochMs; readonly highestSeq: number };

/** Bounds of a question: instants from `from` on and before `to`, of rows up to a `seq`; infinite where there is none. */
export type RowBounds = { readonly from: EpochMs; readonly to: EpochMs; readonly asOf: number };

const nothing: BlockSpan = { earliest: Number.POSITIVE_INFINITY, latest: Number.NEGATIVE_INFINITY, highestSeq: Number.NEGATIVE_INFINITY };

/** Where a block lies to a question: all of its rows are within its bounds, none is, or each must be looked at. */
export type BlockPlace = 'within' | 'outside' | 'across';

export function placeOf({ earliest, latest, highestSeq }: BlockSpan, { from, to, asOf }: RowBounds): BlockPlace {
  if (latest < from || earliest >= to) return 'outside';
  return earliest >= from && latest < to && highestSeq <= asOf ? 'within' : 'across';
}

export class BlockSpans {
  readonly #earliest: number[] = [];
  readonly #latest: number[] = [];
  readonly #highestSeq: number[] = [];

  /** One more row, at the end. */
  note(row: number, at: EpochMs, seq: number): void {
    const block = Math.floor(row / rowsPerBlock);
    if (block === this.#earliest.length) {
      this.#earliest.push(at);
      this.#latest.push(at);
      this.#highestSeq.push(seq);
      return;
    }
    if (at < (this.#earliest[block] ?? 0)) this.#earliest[block] = at;
    if (at > (this.#latest[block] ?? 0)) this.#latest[block] = at;
    if (seq > (this.#highestSeq[block] ?? 0)) this.#highestSeq[block] = seq;
  }

  get count(): number {
    return this.#earliest.length;
  }

  of(block: number): BlockSpan {
    const [earliest, latest, highestSeq] = [this.#earliest[block], this.#latest[block], this.#highestSeq[block]];
    return earliest === undefined || latest === undefined || highestSeq === undefined ? nothing : { earliest, latest, highestSeq };
  }
}
