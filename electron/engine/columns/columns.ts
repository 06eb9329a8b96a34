/** The columns of a tenant's log events: one typed array a field, filled as the rows are, which every aggregate scans. */
import type { EpochMs } from '../../../shared/domain/ids';
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

/** Rows of which the earliest and the latest instant are remembered together. */
export const rowsPerBlock = 4_096;

/** Rows are counted from 0 in the order in which they were stored: that of the journal, not of time. */
export class Columns {
  readonly #ids: Readonly<Record<IdColumnName, IdColumn>>;
  #seq: Float64Array = new Float64Array(firstCapacity);
  #occurredAt: Float64Array = new Float64Array(firstCapacity);
  #length = 0;
  readonly #earliest: number[] = [];
  readonly #latest: number[] = [];

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

  /** The earliest and the latest instant of the rows from `block * rowsPerBlock` on, as many as a block has. */
  spanOf(block: number): { readonly earliest: EpochMs; readonly latest: EpochMs } {
    return { earliest: this.#earliest[block] ?? Number.POSITIVE_INFINITY, latest: this.#latest[block] ?? Number.NEGATIVE_INFINITY };
  }

  ids(name: IdColumnName): IdValues {
    return this.#ids[name].values;
  }

  /** `ids` in the order of `idColumnNames`. */
  push(seq: number, occurredAt: EpochMs, ids: readonly number[]): void {
    if (this.#length === this.#seq.length) this.#reserve(Math.ceil(this.#length * 1.5));
    this.#note(this.#length, occurredAt);
    this.#seq[this.#length] = seq;
    this.#occurredAt[this.#length] = occurredAt;
    for (let index = 0; index < idColumnNames.length; index += 1) this.#ids[idColumnNames[index] ?? 'type'].push(ids[index] ?? 0);
    this.#length += 1;
  }

  #note(row: number, at: EpochMs): void {
    const block = Math.floor(row / rowsPerBlock);
    if (at < (this.#earliest[block] ?? Number.POSITIVE_INFINITY)) this.#earliest[block] = at;
    if (at > (this.#latest[block] ?? Number.NEGATIVE_INFINITY)) this.#latest[block] = at;
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
    this.#earliest.length = 0;
    this.#latest.length = 0;
    for (let row = 0; row < seq.length; row += 1) this.#note(row, occurredAt[row] ?? 0);
    for (const name of idColumnNames) this.#ids[name].load(ids[name]);
  }
}
