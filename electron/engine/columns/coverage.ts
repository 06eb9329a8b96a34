/** Which part of time an archive covers, and what that says of a bucket. */
import { credibleDates } from '../../../shared/domain/credible-dates';
import type { EpochMs } from '../../../shared/domain/ids';
import type { BucketState } from '../../../shared/views/define-view';
import type { ReadableArchive } from '../store/readable-archive';

export type Stretch = { readonly from: EpochMs; readonly to: EpochMs };

/** From the first event to the last one, or to the last sync where it is later; gaps inside it are not covered. Null: nothing is. */
export type Coverage = { readonly whole: Stretch | null; readonly gaps: readonly Stretch[]; readonly lastEventAt: EpochMs | null };

/** As of a `seq`, so that what arrives later does not move the buckets of a question that is read on. */
export function coverageOf(archive: Pick<ReadableArchive, 'rows' | 'gaps' | 'coveredUntil'>, now: EpochMs, asOf: number): Coverage {
  const range = archive.rows.columns.timeRange({ ...credibleDates(now), asOf }) ?? archive.rows.columns.timeRange({ asOf });
  const gaps = archive.gaps.map(gap => ({ from: Date.parse(gap.from), to: Date.parse(gap.to) })).sort((a, b) => a.from - b.from);
  if (range === null) return { whole: null, gaps, lastEventAt: null };
  return { whole: { from: range.first, to: Math.max(range.last + 1, archive.coveredUntil ?? 0) }, gaps, lastEventAt: range.last };
}

export type StateOf = (bucket: Stretch) => BucketState;

/** The state of buckets, for a question about `asked`. */
export function statesWithin(coverage: Coverage, asked: Stretch, now: EpochMs): StateOf {
  return ({ from, to }) => {
    const { whole, gaps } = coverage;
    if (whole === null || to <= whole.from || from >= whole.to || isFilled({ from: Math.max(from, whole.from), to: Math.min(to, whole.to) }, gaps)) return 'uncovered';
    if (from <= now && now < to) return 'running';
    const isCut = from < asked.from || to > asked.to || from < whole.from || to > whole.to || gaps.some(gap => gap.from < to && gap.to > from);
    return isCut ? 'partial' : 'complete';
  };
}

/** Whether gaps, sorted by their start, leave nothing of a stretch. */
function isFilled(stretch: Stretch, gaps: readonly Stretch[]): boolean {
  let reached = stretch.from;
  for (const gap of gaps) {
    if (gap.from > reached) break;
    reached = Math.max(reached, gap.to);
  }
  return reached >= stretch.to;
}
