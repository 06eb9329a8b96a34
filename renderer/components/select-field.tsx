/** A field to choose one of a few known values. */
import { Select } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { FieldFrame } from './field';
import type { FieldFrameProps } from './field';
import field from './field.module.css';
import popup from './popup.module.css';

export type Option<Value extends string = string> = {
  readonly value: Value;
  readonly label: string;
  /** A second line in the list. */
  readonly detail?: string;
};

export type SelectFieldProps<Value extends string> = FieldFrameProps & {
  readonly options: readonly Option<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
};

function Item({ option }: { readonly option: Option }) {
  return (
    <Select.Item value={option.value} className={popup.item}>
      <span className={popup.mark}><Select.ItemIndicator><Check size={14} aria-hidden="true" /></Select.ItemIndicator></span>
      <span className={popup.label}>
        <Select.ItemText>{option.label}</Select.ItemText>
        {option.detail !== undefined && <span className={popup.detail}>{option.detail}</span>}
      </span>
    </Select.Item>
  );
}

export function SelectField<Value extends string>({ options, value, onChange, disabled = false, ...frame }: SelectFieldProps<Value>) {
  return (
    <FieldFrame {...frame}>
      <Select.Root items={options} value={value} disabled={disabled} onValueChange={next => { if (next !== null) onChange(next); }}>
        <Select.Trigger className={field.control} aria-label={frame.label}>
          <Select.Value className={popup.triggerText} />
          <Select.Icon className={popup.chevron}><ChevronDown size={14} aria-hidden="true" /></Select.Icon>
        </Select.Trigger>
        <Select.Portal>
          <section aria-label={frame.label}>
            <Select.Positioner className={popup.positioner} sideOffset={4} alignItemWithTrigger={false}>
              <Select.Popup className={popup.popup}>
                <Select.List className={popup.list}>{options.map(option => <Item key={option.value} option={option} />)}</Select.List>
              </Select.Popup>
            </Select.Positioner>
          </section>
        </Select.Portal>
      </Select.Root>
    </FieldFrame>
  );
}
