/** Turns a range into the dates and times a person types, and back: there a day is meant whole, in the address the end is not included. */
import { parseInstant } from '../../shared/domain/time';
import type { Zone } from '../../shared/domain/time';
import { createZone } from '../../shared/domain/time';
import type { TimeFormat } from '../components';
import { relativeRangeLabels } from '../filters';
import type { Range } from '../filters';

/** `YYYY-MM-DD` and `HH:MM`, or empty. A last day without a time is included whole. */
export type RangeForm = { readonly fromDate: string; readonly fromTime: string; readonly toDate: string; readonly toTime: string };
export const emptyForm: RangeForm = { fromDate: '', fromTime: '', toDate: '', toTime: '' };

const dayMs = 86_400_000;
const dateOnly = /^\d{4}-\d\d-\d\d$/;

/** The day before or after; calendar days, no clocks. */
const shiftDay = (date: string, days: number): string => {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) ? date : new Date(at + days * dayMs).toISOString().slice(0, 10);
};

function local(text: string, zone: Zone): readonly [date: string, time: string] {
  const at = parseInstant(text, zone);
  if (at === null) return ['', ''];
  const shown = new Date(at + zone.offsetAt(at)).toISOString();
  return [shown.slice(0, 10), shown.slice(11, 16)];
}

export function formOf(range: Range, timeZone: string): RangeForm {
  if (range.kind !== 'absolute') return emptyForm;
  const zone = createZone(timeZone);
  const [fromDate, fromTime] = range.from === null ? ['', ''] : dateOnly.test(range.from) ? [range.from, ''] : local(range.from, zone);
  const [toDate, toTime] = range.to === null ? ['', ''] : dateOnly.test(range.to) ? [shiftDay(range.to, -1), ''] : local(range.to, zone);
  return { fromDate, fromTime, toDate, toTime };
}

/** What is wrong with the form, in words; null when it is a range. */
export function formProblem(form: RangeForm, timeZone: string): string | null {
  if (form.fromDate === '' && form.toDate === '') return 'Give a first or a last day.';
  const range = rangeOfForm(form);
  if (range.kind !== 'absolute' || range.from === null || range.to === null) return null;
  const from = parseInstant(range.from, timeZone);
  const to = parseInstant(range.to, timeZone);
  return from !== null && to !== null && from >= to ? 'The end must be after the start.' : null;
}

export function rangeOfForm({ fromDate, fromTime, toDate, toTime }: RangeForm): Range {
  const from = fromDate === '' ? null : fromTime === '' ? fromDate : `${fromDate}T${fromTime}`;
  const to = toDate === '' ? null : toTime === '' ? shiftDay(toDate, 1) : `${toDate}T${toTime}`;
  return from === null && to === null ? { kind: 'all' } : { kind: 'absolute', from, to };
}

/** A range in few words: `Last 7 days`, `1 Jul – 30 Sep 2026`, `since 1 Jul 2026`. */
export function rangeWords(range: Range, format: TimeFormat): string {
  if (range.kind === 'all') return 'All time';
  if (range.kind === 'relative') return relativeRangeLabels[range.range];
  const from = range.from === null ? null : parseInstant(range.from, format.timeZone);
  const to = range.to === null ? null : parseInstant(range.to, format.timeZone);
  const hasTimes = [range.from, range.to].some(text => text !== null && !dateOnly.test(text));
  const words = (at: number): string => (hasTimes ? `${format.date(at)}, ${format.time(at).slice(0, 5)}` : format.date(at));
  if (from !== null && to !== null) return hasTimes ? `${words(from)} – ${words(to)}` : format.dateRange(from, Math.max(from, to - 1));
  if (from !== null) return `Since ${words(from)}`;
  return to === null ? 'Unknown range' : `Until ${words(hasTimes ? to : to - 1)}`;
}
