/** Draws the tray's icon: each state has a shape of its own beside its colour. */
export type TrayState = 'idle' | 'syncing' | 'failed';

type Colour = readonly [red: number, green: number, blue: number];

const colours: Readonly<Record<TrayState, Colour>> = { idle: [120, 132, 150], syncing: [47, 111, 237], failed: [208, 58, 52] };
const black: Colour = [0, 0, 0];

/**
 * Whether a point of the unit square, from its middle, is ink. The mark's ring and line; the ring is open while syncing, and when
 * failed a bar and a dot stand in the line's place.
 */
function isInk(state: TrayState, x: number, y: number): boolean {
  const radius = Math.hypot(x + 0.06, y);
  const isRing = radius <= 0.43 && radius >= 0.33;
  const isLine = Math.abs(y) <= 0.05 && x >= -0.24 && x <= 0.48;
  if (state === 'failed') return isRing || (Math.abs(x + 0.06) <= 0.055 && ((y >= -0.23 && y <= 0.06) || (y >= 0.13 && y <= 0.24)));
  return isLine || (isRing && !(state === 'syncing' && x > -0.06 && y < 0));
}

const samples = [0.125, 0.375, 0.625, 0.875] as const;

/** The share of a pixel that is ink, 0 to 1. */
function coverage(state: TrayState, size: number, column: number, row: number): number {
  const hits = samples.flatMap(dy => samples.filter(dx => isInk(state, (column + dx) / size - 0.5, (row + dy) / size - 0.5)));
  return hits.length / samples.length ** 2;
}

/** Four bytes a pixel, blue first, multiplied by their alpha, as `nativeImage.createFromBitmap` takes them. `template`: black, for macOS to colour. */
export function trayBitmap(state: TrayState, size: number, ink: 'coloured' | 'template'): Buffer {
  const [red, green, blue] = ink === 'template' ? black : colours[state];
  const bitmap = Buffer.alloc(size * size * 4);
  for (let at = 0; at < size * size; at += 1) {
    const alpha = coverage(state, size, at % size, Math.floor(at / size));
    bitmap.set([blue, green, red, 255].map(part => Math.round(part * alpha)), at * 4);
  }
  return bitmap;
}
