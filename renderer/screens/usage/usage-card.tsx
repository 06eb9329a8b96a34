/** One limited amount: this month so far, where the month will end, and how near that is to the plan's limit. */
import { Gauge, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button, Card, classNames, formatCount, TextField } from '../../components';
import type { Amount, AmountName } from './usage-amounts';
import { amountHints, amountLabels, readLimit, warningOf, warningWords } from './usage-amounts';
import styles from './usage.module.css';

const share = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });

function forecastWords({ forecast, low, high }: Amount): string {
  if (forecast === null || low === null || high === null) return 'No forecast: it needs four weeks of history, and for users three stretches as long as the month.';
  if (high === 0) return 'None in this month, and none expected by its end.';
  return `About ${formatCount(forecast)} by the month’s end; with 80% certainty ${formatCount(low)} to ${formatCount(high)}.`;
}

export type UsageCardProps = {
  readonly name: AmountName;
  readonly amount: Amount;
  /** `this month`, or `in March 2024`. */
  readonly month: string;
  /** The count as it is drawn. */
  readonly number: ReactNode;
  readonly onLimit: (limit: number | null) => void;
};

/** Counted, forecast and its interval on one line, with the limit as a mark. */
function Meter({ amount: { count, forecast, low, high, limit } }: { readonly amount: Amount }) {
  const end = Math.max(1, limit ?? 0, high ?? 0, count) * 1.05;
  const at = (value: number): string => `${String(Math.min(100, (100 * value) / end))}%`;
  return (
    <div className={styles.meter} aria-hidden="true">
      <span className={styles.counted} style={{ width: at(count) }} />
      {low !== null && high !== null && <span className={styles.interval} style={{ left: at(low), width: at(high - low) }} />}
      {forecast !== null && high !== 0 && <span className={styles.forecast} style={{ left: at(forecast) }} />}
      {limit !== null && <span className={styles.limit} style={{ left: at(limit) }} />}
    </div>
  );
}

function LimitField({ name, limit, onLimit }: { readonly name: AmountName; readonly limit: number | null; readonly onLimit: (limit: number | null) => void }) {
  const [text, setText] = useState<string | null>(null);
  const read = readLimit(text ?? '');
  if (text === null) {
    return <Button size="small" icon={Gauge} onClick={() => { setText(limit === null ? '' : String(limit)); }}>{limit === null ? 'Set the plan’s limit' : `Limit ${formatCount(limit)}`}</Button>;
  }
  const save = (): void => {
    if (read === undefined) return;
    onLimit(read);
    setText(null);
  };
  return (
    <form className={styles.limitForm} onSubmit={event => { event.preventDefault(); save(); }} onKeyDown={event => { if (event.key === 'Escape') setText(null); }}>
      <TextField label={`Limit of ${amountLabels[name].toLowerCase()} a month`} labelPlace="hidden" value={text} onChange={setText} autoFocus placeholder="No limit" {...(read === undefined ? { error: 'A whole number, or nothing.' } : {})} />
      <Button size="small" type="submit" disabled={read === undefined}>Save</Button>
    </form>
  );
}

export function UsageCard({ name, amount, month, number, onLimit }: UsageCardProps) {
  const warning = warningOf(amount);
  const { count, limit } = amount;
  return (
    <Card className={styles.card}>
      <h2 className={styles.name}>{amountLabels[name]}</h2>
      <p className={styles.count}>{number}<span className={styles.of}>{limit === null ? ` ${month}` : ` of ${formatCount(limit)} ${month}, ${share.format(count / limit)}`}</span></p>
      <Meter amount={amount} />
      <p className={styles.words}>{forecastWords(amount)}</p>
      {warning !== null && <p className={classNames(styles.warning, warning.share === 1 && styles.over)}><TriangleAlert size={14} aria-hidden="true" />{warningWords(warning)}</p>}
      <div className={styles.foot}><span className={styles.hint}>{amountHints[name]}</span><LimitField name={name} limit={limit} onLimit={onLimit} /></div>
    </Card>
  );
}
