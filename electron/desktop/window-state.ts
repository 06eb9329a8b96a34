/** Remembers where the window stood, and brings it back onto the displays there are now. */
import { z } from 'zod';

/** Device-independent pixels, as Electron's `Rectangle`. */
export type Bounds = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type WindowState = { readonly bounds: Bounds | null; readonly isMaximized: boolean; readonly zoomFactor: number };

export const smallestWindow = { width: 880, height: 560 } as const;
export const defaultWindow = { width: 1360, height: 860 } as const;
/** As much of a window as must be seen to take hold of it. */
const leastVisible = { width: 120, height: 60 } as const;

const pixel = z.number().int().min(-100_000).max(100_000);
const stored = z.object({
  bounds: z.object({ x: pixel, y: pixel, width: pixel.positive(), height: pixel.positive() }).nullable().catch(null).default(null),
  isMaximized: z.boolean().catch(false).default(false),
  zoomFactor: z.number().min(0.25).max(5).catch(1).default(1),
});

export const defaultState: WindowState = { bounds: null, isMaximized: false, zoomFactor: 1 };

/** Whatever is wrong with the text, a state comes of it: the parts that are right, defaults for the rest. */
export function parseWindowState(text: string | null): WindowState {
  if (text === null) return defaultState;
  try {
    const parsed = stored.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : defaultState;
  } catch {
    return defaultState;
  }
}

const overlap = (from: number, length: number, otherFrom: number, otherLength: number): number =>
  Math.max(0, Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom));

const between = (low: number, value: number, high: number): number => Math.max(low, Math.min(value, high));

/**
 * The bounds moved and shrunk into the work area they overlap most; null, which is centred, where too little of them shows on any.
 * `workAreas` are those of all displays.
 */
export function fitToDisplays(bounds: Bounds, workAreas: readonly Bounds[]): Bounds | null {
  const shown = workAreas.map(area => ({
    area, width: overlap(bounds.x, bounds.width, area.x, area.width), height: overlap(bounds.y, bounds.height, area.y, area.height),
  })).filter(({ width, height }) => width >= leastVisible.width && height >= leastVisible.height);
  const [best] = shown.sort((a, b) => b.width * b.height - a.width * a.height);
  if (best === undefined) return null;
  const width = Math.min(Math.max(bounds.width, smallestWindow.width), best.area.width);
  const height = Math.min(Math.max(bounds.height, smallestWindow.height), best.area.height);
  return {
    x: between(best.area.x, bounds.x, best.area.x + best.area.width - width),
    y: between(best.area.y, bounds.y, best.area.y + best.area.height - height),
    width, height,
  };
}

/** The default size, no larger than the work area it opens on. */
export function firstSize(workArea: Bounds): { readonly width: number; readonly height: number } {
  return { width: Math.min(defaultWindow.width, workArea.width), height: Math.min(defaultWindow.height, workArea.height) };
}
