/** Follows users from one period to the next: who is new, stays, comes back, leaves. */
import type { EpochMs } from '../../../shared/domain/ids';
import { createZoneWithin } from '../../../shared/domain/time';
import type { BucketState } from '../../../shared/views/define-view';
import type { Grain } from '../columns/buckets';
import { bucketsOf, bucketStart } from '../columns/buckets';
import { splitAt } from '../columns/by-group';
import { statesWithin } from '../columns/coverage';
import type { IdValues } from '../columns/id-column';
import { selectRows } from '../columns/select-rows';
import type { Rows } from '../columns/select-rows';
import type { BucketedRows, Series } from '../columns/series';
import { knownStretch, rowsByBucket, seriesOf } from '../columns/series';
import type { Scope } from '../queries/define-query';
import { isActivity } from './event-kinds';
import { isLeftCensored } from './left-censoring';
import { rowsOfKind } from './series-scan';

export type GrowthPeriod = {
  readonly periodStart: EpochMs; readonly active: number; readonly new: number; readonly retained: number; readonly resurrected: number; readonly churned: number;
  /** Sum over the users of the days on which each was active. */
  readonly activeDays: number;
  /** Active days over days times active users, of the days that the question and the archive cover; null where there are none. */
  readonly stickiness: number | null;
  readonly leftCensored: boolean;
  readonly state: BucketState;
};

/** The period a user was last active in, by number; those before period 0 by these. */
const never = -3;
const longAgo = -2;
const justBefore = -1;

const marginMs = 32 * 86_400_000;
const nothing: Rows = new Uint32Array();

/** Rows in the days that the periods and the one before them consist of, each day with the number of its period. */
type Calendar = Pick<Series, 'buckets'> & { readonly from: EpochMs; readonly days: BucketedRows; readonly dayCount: number; readonly periodOf: Int32Array; readonly coveredDays: Uint32Array; readonly earlier: Rows };

/** One period after the other, oldest first. @throws Failure view.param-invalid, operation.cancelled */
export async function growthOf(scope: Scope, grain: Grain): Promise<readonly GrowthPeriod[]> {
  const series = seriesOf(scope, grain);
  if (series.asked === null || series.buckets.count === 0) return [];
  const rows = await selectRows(scope, { from: knownStretch(scope, series.asked).from, to: series.asked.to });
  const active = rowsOfKind(scope, rows, isActivity);
  await scope.pause();
  const calendar = calendarOf(scope, active, { ...series, asked: series.asked });
  await scope.pause();
  const follower = new Follower(scope, calendar);
  const periods: GrowthPeriod[] = [];
  for (let period = 0; period < series.buckets.count; period += 1) {
    const counts = follower.next(period);
    const days = (calendar.coveredDays[period] ?? 0) * counts.active;
    const periodStart = series.buckets.startOf(period);
    periods.push({
      periodStart, ...counts,
      // Days that an import filled after the archive had missed them are active and not covered.
      stickiness: days === 0 ? null : Math.min(1, counts.activeDays / days),
      leftCensored: isLeftCensored(periodStart, grain, scope.coverage), state: series.stateOf(period),
    });
    await scope.pause();
  }
  return periods;
}

/** Weeks and months consist of days, so that one sorting by day serves both. */
function calendarOf(scope: Scope, active: Rows, { buckets, grain, asked }: Series & { readonly asked: { readonly from: EpochMs; readonly to: EpochMs } }): Calendar {
  const { timeZone } = scope.params.filter;
  const { occurredAt } = scope.rows.columns;
  const first = buckets.startOf(0);
  const zone = createZoneWithin(timeZone, first - 2 * marginMs, first + marginMs);
  const before = bucketStart(first - 1, grain, zone);
  const days = bucketsOf(before, buckets.endOf(buckets.count - 1), 'day', timeZone);
  const periodOf = Int32Array.from({ length: days.count }, (_none, day) => buckets.indexOf(days.startOf(day)));
  const coveredDays = new Uint32Array(buckets.count);
  const stateOf = statesWithin(scope.coverage, asked, scope.now);
  periodOf.forEach((period, day) => {
    const stretch = { from: days.startOf(day), to: days.endOf(day) };
    const isAsked = period >= 0 && stretch.to > asked.from && stretch.from < Math.min(asked.to, scope.now + 1);
    if (isAsked && stateOf(stretch) !== 'uncovered') coveredDays[period] = (coveredDays[period] ?? 0) + 1;
  });
  return { buckets, from: asked.from, days: rowsByBucket(active, occurredAt, days), dayCount: days.count, periodOf, coveredDays, earlier: splitAt(active, occurredAt, before)[0] };
}

type Counts = Pick<GrowthPeriod, 'active' | 'new' | 'retained' | 'resurrected' | 'churned' | 'activeDays'>;

/** Remembers of each user when it was last active, and goes through the periods in their order. */
class Follower {
  readonly #calendar: Calendar;
  readonly #users: IdValues;
  readonly #occurredAt: Float64Array;
  readonly #lastPeriod: Int32Array;
  /** The last day on which a user was active, counted from 1. */
  readonly #lastDay: Uint32Array;
  #day = 0;
  #activeBefore = 0;

  constructor(scope: Scope, calendar: Calendar) {
    const { columns, dictionaries } = scope.rows;
    this.#calendar = calendar;
    this.#users = columns.ids('user');
    this.#occurredAt = columns.occurredAt;
    this.#lastPeriod = new Int32Array(dictionaries.user.size).fill(never);
    this.#lastDay = new Uint32Array(dictionaries.user.size);
    this.#markSeen(calendar.earlier);
    while (this.#day < calendar.dayCount && calendar.periodOf[this.#day] === -1) {
      this.#activeBefore += this.#markActive(this.#rowsOf(this.#day));
      this.#day += 1;
    }
  }

  /** Periods must be asked for in their order, from 0. */
  next(period: number): Counts {
    const counts = { active: 0, new: 0, retained: 0, resurrected: 0, churned: 0, activeDays: 0 };
    const tooEarly: Rows[] = [];
    for (; this.#day < this.#calendar.dayCount && this.#calendar.periodOf[this.#day] === period; this.#day += 1) {
      const rows = this.#rowsOf(this.#day);
      const [unasked, asked] = period > 0 ? [nothing, rows] : splitAt(rows, this.#occurredAt, this.#calendar.from);
      tooEarly.push(unasked);
      this.#countDay(asked, period, counts);
    }
    for (const rows of tooEarly) this.#markSeen(rows);
    counts.active = counts.new + counts.retained + counts.resurrected;
    counts.churned = this.#activeBefore - counts.retained;
    this.#activeBefore = counts.active;
    return counts;
  }

  #rowsOf(day: number): Rows {
    const { rows, offsets } = this.#calendar.days;
    return rows.subarray(offsets[day] ?? 0, offsets[day + 1] ?? 0);
  }

  #countDay(rows: Rows, period: number, counts: { new: number; retained: number; resurrected: number; activeDays: number }): void {
    const stamp = this.#day + 1;
    const [users, lastDay, lastPeriod] = [this.#users, this.#lastDay, this.#lastPeriod];
    // Nobody has the id 0.
    lastDay[0] = stamp;
    for (let index = 0; index < rows.length; index += 1) {
      const user = users[rows[index] ?? 0] ?? 0;
      if (lastDay[user] === stamp) continue;
      lastDay[user] = stamp;
      counts.activeDays += 1;
      const last = lastPeriod[user] ?? never;
      if (last === period) continue;
      lastPeriod[user] = period;
      if (last === never) counts.new += 1;
      else if (last === period - 1) counts.retained += 1;
      else counts.resurrected += 1;
    }
  }

  /** Activity that only shows that a user is not new: long ago, or in period 0 before the question's start. */
  #markSeen(rows: Rows): void {
    const [users, lastPeriod] = [this.#users, this.#lastPeriod];
    for (let index = 0; index < rows.length; index += 1) {
      const user = users[rows[index] ?? 0] ?? 0;
      if (lastPeriod[user] === never) lastPeriod[user] = longAgo;
    }
  }

  /** How many users of the period before period 0 are met for the first time. */
  #markActive(rows: Rows): number {
    let count = 0;
    const [users, lastPeriod] = [this.#users, this.#lastPeriod];
    for (let index = 0; index < rows.length; index += 1) {
      const user = users[rows[index] ?? 0] ?? 0;
      if (user === 0 || lastPeriod[user] === justBefore) continue;
      lastPeriod[user] = justBefore;
      count += 1;
    }
    return count;
  }
}
