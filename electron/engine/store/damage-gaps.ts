/** What damage tore out of a journal, told by the instants of what is left around it. */
import type { Gap } from '../../../shared/contract';
import type { EpochMs } from '../../../shared/domain/ids';
import { formatInstant } from '../../../shared/domain/time';
import type { FrameRange } from './journal';
import type { LogEvents } from './log-events';

/**
 * One gap for each range of lost frames: from the last event before it (else the first known) to the first behind it (else `now`,
 * as nobody knows how far the lost frames reached).
 */
export function damageGaps(rows: LogEvents, lost: readonly FrameRange[], now: EpochMs): readonly Gap[] {
  return lost.map(range => {
    const before = rows.instantBeforeFrame(range.from) ?? rows.columns.timeRange()?.first ?? now;
    const behind = rows.instantFromFrame(range.to) ?? now;
    return { from: formatInstant(Math.min(before, behind)), to: formatInstant(Math.max(before, behind)), cause: 'damage' };
  });
}
