/** Tells which periods begin so soon after the archive's start that who is first seen in them may be older than the archive. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { Grain } from '../columns/buckets';
import type { Coverage } from '../columns/coverage';

const dayMs = 86_400_000;

/** Whoever comes about once a month, or else once a week, has been seen after so long. */
const censoredMs = (grain: Grain): number => (grain === 'month' ? 28 * dayMs : 7 * dayMs);

/** Also true before the archive's start, and of everything in an archive that covers nothing. */
export function isLeftCensored(periodStart: EpochMs, grain: Grain, { whole }: Coverage): boolean {
  return whole === null || periodStart < whole.from + censoredMs(grain);
}
