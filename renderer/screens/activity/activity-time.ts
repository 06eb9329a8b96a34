/** The time an activity screen is about: its range in instants, the one before, and the width of its buckets. */
import { credibleDates } from '../../../shared/domain/credible-dates';
import type { EpochMs } from '../../../shared/domain/ids';
import { createZone, formatInstant, parseInstant } from '../../../shared/domain/time';
import { changeParams } from '../../address';
import type { Params } from '../../address';
import { chartGrains } from '../../charts';
import type { ChartGrain } from '../../charts';
import { relativeRanges } from '../../filters';
import type { Range } from '../../filters';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Half open. */
export type Span = { readonly from: EpochMs; readonly to: EpochMs };
/** Half open; null where the range gives no such end. */
export type AskedSpan = { readonly [End in keyof Span]: EpochMs | null };

/** Where a question without an end of its own begins and ends: at the archive's first event and behind its last one. */
export type ArchiveSpan = { readonly firstAt: string | null; readonly lastAt: string | null };

/** Where the range of the screen stands. */
export type TimeScope = { readonly now: EpochMs; readonly timeZone: string };

/** What the range itself says; an end that it does not give, or not as a date, is missing. */
export function askedOf(range: Range, { now, timeZone }: TimeScope): AskedSpan {
  if (range.kind === 'relative') return { from: now - relativeRanges[range.range], to: now };
  const given = (text: string | null): EpochMs | null => (text === null ? null : parseInstant(text, timeZone));
  return range.kind === 'all' ? { from: null, to: null } : { from: given(range.from), to: given(range.to) };
}

/** An archive as far as its dates can be right; all of it where none can, as the views have it. */
export function credibleArchive(archive: ArchiveSpan, now: EpochMs): ArchiveSpan {
  if (archive.firstAt === null || archive.lastAt === null) return archive;
  const { from, to } = credibleDates(now);
  const [first, last] = [Date.parse(archive.firstAt), Date.parse(archive.lastAt)];
  if (last < from || first >= to) return archive;
  return { firstAt: formatInstant(Math.max(first, from)), lastAt: formatInstant(Math.min(last, to - 1)) };
}

/** Null where an archive without events gives no end. */
export function spanOf(range: Range, archive: ArchiveSpan, scope: TimeScope): Span | null {
  const asked = askedOf(range, scope);
  const from = asked.from ?? (archive.firstAt === null ? null : Date.parse(archive.firstAt));
  const to = asked.to ?? (archive.lastAt === null ? null : Date.parse(archive.lastAt) + 1);
  return from === null || to === null ? null : { from, to: Math.max(from, to) };
}

/** The span of equal length before; null for all of time, before which there is none, and where the archive has nothing of it. */
export function spanBefore(range: Range, span: Span, archive: ArchiveSpan): Span | null {
  const first = archive.firstAt === null ? null : Date.parse(archive.firstAt);
  if (range.kind === 'all' || span.to <= span.from || first === null || first >= span.from) return null;
  return { from: span.from - (span.to - span.from), to: span.from };
}

export type Times = {
  /** What is drawn and named. Null for an archive without events. */
  readonly span: Span | null;
  /** What the views are asked for; null for all of time. */
  readonly asked: AskedSpan | null;
  /** What to compare with; null where there is nothing. */
  readonly before: Span | null;
};

/** Wrong dates of an archive stretch nothing that is drawn, and no view is asked for them unless the range does. */
export function timesOf(range: Range, archive: ArchiveSpan, scope: TimeScope): Times {
  const known = credibleArchive(archive, scope.now);
  const asked = askedOf(range, scope);
  const span = spanOf(range, known, scope);
  if (span === null) return { span, asked: givesAny(asked), before: null };
  // Without an end of its own, a question ends with the day of the last event, as the tiles have it.
  const compared = asked.to === null && span.to > span.from ? { from: span.from, to: bucketEnd(span.to - 1, 'day', scope.timeZone) } : span;
  return { span, asked: givesAny(asked), before: spanBefore(range, compared, known) };
}

const givesAny = (asked: AskedSpan): AskedSpan | null => (asked.from === null && asked.to === null ? null : asked);

/** Parameters of a view for a range; an end that it does not give is left to the view. */
export const withinSpan = (params: Params, { from, to }: AskedSpan): Params =>
  changeParams(params, { from: from === null ? null : formatInstant(from), to: to === null ? null : formatInstant(to) });

const longest: readonly (readonly [ms: number, grain: ChartGrain])[] = [[3 * dayMs, 'hour'], [92 * dayMs, 'day'], [2 * 366 * dayMs, 'week']];

/** A grain that gives some dozens of buckets. */
export const autoGrain = ({ from, to }: Span): ChartGrain => longest.find(([ms]) => to - from <= ms)?.[1] ?? 'month';

const averageMs: Readonly<Record<ChartGrain, number>> = { hour: hourMs, day: dayMs, week: 7 * dayMs, month: 30 * dayMs };
/** More buckets than this are narrower than half a pixel. */
const mostBuckets = 1_500;

/** The grains that draw sensibly; the coarsest always. */
export const possibleGrains = ({ from, to }: Span): readonly ChartGrain[] => chartGrains.filter(grain => grain === 'month' || (to - from) / averageMs[grain] <= mostBuckets);

/** The grain of the address where it is one that can be drawn, else one by the length of the range. */
export function grainOf(asked: string | null, span: Span): ChartGrain {
  return possibleGrains(span).find(grain => grain === asked) ?? autoGrain(span);
}

/** The end of a bucket that begins here on the clocks of a zone. */
export function bucketEnd(startAt: EpochMs, grain: ChartGrain, timeZone: string): EpochMs {
  if (grain === 'hour') return startAt + hourMs;
  const zone = createZone(timeZone);
  const local = startAt + zone.offsetAt(startAt);
  const day = Math.floor(local / dayMs) * dayMs;
  if (grain !== 'month') return zone.firstInstantAt(day + averageMs[grain]);
  const date = new Date(local);
  return zone.firstInstantAt(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1));
}

/** How an end of a range stands in the address: a local date where it is the first instant of one, else the instant. */
export function rangeText(at: EpochMs, timeZone: string): string {
  const zone = createZone(timeZone);
  const date = new Date(at + zone.offsetAt(at)).toISOString().slice(0, 10);
  return parseInstant(date, zone) === at ? date : formatInstant(at);
}
