/** Chooses the time range: a relative one at a press, or days and times. */
import { Calendar, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button, classNames, Popover, TextField, useTimeFormat } from '../components';
import { relativeRangeLabels } from '../filters';
import type { Range, RelativeRange } from '../filters';
import { formOf, formProblem, rangeOfForm, rangeWords } from './range-form';
import type { RangeForm } from './range-form';
import styles from './range-picker.module.css';

export type RangePickerProps = { readonly range: Range; readonly timeZone: string; readonly onChange: (range: Range) => void };

const presets: readonly { readonly label: string; readonly range: Range }[] = [
  { label: 'All time', range: { kind: 'all' } },
  ...Object.entries(relativeRangeLabels).map(([range, label]) => ({ label, range: { kind: 'relative', range: range as RelativeRange } as const })),
];
const isSame = (a: Range, b: Range): boolean => a.kind === b.kind && (a.kind !== 'relative' || (b.kind === 'relative' && a.range === b.range));

function Presets({ range, onChange }: Omit<RangePickerProps, 'timeZone'>) {
  return (
    <div className={styles.presets} role="group" aria-label="Relative ranges">
      {presets.map(preset => (
        <button key={preset.label} type="button" className={classNames(styles.preset)} aria-pressed={isSame(preset.range, range)} onClick={() => { onChange(preset.range); }}>{preset.label}</button>
      ))}
    </div>
  );
}

function Days({ range, timeZone, onChange }: RangePickerProps) {
  const [form, setForm] = useState<RangeForm>(() => formOf(range, timeZone));
  const [tried, setTried] = useState<'no' | 'yes'>('no');
  const problem = formProblem(form, timeZone);
  const set = (name: keyof RangeForm) => (value: string): void => { setForm({ ...form, [name]: value }); };
  const submit = (): void => {
    setTried('yes');
    if (problem === null) onChange(rangeOfForm(form));
  };
  return (
    <form className={styles.days} onSubmit={event => { event.preventDefault(); submit(); }}>
      <div className={styles.pair}>
        <TextField type="date" label="From" value={form.fromDate} onChange={set('fromDate')} />
        <TextField type="time" label="From, time of day" labelPlace="hidden" value={form.fromTime} onChange={set('fromTime')} className={styles.time} />
      </div>
      <div className={styles.pair}>
        <TextField type="date" label="To" value={form.toDate} onChange={set('toDate')} />
        <TextField type="time" label="To, time of day" labelPlace="hidden" value={form.toTime} onChange={set('toTime')} className={styles.time} />
      </div>
      <p className={tried === 'yes' && problem !== null ? styles.problem : styles.hint} aria-live="polite">{tried === 'yes' && problem !== null ? problem : 'The last day counts whole unless a time is given.'}</p>
      <div className={styles.foot}><span>{timeZone}</span><Button type="submit" variant="primary">Apply</Button></div>
    </form>
  );
}

export function RangePicker({ range, timeZone, onChange }: RangePickerProps) {
  const [open, setOpen] = useState(false);
  const words = rangeWords(range, useTimeFormat(timeZone));
  const choose = (chosen: Range): void => {
    setOpen(false);
    onChange(chosen);
  };
  const trigger = <Button icon={Calendar} aria-label={`Time range: ${words}`}>{words}<ChevronDown size={14} aria-hidden="true" /></Button>;
  return (
    <Popover label="Time range" trigger={trigger} open={open} onOpenChange={setOpen} className={styles.popover}>
      <Presets range={range} onChange={choose} />
      <Days key={JSON.stringify([range, timeZone])} range={range} timeZone={timeZone} onChange={choose} />
    </Popover>
  );
}
