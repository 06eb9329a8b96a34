/** Arithmetic of half-open ranges of frame numbers. */
import type { FrameRange } from './journal';

/** The same numbers in as few ranges as can be, in order. */
export function mergeRanges(ranges: readonly FrameRange[]): readonly FrameRange[] {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last === undefined || from > last.to) merged.push({ from, to });
    else last.to = Math.max(last.to, to);
  }
  return merged;
}

/** What of some ranges none of others covers. */
export function subtractRanges(ranges: readonly FrameRange[], others: readonly FrameRange[]): readonly FrameRange[] {
  const left: FrameRange[] = [];
  const covers = mergeRanges(others);
  for (const range of ranges) {
    let from = range.from;
    for (const cover of covers) {
      if (cover.to <= from || cover.from >= range.to) continue;
      if (cover.from > from) left.push({ from, to: cover.from });
      from = Math.max(from, cover.to);
    }
    if (from < range.to) left.push({ from, to: range.to });
  }
  return left;
}
