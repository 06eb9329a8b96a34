/** A row of a few short choices, one of which holds. */
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import styles from './segmented.module.css';

export type SegmentedProps<Value extends string> = {
  /** Its accessible name, shown before it where `labelPlace` is `before`. */
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Default: hidden. */
  readonly labelPlace?: 'hidden' | 'before';
};

export function Segmented<Value extends string>({ label, options, value, onChange, labelPlace = 'hidden' }: SegmentedProps<Value>) {
  return (
    <div className={styles.field}>
      {labelPlace === 'before' && <span className={styles.label} aria-hidden="true">{label}</span>}
      <RadioGroup aria-label={label} value={value} onValueChange={next => { onChange(next as Value); }} className={styles.group}>
        {options.map(option => <Radio.Root key={option.value} value={option.value} aria-label={option.label} className={styles.choice}>{option.label}</Radio.Root>)}
      </RadioGroup>
    </div>
  );
}
