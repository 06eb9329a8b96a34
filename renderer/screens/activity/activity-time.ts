/** The time an activity screen is about: its range in instants, the one before, and the width of its buckets. */
import type { EpochMs } from '../../../shared/domain/ids';
import { createZone, formatInstant, parseInstant } from '../../../shared/domain/time';
import { chartGrains } from '../../charts';
import type { ChartGrain } from '../../charts';
import { relativeRanges } from '../../filters';
import type { Range } from '../../filters';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Half open. */
export type Span = { readonly from: EpochMs; readonly to: EpochMs };

/** Where a question without an end of its own begins and ends: at the archive's first event and behind its last one. */
export type ArchiveSpan = { readonly firstAt: string | null; readonly lastAt: string | null };

/** Null where an archive without events gives no end. */
export function spanOf(range: Range, archive: ArchiveSpan, { now, timeZone }: { readonly now: EpochMs; readonly timeZone: string }): Span | null {
  if (range.kind === 'relative') return { from: now - relativeRanges[range.range], to: now };
  const given = (text: string | null): EpochMs | null => (text === null ? null : parseInstant(text, timeZone));
  const first = archive.firstAt === null ? null : Date.parse(archive.firstAt);
  const last = archive.lastAt === null ? null : Date.parse(archive.lastAt) + 1;
  const from = (range.kind === 'absolute' ? given(range.from) : null) ?? first;
  const to = (range.kind === 'absolute' ? given(range.to) : null) ?? last;
  return from === null || to === null ? null : { from, to: Math.max(from, to) };
}

/** The span of equal length before; null for all of time, before which there is none, and where the archive has nothing of it. */
export function spanBefore(range: Range, span: Span, archive: ArchiveSpan): Span | null {
  const first = archive.firstAt === null ? null : Date.parse(archive.firstAt);
  if (range.kind === 'all' || span.to <= span.from || first === null || first >= span.from) return null;
  return { from: span.from - (span.to - span.from), to: span.from };
}

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
