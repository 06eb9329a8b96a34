/** Writes many instants of a few days, as a page or an export of a log has them: the day is written once. */
import type { EpochMs } from './ids';
import { formatInstant } from './time';

const dayMs = 86_400_000;
const digits = (count: number, length: number): readonly string[] => Array.from({ length: count }, (_none, number) => String(number).padStart(length, '0'));

/** The same texts as `formatInstant` gives. @throws RangeError beyond the range of a Date */
export function createInstantWriter(): (at: EpochMs) => string {
  const pairs = digits(60, 2);
  const thousandths = digits(1_000, 3);
  let day = Number.NaN;
  let dayText = '';
  return at => {
    const number = Math.floor(at / dayMs);
    if (!Number.isInteger(at)) return formatInstant(at);
    if (number !== day) {
      dayText = formatInstant(at).slice(0, -'00:00:00.000Z'.length);
      day = number;
    }
    const ms = at - number * dayMs;
    const seconds = Math.floor(ms / 1_000);
    const minutes = Math.floor(seconds / 60);
    return `${dayText}${pairs[Math.floor(minutes / 60)] ?? ''}:${pairs[minutes % 60] ?? ''}:${pairs[seconds % 60] ?? ''}.${thousandths[ms % 1_000] ?? ''}Z`;
  };
}
