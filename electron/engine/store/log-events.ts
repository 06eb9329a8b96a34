/** The rows of a tenant's log events in SQL: all writes, and the look-ups that are not a view. */
import type { Database, SqlJsStatic, Statement } from 'sql.js';
import type { EpochMs, LogId } from '../../../shared/domain/ids';
import type { LogEvent } from '../../../shared/domain/log-event';
import type { SavedColumns } from '../columns/columns';
import { Columns } from '../columns/columns';
import type { CountryOf, SavedDictionaries } from './dictionaries';
import { Dictionaries } from './dictionaries';
import { packLogId, unpackedLogId } from './pack-log-id';
import { pragmas, tables } from './schema';
import type { Sql, SqlValue } from './sql';

/** Where an event's bytes lie in the journal. */
export type EventPlace = { readonly frame: number; readonly slot: number };

/** What of a row is not in the columns. */
export type RestOfRow = { readonly seq: number; readonly logId: LogId; readonly revisions: number };

/** What is kept of all rows beside the rows themselves. */
type Tally = { readonly count: number; readonly lastSeq: number; readonly revisions: number; readonly hasOddLogIds: boolean; readonly largestLogId: LogId };
/** All of it, as a snapshot keeps it; `image` is SQLite's own file. */
export type SavedLogEvents = { readonly image: Uint8Array; readonly tally: Tally; readonly dictionaries: SavedDictionaries; readonly columns: SavedColumns };

const columnCount = 19;
/** Statements that are kept; the one that was not used for longest goes first. */
const statementLimit = 100;
/** So many are read in less than a twentieth of a second. */
const logIdsPerSlice = 5_000;
/** How an id of 56 digits begins: the environment it comes from. */
const environmentDigits = 3;

/** Rows of an archive that was rewritten stay for who still reads them; sql.js keeps a database until it is closed, so that happens when nobody holds them any more. */
const abandoned = new FinalizationRegistry<Database>(db => { db.close(); });

export class LogEvents {
  readonly dictionaries: Dictionaries;
  readonly columns = new Columns();
  readonly #db: Database;
  readonly #insertRow: Statement;
  readonly #insertRevision: Statement;
  readonly #countRevision: Statement;
  readonly #findSeq: Statement;
  readonly #readRest: Statement;
  readonly #prepared = new Map<string, Statement>();
  #count = 0;
  #lastSeq = 0;
  #revisions = 0;
  #hasOddLogIds = false;
  /** Of those of 56 digits, which sort as text. */
  #largestLogId: LogId = '';

  constructor(sqlJs: SqlJsStatic, countryOf: CountryOf, saved: SavedLogEvents | null = null) {
    this.#db = saved === null ? new sqlJs.Database() : new sqlJs.Database(saved.image);
    abandoned.register(this, this.#db, this);
    this.#db.run(pragmas);
    if (saved === null) this.#db.run(tables);
    this.dictionaries = new Dictionaries(this.#db, countryOf);
    this.#insertRow = this.#db.prepare(`INSERT OR IGNORE INTO log_event VALUES (${Array.from({ length: columnCount }, () => '?').join(', ')}, 0)`);
    this.#insertRevision = this.#db.prepare('INSERT INTO revision VALUES (?, ?, ?)');
    this.#countRevision = this.#db.prepare('UPDATE log_event SET revisions = revisions + 1 WHERE seq = ?');
    this.#findSeq = this.#db.prepare('SELECT seq FROM log_event WHERE log_id = ?');
    this.#readRest = this.#db.prepare(`SELECT seq, ${unpackedLogId}, revisions FROM log_event WHERE seq BETWEEN ? AND ?`);
    if (saved !== null) this.#load(saved);
  }

  #load({ tally, dictionaries, columns }: SavedLogEvents): void {
    this.dictionaries.load(dictionaries);
    this.columns.load(columns);
    this.#count = tally.count;
    this.#lastSeq = tally.lastSeq;
    this.#revisions = tally.revisions;
    this.#hasOddLogIds = tally.hasOddLogIds;
    this.#largestLogId = tally.largestLogId;
  }

  /** All rows as of now; the image is a copy. @throws Error when there is no memory for it */
  save(): SavedLogEvents {
    const tally = { count: this.#count, lastSeq: this.#lastSeq, revisions: this.#revisions, hasOddLogIds: this.#hasOddLogIds, largestLogId: this.#largestLogId };
    return { image: this.#db.export(), tally, dictionaries: this.dictionaries.save(), columns: this.columns.save() };
  }

  /** How many distinct log events are stored. */
  get count(): number {
    return this.#count;
  }

  /** The highest `seq`, counted from 1; 0 while there is none. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  get revisions(): number {
    return this.#revisions;
  }

  /** Whether a log id is stored that is not 56 digits. */
  get hasOddLogIds(): boolean {
    return this.#hasOddLogIds;
  }

  /** Runs several writes as one. */
  transaction(work: () => void): void {
    this.#db.run('BEGIN');
    try {
      work();
      this.#db.run('COMMIT');
    } catch (error) {
      this.#db.run('ROLLBACK');
      throw error;
    }
  }

  seqOf(logId: LogId): number | null {
    const packed = packLogId(logId);
    // Most ids that are asked for are new, and larger than all.
    if (typeof packed !== 'string' && logId > this.#largestLogId) return null;
    try {
      return this.#findSeq.bind([packed]) && this.#findSeq.step() ? Number(this.#findSeq.get()[0]) : null;
    } finally {
      this.#findSeq.reset();
    }
  }

  /** False when the log id is stored already; then nothing is written. */
  insert(seq: number, event: LogEvent, place: EventPlace): boolean {
    const logId = packLogId(event.logId);
    const ids = this.dictionaries.encode(event);
    this.#insertRow.run([seq, logId, event.occurredAt, ...ids, place.frame, place.slot]);
    if (this.#db.getRowsModified() === 0) return false;
    this.columns.push(seq, event.occurredAt, ids);
    this.#count += 1;
    this.#hasOddLogIds ||= typeof logId === 'string';
    if (typeof logId !== 'string' && event.logId > this.#largestLogId) this.#largestLogId = event.logId;
    this.#lastSeq = Math.max(this.#lastSeq, seq);
    return true;
  }

  /** Another body of a stored log id; where damage took the first body, this one stands in for it, below all others. */
  insertRevision(event: LogEvent, place: EventPlace): void {
    const seq = this.seqOf(event.logId);
    if (seq === null) {
      this.insert(-(place.frame * 65_536 + place.slot) - 1, event, place);
      return;
    }
    this.#insertRevision.run([event.logId, place.frame, place.slot]);
    this.#countRevision.run([seq]);
    this.#revisions += 1;
  }

  /** What of rows is not in the columns, in the order of the `seq` they are asked by; those that there are. */
  restOf(seqs: readonly number[]): readonly RestOfRow[] {
    const [first, last] = [Math.min(...seqs), Math.max(...seqs)];
    if (seqs.length < 2 || last - first >= 2 * seqs.length) return seqs.flatMap(seq => this.#restsBetween(seq, seq));
    // Rows that lie together are read in one go, in half the time.
    const found = new Map(this.#restsBetween(first, last).map(rest => [rest.seq, rest]));
    return seqs.map(seq => found.get(seq)).filter(rest => rest !== undefined);
  }

  #restsBetween(first: number, last: number): readonly RestOfRow[] {
    const rests: RestOfRow[] = [];
    try {
      this.#readRest.bind([first, last]);
      while (this.#readRest.step()) {
        const [seq, logId, revisions] = this.#readRest.get();
        rests.push({ seq: Number(seq), logId: String(logId), revisions: Number(revisions) });
      }
      return rests;
    } finally {
      this.#readRest.reset();
    }
  }

  /** The place of an event, and of its other versions behind it; empty when it is not stored. */
  placesOf(logId: LogId): readonly EventPlace[] {
    const seq = this.seqOf(logId);
    if (seq === null) return [];
    return [
      ...this.all({ text: 'SELECT frame, slot FROM log_event WHERE seq = ?', values: [seq] }),
      ...this.all({ text: 'SELECT frame, slot FROM revision WHERE log_id = ? ORDER BY rowid', values: [logId] }),
    ].map(([frame, slot]) => ({ frame: Number(frame), slot: Number(slot) }));
  }

  /** Places of the next events in journal order. */
  placesAfter(seq: number, count: number): readonly (EventPlace & { readonly seq: number })[] {
    return this.all({ text: 'SELECT seq, frame, slot FROM log_event WHERE seq > ? ORDER BY seq LIMIT ?', values: [seq, count] })
      .map(([found, frame, slot]) => ({ seq: Number(found), frame: Number(frame), slot: Number(slot) }));
  }

  /** When the last event that lies before a frame occurred; null when none does. Walks the rows, so for damage only. */
  instantBeforeFrame(frame: number): EpochMs | null {
    return this.#oneInstant({ text: 'SELECT occurred_at FROM log_event WHERE seq > 0 AND frame < ? ORDER BY seq DESC LIMIT 1', values: [frame] });
  }

  /** When the first event in a frame or behind it occurred. */
  instantFromFrame(frame: number): EpochMs | null {
    return this.#oneInstant({ text: 'SELECT occurred_at FROM log_event WHERE seq > 0 AND frame >= ? ORDER BY seq LIMIT 1', values: [frame] });
  }

  /** The log id of the last event that lies before a frame. */
  logIdBeforeFrame(frame: number): LogId | null {
    const [row] = this.all({ text: `SELECT ${unpackedLogId} FROM log_event WHERE seq > 0 AND frame < ? ORDER BY seq DESC LIMIT 1`, values: [frame] });
    return row === undefined ? null : String(row[0]);
  }

  #oneInstant(query: Sql): EpochMs | null {
    const [row] = this.all(query);
    return row === undefined ? null : Number(row[0]);
  }

  /** Rows of a query, cells in the order of its columns. */
  all(query: Sql): (readonly SqlValue[])[] {
    const rows: (readonly SqlValue[])[] = [];
    this.each(query, row => { rows.push(row); });
    return rows;
  }

  /** Calls back for each row of a query; statements are kept, as the same few are asked again and again. */
  each(query: Sql, visit: (row: readonly SqlValue[]) => void): void {
    const statement = this.#prepared.get(query.text) ?? this.#db.prepare(query.text);
    this.#remember(query.text, statement);
    try {
      statement.bind(query.values.length === 0 ? null : [...query.values]);
      while (statement.step()) visit(statement.get() as SqlValue[]);
    } finally {
      statement.reset();
    }
  }

  #remember(text: string, statement: Statement): void {
    if (this.#prepared.has(text) && this.#prepared.size < statementLimit) return;
    this.#prepared.delete(text);
    this.#prepared.set(text, statement);
    if (this.#prepared.size <= statementLimit) return;
    const [oldest] = this.#prepared.entries();
    if (oldest === undefined) return;
    oldest[1].free();
    this.#prepared.delete(oldest[0]);
  }

  /** The largest stored log id below a position of the log and of the same environment (its first digits), or null. */
  logIdBefore(position: LogId): LogId | null {
    return this.#oneLogId('log_id < ? ORDER BY log_id DESC', position);
  }

  /** The smallest stored log id of the same environment, up to another one. */
  oldestLogId(like: LogId): LogId | null {
    return this.#oneLogId('log_id <= ? ORDER BY log_id', like);
  }

  #oneLogId(condition: string, operand: LogId): LogId | null {
    const packed = packLogId(operand);
    const lowest = typeof packed === 'string' ? '' : packLogId(operand.slice(0, environmentDigits).padEnd(operand.length, '0'));
    const query = `SELECT ${unpackedLogId} FROM log_event WHERE typeof(log_id) = '${typeof packed === 'string' ? 'text' : 'blob'}' AND log_id >= ? AND ${condition} LIMIT 1`;
    const [row] = this.all({ text: query, values: [lowest, packed] });
    return row === undefined ? null : String(row[0]);
  }

  /**
   * Every stored log id with its `seq`, sorted as ASCII, in slices between which the rows may be written to. Those of digits lie
   * sorted in the index; the odd ones are few, and sorted in between.
   */
  *sortedLogIds(): Generator<readonly (readonly [logId: LogId, seq: number])[]> {
    const odd = this.all({ text: `SELECT log_id, seq FROM log_event WHERE log_id < x'' ORDER BY log_id`, values: [] }).map(([logId, seq]) => [String(logId), Number(seq)] as const);
    for (let after: SqlValue = new Uint8Array(0), next = 0; ;) {
      const found = this.all({ text: 'SELECT hex(log_id), seq, log_id FROM log_event WHERE log_id > ? ORDER BY log_id LIMIT ?', values: [after, logIdsPerSlice] });
      const last = found.at(-1);
      const slice: (readonly [LogId, number])[] = [];
      for (const [cell, seq] of found) {
        const logId = String(cell);
        for (; next < odd.length && (odd[next]?.[0] ?? '') < logId; next += 1) slice.push(...odd.slice(next, next + 1));
        slice.push([logId, Number(seq)]);
      }
      if (last === undefined) {
        yield odd.slice(next);
        return;
      }
      yield slice;
      after = last[2] ?? null;
    }
  }

  /** How many stored log ids stand at or behind a position of the log. */
  countFrom(position: LogId): number {
    return this.#countWhere('log_id >= ?', [packLogId(position)]);
  }

  /** How many events lie in a frame or behind it; `upTo`: only those whose log id stands at or before it. Walks the rows, so for damage only. */
  countFromFrame(frame: number, upTo: LogId | null): number {
    return upTo === null ? this.#countWhere('frame >= ?', [frame]) : this.#countWhere('frame >= ? AND log_id <= ?', [frame, packLogId(upTo)]);
  }

  #countWhere(condition: string, values: readonly SqlValue[]): number {
    return Number(this.all({ text: `SELECT COUNT(*) FROM log_event WHERE ${condition}`, values })[0]?.[0] ?? 0);
  }

  close(): void {
    abandoned.unregister(this);
    this.#db.close();
  }
}
