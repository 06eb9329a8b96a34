/** What a tenant uses of its plan in each calendar month, and how the running month will end. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { BucketState } from '../../../shared/views/define-view';
import { bucketsOf } from '../columns/buckets';
import type { Rows } from '../columns/select-rows';
import { selectRows } from '../columns/select-rows';
import { countByBucket, distinctWithin, seriesOf } from '../columns/series';
import type { Stretch } from '../columns/coverage';
import type { Scope } from '../queries/define-query';
import type { EarlierStretch, Forecast } from './forecast';
import { forecastEvents, forecastUsers } from './forecast';
import { distinctUsers } from './series-scan';
import type { PlanRows } from './usage-events';
import { planRows } from './usage-events';

export type MonthlyAmount = { readonly amount: number; readonly forecast: Forecast | null };
export type MonthOfUsage = {
  readonly start: EpochMs; readonly state: BucketState;
  readonly activeUsers: MonthlyAmount; readonly m2mTokens: MonthlyAmount; readonly rateLimitEvents: MonthlyAmount;
};

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
const referenceDays = 28;
const mostStretches = 8;
/** The last of the stretches that a forecast goes by, which begins after the five weeks a month may have left. */
const longestLookBack = (mostStretches + 5) * weekMs;

/** Months that touch the asked stretch, oldest first; a forecast in the running one only, and only where all of its past was asked for. */
export async function usageByMonth(scope: Scope): Promise<readonly MonthOfUsage[]> {
  const { buckets, stateOf, asked } = seriesOf(scope, 'month');
  if (asked === null) return [];
  const monthOf = (bucket: number): Stretch => ({ from: buckets.startOf(bucket), to: buckets.endOf(bucket) });
  const isForecast = (bucket: number): boolean => stateOf(bucket) === 'running' && asked.from <= buckets.startOf(bucket) && asked.to > scope.now;
  const running = Array.from({ length: buckets.count }, (_none, bucket) => bucket).find(isForecast);
  const forecastFrom = running === undefined ? asked.from : buckets.startOf(running) - longestLookBack;
  const found = planRows(scope, await selectRows(scope, { from: Math.min(asked.from, forecastFrom), to: asked.to }));
  await scope.pause();
  const { occurredAt } = scope.rows.columns;
  const inAsked = (rows: Rows): Rows => rowsBetween(rows, occurredAt, asked);
  const users = distinctUsers(scope, { buckets }, inAsked(found.billedActivity));
  const tokens = countByBucket(inAsked(found.m2mTokens), occurredAt, buckets);
  const limits = countByBucket(inAsked(found.rateLimits), occurredAt, buckets);
  await scope.pause();
  const forecasts = running === undefined ? noForecasts : forecastsOf(scope, monthOf(running), found);
  return users.map((activeUsers, bucket): MonthOfUsage => {
    const { users: ofUsers, tokens: ofTokens, limits: ofLimits } = bucket === running ? forecasts : noForecasts;
    return {
      start: buckets.startOf(bucket), state: stateOf(bucket),
      activeUsers: { amount: activeUsers, forecast: ofUsers },
      m2mTokens: { amount: tokens[bucket] ?? 0, forecast: ofTokens },
      rateLimitEvents: { amount: limits[bucket] ?? 0, forecast: ofLimits },
    };
  });
}

type Forecasts = { readonly users: Forecast | null; readonly tokens: Forecast | null; readonly limits: Forecast | null };
const noForecasts: Forecasts = { users: null, tokens: null, limits: null };

/** As of the end of what the archive covers, or of now where that is earlier. The rows must reach back to `longestLookBack` before the month. */
function forecastsOf(scope: Scope, month: Stretch, { billedActivity, m2mTokens, rateLimits }: PlanRows): Forecasts {
  const { whole } = scope.coverage;
  if (whole === null) return noForecasts;
  const at = Math.min(scope.now, whole.to);
  const upTo = (rows: Rows): Rows => rowsBetween(rows, scope.rows.columns.occurredAt, { from: Number.NEGATIVE_INFINITY, to: at });
  return {
    users: forecastUsers(...usersSoFar(scope, billedActivity, month, at)),
    tokens: eventsForecast(scope, upTo(m2mTokens), month, at),
    limits: eventsForecast(scope, upTo(rateLimits), month, at),
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

/** Distinct users of the month so far, and of the same stretch moved back by whole weeks: up to the same point, and to its end. */
function usersSoFar(scope: Scope, rows: Rows, month: Stretch, at: EpochMs): [number, readonly EarlierStretch[]] {
  const { columns, dictionaries } = scope.rows;
  const moved: Stretch[] = [];
  // The first shift that lies wholly in the past.
  for (let weeks = Math.ceil((month.to - at) / weekMs); moved.length < mostStretches; weeks += 1) {
    const stretch = { from: month.from - weeks * weekMs, to: month.to - weeks * weekMs };
    if (!isCovered(scope, stretch)) break;
    moved.push(stretch);
  }
  const sinceStart = at - month.from;
  const asked = [{ from: month.from, to: at }, ...moved.flatMap(({ from, to }) => [{ from, to: from + sinceStart }, { from, to }])];
  const [soFar = 0, ...counts] = distinctWithin(rows, { occurredAt: columns.occurredAt, ids: columns.ids('user'), size: dictionaries.user.size }, asked);
  return [soFar, moved.map((_stretch, index) => ({ soFar: counts[2 * index] ?? 0, whole: counts[2 * index + 1] ?? 0 }))];
}
