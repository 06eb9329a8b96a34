/** Saves a chart as a picture. */
import { readPalette } from './chart-theme';
import type { TimeChart } from './chart-model';
import { pictureOf } from './picture-option';
import type { PictureWords } from './picture-option';
import type { Size } from './chart-geometry';

export type PictureFormat = 'png' | 'svg';
/** Pixels of a PNG for each of the page, so that it prints sharply. */
const pngScale = 2;
const revokeMs = 10_000;

function save(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  window.setTimeout(() => { URL.revokeObjectURL(url); }, revokeMs);
}

async function loadImage(svg: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(svg);
  const image = new Image();
  try {
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @throws Error when the browser cannot draw it */
async function pngOf(svg: Blob, { width, height }: Size): Promise<Blob> {
  const image = await loadImage(svg);
  const canvas = document.createElement('canvas');
  canvas.width = width * pngScale;
  canvas.height = height * pngScale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(blob => { if (blob === null) reject(new Error('The picture could not be drawn.')); else resolve(blob); }, 'image/png');
  });
}

/** `fileName` without its ending. @throws Error when the browser cannot draw it */
export async function savePicture(chart: TimeChart, words: PictureWords, format: PictureFormat, fileName: string): Promise<void> {
  const { drawSvg } = await import('./echarts-surface');
  const { option, size } = pictureOf(chart, words, readPalette(document.documentElement));
  const svg = new Blob([drawSvg(option, size)], { type: 'image/svg+xml' });
  save(format === 'svg' ? svg : await pngOf(svg, size), `${fileName}.${format}`);
}
