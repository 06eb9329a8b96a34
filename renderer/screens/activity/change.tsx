/** How a number changed against the period before: an arrow for the eye, a sign for everybody, and a colour for whether it is good. */
import { formatCount } from '../../components';
import styles from './tiles.module.css';

export type Change = { readonly direction: 'up' | 'down' | 'same'; /** `+12.4%`; `new` where there was none before. */ readonly words: string };

const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' });
const wholePercent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' });
/** From here on a tenth of a percent says nothing. */
const wholeFrom = 1;

/** Null where there is no period before. */
export function changeOf(value: number, previous: number | null): Change | null {
  if (previous === null) return null;
  if (value === previous) return { direction: 'same', words: 'no change' };
  const direction = value > previous ? 'up' : 'down';
  if (previous === 0) return { direction, words: 'new' };
  const share = (value - previous) / previous;
  return { direction, words: (Math.abs(share) >= wholeFrom ? wholePercent : percent).format(share) };
}

export type ChangeMarkProps = {
  readonly value: number;
  readonly previous: number | null;
  /** Which direction is good; `none` where neither is. */
  readonly good: 'up' | 'down' | 'none';
};

const arrows = { up: 'M5 1.5 9 8.5H1z', down: 'M5 8.5 1 1.5h8z', same: 'M1 4h8v2H1z' } as const;

export function ChangeMark({ value, previous, good }: ChangeMarkProps) {
  const change = changeOf(value, previous);
  if (change === null || previous === null) return null;
  const { direction, words } = change;
  const tone = direction === 'same' || good === 'none' ? styles.neutral : direction === good ? styles.good : styles.bad;
  return (
    <span className={tone} title={`${formatCount(previous)} in the period before`}>
      <svg viewBox="0 0 10 10" width={9} height={9} aria-hidden="true"><path d={arrows[direction]} fill="currentColor" /></svg>
      <span>{words}</span>
    </span>
  );
}
