/** What the cohort grid says: periods, shares and cells in words. */
import { formatCount } from '../../components';
import type { CohortUnit } from '../../../shared/views/cohorts';
import type { CohortRow, SummaryCell } from './cohort-grid-model';
import { leastForShare, wilson } from './cohort-grid-model';

export type CohortGrain = 'day' | 'week' | 'month';
export type CohortShow = 'percent' | 'count' | 'lost';

const dayMs = 86_400_000;

/** Names periods by their first instant, in a time zone. Making one is costly: keep it. */
export function createPeriodLabels(grain: CohortGrain, timeZone: string): (start: string) => string {
  const day = new Intl.DateTimeFormat(undefined, { timeZone, day: 'numeric', month: 'short', year: 'numeric' });
  const month = new Intl.DateTimeFormat(undefined, { timeZone, month: 'short', year: 'numeric' });
  return start => {
    const at = Date.parse(start);
    if (grain === 'month') return month.format(at);
    // Half a day less than a week, so that a change of the clocks does not reach the next Monday.
    return grain === 'day' ? day.format(at) : day.formatRange(at, at + 6.5 * dayMs);
  };
}

export const formatShare = (share: number): string => new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: share > 0 && share < 0.1 ? 1 : 0 }).format(share);

/** What stands in a cell; null where there is nothing to say. */
export function cellText({ active, size, share, state }: CohortRow, show: CohortShow): string | null {
  if (state === 'future' || state === 'uncovered' || active === null) return null;
  if (show === 'count') return formatCount(active);
  if (show === 'lost') return formatCount(size - active);
  return size < leastForShare || share === null ? `${formatCount(active)}/${formatCount(size)}` : formatShare(share);
}

/** What stands in the summary over cells of at least one member: the same as in them. */
export function summaryText({ active, size }: SummaryCell, show: CohortShow): string {
  if (show === 'count') return formatCount(active);
  return show === 'lost' ? formatCount(size - active) : formatShare(active / size);
}

const unitWords: Readonly<Record<CohortUnit, readonly [one: string, many: string]>> = {
  user: ['user', 'users'], connection: ['connection', 'connections'], organization: ['organization', 'organizations'],
};
export const unitsWords = (unit: CohortUnit, count: number): string => `${formatCount(count)} ${unitWords[unit][count === 1 ? 0 : 1]}`;

/** The same in a sentence. */
export function summaryWords({ active, size, cohorts }: SummaryCell, unit: CohortUnit): string {
  if (size === 0) return 'No complete cell';
  return `${formatShare(active / size)}: ${formatCount(active)} of ${unitsWords(unit, size)} in ${cohorts === 1 ? 'one cohort' : `${formatCount(cohorts)} cohorts`}`;
}

export type CellPlace = { readonly unit: CohortUnit; readonly grain: CohortGrain; readonly cohort: string; readonly date: (at: string) => string };

/** One cell in a sentence. */
export function cellWords({ active, size, period, state, completesAt }: CohortRow, { unit, grain, cohort, date }: CellPlace): string {
  const place = `Cohort ${cohort}, ${grain} ${String(period)}`;
  if (state === 'future') return `${place}: still to come.`;
  if (state === 'uncovered' || active === null) return `${place}: the archive has nothing of it.`;
  const range = wilson(active, size);
  const share = size < leastForShare || range === null ? `${formatCount(active)}/${formatCount(size)}, no percentage of fewer than ${String(leastForShare)}` : `${formatShare(active / size)} (95% interval ${formatShare(range.low)} to ${formatShare(range.high)})`;
  const ends: Readonly<Record<string, string>> = {
    partial: completesAt === null ? ' Partly covered.' : ` Not complete before ${date(completesAt)}.`,
    'left-censored': ' May be older than the archive.',
  };
  return `${place}: ${formatCount(active)} of ${unitsWords(unit, size)} active, ${formatCount(size - active)} lost, ${share}.${ends[state] ?? ''}`;
}
