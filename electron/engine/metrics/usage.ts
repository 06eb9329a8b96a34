/** What a tenant uses of its plan in each calendar month, and how the running month will end. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { BucketState } from '../../../shared/views/define-view';
import { bucketsOf } from '../columns/buckets';
import { DistinctIds } from '../columns/groups';
import type { Rows } from '../columns/select-rows';
import { selectRows } from '../columns/select-rows';
import { countByBucket, rowsByBucket, seriesOf } from '../columns/series';
import type { Stretch } from '../columns/coverage';
import type { Scope } from '../queries/define-query';
import type { EarlierStretch, Forecast } from './forecast';
import { forecastEvents, forecastUsers } from './forecast';
import { billedActivityRows, m2mTokenRows, rateLimitRows } from './usage-events';

export type MonthlyAmount = { readonly amount: number; readonly forecast: Forecast | null };
export type MonthOfUsage = {
  readonly start: EpochMs; readonly state: BucketState;
  readonly activeUsers: MonthlyAmount; readonly m2mTokens: MonthlyAmount; readonly rateLimitEvents: MonthlyAmount;
};

const dayMs = 86_400_000;
const referenceDays = 28;
const mostStretches = 8;
/** The last of the stretches that a forecast goes by, which begins after the five weeks a month may have left. */
const longestLookBack = (mostStretches + 5) * 7 * dayMs;

/** Months that touch the asked stretch, oldest first; a forecast in the running one only, and only where all of its past was asked for. */
export async function usageByMonth(scope: Scope): Promise<readonly MonthOfUsage[]> {
  const { buckets, stateOf, asked } = seriesOf(scope, 'month');
  const { columns, dictionaries } = scope.rows;
  const rows = asked === null ? new Uint32Array() : await selectRows(scope, asked);
  const tokens = countByBucket(m2mTokenRows(scope, rows), columns.occurredAt, buckets);
  const limits = countByBucket(rateLimitRows(scope, rows), columns.occurredAt, buckets);
  await scope.pause();
  const active = rowsByBucket(billedActivityRows(scope, rows), columns.occurredAt, buckets);
  const users = new DistinctIds(dictionaries.user.size);
  const months: MonthOfUsage[] = [];
  for (let bucket = 0; bucket < buckets.count; bucket += 1) {
    const month = { from: buckets.startOf(bucket), to: buckets.endOf(bucket) };
    const isForecast = stateOf(bucket) === 'running' && asked !== null && asked.from <= month.from && asked.to > scope.now;
    const forecasts = isForecast ? await forecastsOf(scope, month) : noForecasts;
    const distinct = users.count(active.rows.subarray(active.offsets[bucket], active.offsets[bucket + 1]), columns.ids('user'));
    months.push({
      start: month.from, state: stateOf(bucket),
      activeUsers: { amount: distinct, forecast: forecasts.users },
      m2mTokens: { amount: tokens[bucket] ?? 0, forecast: forecasts.tokens },
      rateLimitEvents: { amount: limits[bucket] ?? 0, forecast: forecasts.limits },
    });
  }
  return months;
}

type Forecasts = { readonly users: Forecast | null; readonly tokens: Forecast | null; readonly limits: Forecast | null };
const noForecasts: Forecasts = { users: null, tokens: null, limits: null };

/** As of the end of what the archive covers, or of now where that is earlier. */
async function forecastsOf(scope: Scope, month: Stretch): Promise<Forecasts> {
  const { whole } = scope.coverage;
  if (whole === null) return noForecasts;
  const at = Math.min(scope.now, whole.to);
  const rows = await selectRows(scope, { from: month.from - longestLookBack, to: at });
  await scope.pause();
  return {
    users: forecastUsers(...usersSoFar(scope, billedActivityRows(scope, rows), month, at)),
    tokens: eventsForecast(scope, m2mTokenRows(scope, rows), month, at),
    limits: eventsForecast(scope, rateLimitRows(scope, rows), month, at),
  };
}

const isCovered = (scope: Scope, { from, to }: Stretch): boolean => {
  const { whole, gaps } = scope.coverage;
  return whole !== null && whole.from <= from && to <= whole.to && !gaps.some(gap => gap.from < to && gap.to > from);
};

function eventsForecast(scope: Scope, rows: Rows, month: Stretch, at: EpochMs): Forecast | null {
  const days = bucketsOf(at - (referenceDays + 1) * dayMs, month.to, 'day', scope.params.filter.timeZone);
  const today = days.indexOf(at - 1);
  const first = today - referenceDays;
  if (first < 0 || !isCovered(scope, { from: days.startOf(first), to: at })) return null;
  const counts = countByBucket(rows, scope.rows.columns.occurredAt, days);
  const soFar = rowsBetween(rows, scope.rows.columns.occurredAt, { from: month.from, to: at }).length;
  return forecastEvents({ daily: [...counts.subarray(first, today)], soFar, today: counts[today] ?? 0, remaining: days.count - today });
}

function rowsBetween(rows: Rows, occurredAt: Float64Array, { from, to }: Stretch): Rows {
  const kept = new Uint32Array(rows.length);
  let count = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const at = occurredAt[row] ?? 0;
    kept[count] = row;
    count += at >= from && at < to ? 1 : 0;
  }
  return kept.subarray(0, count);
}

function usersSoFar(scope: Scope, rows: Rows, month: Stretch, at: EpochMs): [number, readonly EarlierStretch[]] {
  const { columns, dictionaries } = scope.rows;
  const users = columns.ids('user');
  const distinct = new DistinctIds(dictionaries.user.size);
  const countIn = (stretch: Stretch): number => distinct.count(rowsBetween(rows, columns.occurredAt, stretch), users);
  const earlier: EarlierStretch[] = [];
  // The first shift that lies wholly in the past.
  for (let weeks = Math.ceil((month.to - at) / (7 * dayMs)); earlier.length < mostStretches; weeks += 1) {
    const shift = weeks * 7 * dayMs;
    const stretch = { from: month.from - shift, to: month.to - shift };
    if (!isCovered(scope, stretch)) break;
    earlier.push({ soFar: countIn({ from: stretch.from, to: at - shift }), whole: countIn(stretch) });
  }
  return [countIn({ from: month.from, to: at }), earlier];
}
