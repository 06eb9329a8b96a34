/** What one sync has in hand: the archive, the counts for its receipt, and the progress it tells. */
import type { Gap, Push, RateBudget } from '../../../shared/contract';
import type { EpochMs, LogId } from '../../../shared/domain/ids';
import { ingestedAt } from '../../../shared/domain/ids';
import { formatInstant } from '../../../shared/domain/time';
import type { Ports } from '../ports';
import type { Archive } from '../store/archive';
import type { Batch } from '../store/batch';

type State = Extract<Push, { name: 'sync.progress' }>['value']['state'];

const toldEveryMs = 200;
/** Rates are those of the last seconds, so that a wait shows. */
const rateOverMs = 5_000;
/** Before that, an estimate says more about the start than about the end. */
const etaAfterMs = 3_000;

type Sample = { readonly elapsed: number; readonly read: number; readonly readUpTo: EpochMs | null };

export class SyncRun {
  readonly ports: Ports;
  readonly archive: Archive;
  readonly signal: AbortSignal;
  readonly counts = { read: 0, stored: 0, duplicates: 0, revisions: 0, setAside: 0 };
  readonly gaps: Gap[] = [];
  #forgotten = 0;
  #samples: Sample[] = [];
  #toldAt = -toldEveryMs;
  #readUpTo: EpochMs | null = null;
  #budget: RateBudget | null = null;

  constructor(ports: Ports, archive: Archive, signal: AbortSignal) {
    this.ports = ports;
    this.archive = archive;
    this.signal = signal;
  }

  /** How many events of forgotten users were not stored; they count as set aside. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** Stores a page and its checkpoint; durable when this returns. */
  store(batch: Omit<Batch, 'source'>, count: number): void {
    const appended = this.archive.append({ source: 'api', ...batch });
    this.archive.commit();
    this.counts.read += count;
    this.counts.stored += appended.stored;
    this.counts.duplicates += appended.duplicates;
    this.counts.revisions += appended.revisions;
    this.counts.setAside += appended.setAside;
    this.#forgotten += appended.forgotten;
    if (batch.gap !== null) this.gaps.push(batch.gap);
  }

  reached(logId: LogId | null, budget: RateBudget | null): void {
    this.#readUpTo = (logId === null ? null : ingestedAt(logId)) ?? this.#readUpTo;
    this.#budget = budget;
  }

  /** Tells the host how far the sync is; at most five times a second unless the state changes. */
  tell(state: State): void {
    const elapsed = this.ports.clock.elapsed();
    if (state === 'reading' && elapsed - this.#toldAt < toldEveryMs) return;
    this.#toldAt = elapsed;
    this.#samples = [...this.#samples.filter(sample => elapsed - sample.elapsed <= rateOverMs), { elapsed, read: this.counts.read, readUpTo: this.#readUpTo }];
    const { read, stored, duplicates } = this.counts;
    const readUpTo = this.#readUpTo === null ? null : formatInstant(this.#readUpTo);
    this.ports.push({ name: 'sync.progress', value: { tenant: this.archive.tenant, read, stored, duplicates, ...this.#pace(elapsed), readUpTo, budget: this.#budget, state } });
  }

  /** The log's length is not known, but how fast its own time goes by is. */
  #pace(elapsed: number): { rate: number; etaMs: number | null } {
    const oldest = this.#samples[0];
    const spent = oldest === undefined ? 0 : elapsed - oldest.elapsed;
    if (oldest === undefined || spent <= 0) return { rate: 0, etaMs: null };
    const rate = ((this.counts.read - oldest.read) * 1_000) / spent;
    const advanced = oldest.readUpTo === null || this.#readUpTo === null ? 0 : this.#readUpTo - oldest.readUpTo;
    const left = this.#readUpTo === null ? 0 : Math.max(0, this.ports.clock.now() - this.#readUpTo);
    return { rate, etaMs: advanced > 0 && spent >= etaAfterMs ? Math.round((left * spent) / advanced) : null };
  }
}
