/** Finds the birth of each unit and the periods in which it was active, in two scans over the rows that say so. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { CohortUnit } from '../../../shared/views/cohorts';
import type { Buckets, Grain } from '../columns/buckets';
import { bucketsOf } from '../columns/buckets';
import type { IdColumnName } from '../columns/columns';
import type { Stretch } from '../columns/coverage';
import type { Rows } from '../columns/select-rows';
import { keepMasked, maskOf, selectRows } from '../columns/select-rows';
import { askedStretch, knownStretch } from '../columns/series';
import type { Scope } from '../queries/define-query';
import type { CohortQuestion } from './cohorts-question';
import { checkGrid } from './cohorts-question';
import { isActivity, isSignup } from './event-kinds';
import { connectionGroups, organizationGroups } from './named-groups';
import { rowsOfKind } from './series-scan';

/** Units by number. `unitOf`: for each id of `column` the number of its unit, or -1. */
export type Units = { readonly column: IdColumnName; readonly unitOf: Int32Array; readonly count: number; readonly nameOf: (unit: number) => { readonly id: string; readonly name: string | null } };

export type CohortScan = {
  readonly asked: Stretch;
  readonly units: Units;
  /** The periods of the cohorts, and behind them those up to which the last cohort is followed. */
  readonly buckets: Buckets;
  readonly cohortCount: number;
  /** For each unit its cohort, or -1 when it was never born or not in the time range. */
  readonly cohortOf: Int32Array;
  readonly bornAt: Float64Array;
  /** Negative infinity when it never was, as far as the rows of units in cohorts tell. */
  readonly lastActiveAt: Float64Array;
  /** For each unit `words` words of bits: the bit of a period is 1 when it was active in it. */
  readonly activeIn: Int32Array;
  readonly words: number;
  /** The last period in which a unit of a cohort was active: negative for before its birth or never; those behind `buckets` are the last of all. */
  readonly lastPeriodOf: (unit: number) => number;
  /** Rows that the filters let through, of all dates that can be right. */
  readonly rows: Rows;
};

function unitsOf(scope: Scope, unit: CohortUnit): Units {
  const { dictionaries } = scope.rows;
  if (unit === 'user') {
    const unitOf = Int32Array.from({ length: dictionaries.user.size }, (_none, id) => (id === 0 ? -1 : id));
    return { column: 'user', unitOf, count: unitOf.length, nameOf: id => ({ id: dictionaries.user.entry(id) ?? '', name: null }) };
  }
  const { groupOf, all } = unit === 'connection' ? connectionGroups(scope) : organizationGroups(scope);
  const nameOf = (group: number): { readonly id: string; readonly name: string | null } => ({ id: all[group]?.id ?? all[group]?.name ?? '', name: all[group]?.name ?? null });
  return { column: unit, unitOf: groupOf, count: all.length, nameOf };
}

const hourMs = 3_600_000;
/** More than any has. */
const longestMs: Readonly<Record<Grain, number>> = { hour: 2 * hourMs, day: 48 * hourMs, week: 8 * 24 * hourMs, month: 33 * 24 * hourMs };

/** `cohort`: an instant in the period of the only one that is asked about; its units are then the only ones in a cohort. */
type Scanned = CohortQuestion & { readonly cohort?: EpochMs | null };

/** Null where there is no time range to ask about. @throws Failure view.param-invalid, operation.cancelled */
export async function scanCohorts(scope: Scope, question: Scanned): Promise<CohortScan | null> {
  const asked = askedStretch(scope, question.grain);
  if (asked === null || asked.to <= asked.from) return null;
  const { timeZone } = scope.params.filter;
  const cohortCount = bucketsOf(asked.from, asked.to, question.grain, timeZone).count;
  checkGrid(Math.min(cohortCount, question.newest), question.periods);
  const buckets = bucketsOf(asked.from, asked.to + question.periods * longestMs[question.grain], question.grain, timeZone);
  const units = unitsOf(scope, question.unit);
  const rows = await selectRows(scope, knownStretch(scope, asked));
  const activity = activityOf(scope, rows, question.unit);
  await scope.pause();
  const bornAt = earliestOf(scope, units, question.birth === 'signup' ? rowsOfKind(scope, rows, isSignup) : activity);
  const only = question.cohort == null ? asked : stretchAround(buckets, question.cohort);
  const births = { from: Math.max(asked.from, only.from), to: Math.min(asked.to, only.to) };
  const cohortOf = Int32Array.from(bornAt, at => (at >= births.from && at < births.to ? buckets.indexOf(at) : -1));
  await scope.pause();
  const activities = activitiesOf(scope, activity, { units, buckets, cohortOf, periods: question.periods });
  await scope.pause();
  const lastPeriodOf = (unit: number): number => lastPeriod(buckets, cohortOf[unit] ?? 0, activities.lastActiveAt[unit] ?? 0);
  return { asked, units, buckets, cohortCount, cohortOf, bornAt, ...activities, lastPeriodOf, rows };
}

/** The bucket that an instant lies in; outside of all, nothing. */
function stretchAround(buckets: Buckets, at: EpochMs): Stretch {
  const [bucket, from, to] = buckets.around(at, 0);
  return bucket < 0 ? { from: 0, to: 0 } : { from, to };
}

/** A machine's token keeps no organization alive: what users do is the activity of a connection or an organization as well. */
function activityOf(scope: Scope, rows: Rows, unit: CohortUnit): Rows {
  const active = rowsOfKind(scope, rows, isActivity);
  return unit === 'user' ? active : keepMasked(active, scope.rows.columns.ids('user'), maskOf(scope.rows.dictionaries.user, () => true));
}

/** When each unit occurs first; positive infinity when it does not. */
function earliestOf(scope: Scope, { column, unitOf, count }: Units, rows: Rows): Float64Array {
  const { occurredAt } = scope.rows.columns;
  const ids = scope.rows.columns.ids(column);
  const earliest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const unit = unitOf[ids[row] ?? 0] ?? -1;
    const at = occurredAt[row] ?? 0;
    if (unit >= 0 && at < (earliest[unit] ?? 0)) earliest[unit] = at;
  }
  return earliest;
}

type Followed = Pick<CohortScan, 'units' | 'buckets' | 'cohortOf'> & { readonly periods: number };

function activitiesOf(scope: Scope, rows: Rows, { units: { column, unitOf, count }, buckets, cohortOf, periods }: Followed): Pick<CohortScan, 'lastActiveAt' | 'activeIn' | 'words'> {
  const { occurredAt } = scope.rows.columns;
  const ids = scope.rows.columns.ids(column);
  const words = Math.ceil(periods / 32);
  const activeIn = new Int32Array(count * words);
  const lastActiveAt = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  let [bucket, start, end] = [-1, Number.NaN, Number.NaN];
  // From the end, so that the latest mostly come first.
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index] ?? 0;
    const unit = unitOf[ids[row] ?? 0] ?? -1;
    const cohort = unit < 0 ? -1 : (cohortOf[unit] ?? -1);
    if (cohort < 0) continue;
    const at = occurredAt[row] ?? 0;
    if (at > (lastActiveAt[unit] ?? 0)) lastActiveAt[unit] = at;
    if (!(at >= start && at < end)) [bucket, start, end] = buckets.around(at, bucket);
    const period = bucket - cohort;
    // Also passes over what lies in no bucket: a cohort is never before the first.
    if (period < 0 || period >= periods) continue;
    const word = unit * words + (period >>> 5);
    activeIn[word] = (activeIn[word] ?? 0) | (1 << (period & 31));
  }
  return { lastActiveAt, activeIn, words };
}

/** In periods from the cohort's. */
function lastPeriod(buckets: Buckets, cohort: number, at: EpochMs): number {
  if (at >= buckets.endOf(buckets.count - 1)) return buckets.count - cohort;
  const bucket = buckets.indexOf(at);
  return bucket < 0 ? -1 : bucket - cohort;
}
