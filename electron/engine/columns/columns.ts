/** The columns of a tenant's log events: one typed array a field, filled as the rows are, which every aggregate scans. */
import type { EpochMs } from '../../../shared/domain/ids';
import { BlockFilter, rowsPerBlock } from './block-filter';
import type { BlockSpan, RowBounds } from './block-spans';
import { BlockSpans, placeOf } from './block-spans';
import type { IdValues } from './id-column';
import { IdColumn } from './id-column';

/** The encoded fields, in the order in which the dictionaries give them; 0 means none. */
export const idColumnNames = [
  'type', 'user', 'userName', 'connection', 'strategy', 'organization', 'application', 'address', 'userAgent', 'hostname', 'description', 'country', 'audience', 'error',
] as const;
export type IdColumnName = (typeof idColumnNames)[number];

/** One value a row in each array. */
export type SavedColumns = { readonly seq: Float64Array; readonly occurredAt: Float64Array; readonly ids: Readonly<Record<IdColumnName, IdValues>> };

const firstCapacity = 1_024;

/** Of columns with more values than rows in a block; the others have few enough for a bit each. */
const wideColumns: readonly IdColumnName[] = ['user', 'userName', 'address'];
const wideBits = 32_768;
const narrowBits = 2_048;

/** Rows are counted from 0 in the order in which they were stored: that of the journal, not of time. */
export class Columns {
  readonly #ids: Readonly<Record<IdColumnName, IdColumn>>;
  #seq: Float64Array = new Float64Array(firstCapacity);
  #occurredAt: Float64Array = new Float64Array(firstCapacity);
  #length = 0;
  #spans = new BlockSpans();
  readonly #filters = new Map<IdColumnName, BlockFilter>();

  constructor() {
    this.#ids = Object.fromEntries(idColumnNames.map(name => [name, new IdColumn(firstCapacity)])) as Record<IdColumnName, IdColumn>;
  }

  /** How many rows there are. */
  get length(): number {
    return this.#length;
  }

  /** Place in journal order; negative where a second body stands in for a lost first one. */
  get seq(): Float64Array {
    return this.#seq.subarray(0, this.#length);
  }

  /** The events' own dates, epoch milliseconds. */
  get occurredAt(): Float64Array {
    return this.#occurredAt.subarray(0, this.#length);
  }

  /** How many blocks of `rowsPerBlock` rows there are, the last of them with fewer. */
  get blockCount(): number {
    return this.#spans.count;
  }

  spanOf(block: number): BlockSpan {
    return this.#spans.of(block);
  }

  /** Whether a block may hold a row with one of some ids; null where too many are asked for. */
  blocksHolding(name: IdColumnName, ids: readonly number[]): ((block: number) => boolean) | null {
    const filter = this.#filters.get(name) ?? new BlockFilter(wideColumns.includes(name) ? wideBits : narrowBits);
    this.#filters.set(name, filter);
    filter.continueTo(this.ids(name), this.#length);
    return filter.mayHold(ids);
  }

  /** Earliest and latest instant of the rows within some bounds; null when there is none. */
  timeRange(bounds: Partial<RowBounds> = {}): { readonly first: EpochMs; readonly last: EpochMs } | null {
    const asked: RowBounds = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, asOf: Number.POSITIVE_INFINITY, ...bounds };
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    for (let block = 0; block < this.blockCount; block += 1) {
      const span = this.spanOf(block);
      const place = placeOf(span, asked);
      if (place === 'outside') continue;
      const { earliest, latest } = place === 'within' ? span : this.#narrowed(block, asked);
      first = Math.min(first, earliest);
      last = Math.max(last, latest);
    }
    return first > last ? null : { first, last };
  }

  /** The instants between which the rows of a block lie that are within bounds. */
  #narrowed(block: number, { from, to, asOf }: RowBounds): { readonly earliest: EpochMs; readonly latest: EpochMs } {
    let earliest = Number.POSITIVE_INFINITY;
    let latest = Number.NEGATIVE_INFINITY;
    const end = Math.min(this.#length, (block + 1) * rowsPerBlock);
    for (let row = block * rowsPerBlock; row < end; row += 1) {
      const at = this.#occurredAt[row] ?? 0;
      if (at < from || at >= to || (this.#seq[row] ?? 0) > asOf) continue;
      earliest = Math.min(earliest, at);
      latest = Math.max(latest, at);
    }
    return { earliest, latest };
  }

  ids(name: IdColumnName): IdValues {
    return this.#ids[name].values;
  }

  /** `ids` in the order of `idColumnNames`. */
  push(seq: number, occurredAt: EpochMs, ids: readonly number[]): void {
    if (this.#length === this.#seq.length) this.#reserve(Math.ceil(this.#length * 1.5));
    this.#spans.note(this.#length, occurredAt, seq);
    this.#seq[this.#length] = seq;
    this.#occurredAt[this.#length] = occurredAt;
    for (let index = 0; index < idColumnNames.length; index += 1) this.#ids[idColumnNames[index] ?? 'type'].push(ids[index] ?? 0);
    this.#length += 1;
  }

  #reserve(capacity: number): void {
    const seq = new Float64Array(capacity);
    seq.set(this.#seq);
    this.#seq = seq;
    const occurredAt = new Float64Array(capacity);
    occurredAt.set(this.#occurredAt);
    this.#occurredAt = occurredAt;
    for (const name of idColumnNames) this.#ids[name].reserve(capacity);
  }

  /** The rows there are now. They are never changed, so that this needs no copy; what comes later is not part of it. */
  save(): SavedColumns {
    const ids = Object.fromEntries(idColumnNames.map(name => [name, this.ids(name).subarray(0, this.#length)])) as Record<IdColumnName, IdValues>;
    return { seq: this.seq, occurredAt: this.occurredAt, ids };
  }

  /** Takes the place of all rows, as a snapshot kept them. */
  load({ seq, occurredAt, ids }: SavedColumns): void {
    this.#seq = seq;
    this.#occurredAt = occurredAt;
    this.#length = seq.length;
    this.#spans = new BlockSpans();
    this.#filters.clear();
    for (let row = 0; row < seq.length; row += 1) this.#spans.note(row, occurredAt[row] ?? 0, seq[row] ?? 0);
    for (const name of idColumnNames) this.#ids[name].load(ids[name]);
  }
}
