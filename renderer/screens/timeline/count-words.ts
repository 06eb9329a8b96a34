/** Says in words what a list of events covers and where in it one stands. */
import { parseInstant } from '../../../shared/domain/time';
import { formatCount } from '../../components';
import type { TimeFormat } from '../../components';

/** `1 event`, `60,123 events`. */
export const eventsWords = (count: number): string => `${formatCount(count)} ${count === 1 ? 'event' : 'events'}`;

/** The span of a question: its own ends where it has some, else those of the archive. */
export type Span = { readonly from: string | null; readonly to: string | null };

/** `23 Aug – 21 Nov 2026`; null where an end is not known. An end that is not included on a day's first instant names the day before. */
export function spanWords(span: Span, format: TimeFormat): string | null {
  const from = span.from === null ? null : parseInstant(span.from, format.timeZone);
  const to = span.to === null ? null : parseInstant(span.to, format.timeZone);
  if (from === null || to === null) return null;
  return format.dateRange(from, Math.max(from, to - 1));
}

/** `60,123 events, 23 Aug – 21 Nov 2026, Europe/Berlin`. */
export const coverageWords = (total: number, span: string | null, timeZone: string): string =>
  [eventsWords(total), span, timeZone].filter(part => part !== null).join(', ');

/** `Row 1,204 of 60,123`. */
export const positionWords = (row: number, total: number): string => `Row ${formatCount(row)} of ${formatCount(total)}`;
