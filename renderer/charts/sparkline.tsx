/** A line without axes, for how a number came about; the number itself stands beside it. */
import type { SeriesColour, Values } from './chart-model';
import styles from './sparkline.module.css';

const width = 100;
const height = 28;
const edge = 2;

/** Where the points lie in a box of 100 by 28; stretches between gaps are lines of their own, from zero at the bottom. */
export function sparklinePaths(values: Values): readonly string[] {
  const largest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const point = (value: number, index: number): string => {
    const y = height - edge - (largest === 0 ? 0 : (value / largest) * (height - 2 * edge));
    return `${String(Math.round(index * step * 100) / 100)} ${String(Math.round(y * 100) / 100)}`;
  };
  const lines: string[][] = [[]];
  values.forEach((value, index) => {
    if (value === null) lines.push([]);
    else lines.at(-1)?.push(point(value, index));
  });
  // A point alone is drawn as a dash, else nothing of it would be seen.
  return lines.filter(line => line.length > 0).map(line => (line.length === 1 ? `M${line[0] ?? ''}h2` : `M${line.join('L')}`));
}

export type SparklineProps = { readonly values: Values; readonly colour: SeriesColour };

export function Sparkline({ values, colour }: SparklineProps) {
  return (
    <svg viewBox={`0 0 ${String(width)} ${String(height)}`} preserveAspectRatio="none" className={styles.sparkline} aria-hidden="true">
      {sparklinePaths(values).map(path => <path key={path} d={path} fill="none" stroke={`var(--${colour})`} strokeWidth="1.5" vectorEffect="non-scaling-stroke" strokeLinejoin="round" />)}
    </svg>
  );
}
