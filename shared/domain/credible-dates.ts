/** Which dates of a log event can be right. */
import type { EpochMs } from './ids';

/** Auth0 was not there before. */
const earliestAt = Date.UTC(2013, 0, 1);
/** What a clock may be ahead. */
const latestAheadMs = 86_400_000;

/** Half open: from 2013 to a day from now, that instant included. Events with other dates are kept and found, but do not stretch what is covered. */
export const credibleDates = (now: EpochMs): { readonly from: EpochMs; readonly to: EpochMs } => ({ from: earliestAt, to: now + latestAheadMs + 1 });
