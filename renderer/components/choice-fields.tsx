/** Fields to switch something on, tick it, or choose one of a few described ways. */
import { Checkbox } from '@base-ui/react/checkbox';
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { Switch } from '@base-ui/react/switch';
import { Check, Minus } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './choice-fields.module.css';

type Labelled = { readonly label: ReactNode; readonly hint?: ReactNode; readonly disabled?: boolean };

export type SwitchFieldProps = Labelled & { readonly checked: boolean; readonly onChange: (checked: boolean) => void };

function Words({ id, label, hint }: { readonly id: string; readonly label: ReactNode; readonly hint?: ReactNode }) {
  return (
    <span className={styles.words}>
      <span id={id} className={styles.label}>{label}</span>
      {hint !== undefined && <span id={`${id}-hint`} className={styles.hint}>{hint}</span>}
    </span>
  );
}

const described = (id: string, hint: ReactNode) => ({ 'aria-labelledby': id, ...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` }) });

/** Takes effect at once. */
export function SwitchField({ label, hint, disabled = false, checked, onChange }: SwitchFieldProps) {
  const id = useId();
  return (
    <label className={styles.row}>
      <Switch.Root checked={checked} disabled={disabled} onCheckedChange={next => { onChange(next); }} className={styles.switch} {...described(id, hint)}>
        <Switch.Thumb className={styles.thumb} />
      </Switch.Root>
      <Words id={id} label={label} hint={hint} />
    </label>
  );
}

export type CheckboxFieldProps = Labelled & {
  /** `mixed`: some of what it stands for. */
  readonly checked: boolean | 'mixed';
  readonly onChange: (checked: boolean) => void;
};

export function CheckboxField({ label, hint, disabled = false, checked, onChange }: CheckboxFieldProps) {
  const id = useId();
  return (
    <label className={styles.row}>
      <Checkbox.Root checked={checked === true} indeterminate={checked === 'mixed'} disabled={disabled} onCheckedChange={next => { onChange(next); }} className={styles.box} {...described(id, hint)}>
        <Checkbox.Indicator className={styles.tick}>{checked === 'mixed' ? <Minus size={12} aria-hidden="true" /> : <Check size={12} strokeWidth={3} aria-hidden="true" />}</Checkbox.Indicator>
      </Checkbox.Root>
      <Words id={id} label={label} hint={hint} />
    </label>
  );
}

export type RadioCard<Value extends string> = { readonly value: Value; readonly label: string; readonly hint?: ReactNode; readonly icon?: LucideIcon; readonly disabled?: boolean };

export type RadioCardsProps<Value extends string> = {
  readonly label: string;
  readonly options: readonly RadioCard<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  /** Default: column. */
  readonly direction?: 'row' | 'column';
};

function OneCard({ option: { value, label, hint, icon: Icon, disabled = false } }: { readonly option: RadioCard<string> }) {
  const id = useId();
  return (
    <label className={styles.card}>
      <Radio.Root value={value} disabled={disabled} className={styles.radio} {...described(id, hint)}><Radio.Indicator className={styles.dot} /></Radio.Root>
      <Words id={id} label={label} hint={hint} />
      {Icon !== undefined && <Icon size={16} className={styles.icon} aria-hidden="true" />}
    </label>
  );
}

export function RadioCards<Value extends string>({ label, options, value, onChange, direction = 'column' }: RadioCardsProps<Value>) {
  return (
    <RadioGroup aria-label={label} value={value} onValueChange={next => { onChange(next as Value); }} className={direction === 'row' ? styles.cardsRow : styles.cards}>
      {options.map(option => <OneCard key={option.value} option={option} />)}
    </RadioGroup>
  );
}
