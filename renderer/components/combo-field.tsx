/** A field to search a long list and choose several values, each with its count; or one. */
import { Combobox } from '@base-ui/react/combobox';
import { Check, ChevronDown, Search } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from './button';
import { Count } from './count';
import { FieldFrame } from './field';
import type { FieldFrameProps } from './field';
import field from './field.module.css';
import { LogText } from './log-text';
import popup from './popup.module.css';
import { Spinner } from './spinner';

export type ComboOption = {
  readonly value: string;
  readonly label: string;
  /** How many events have it. */
  readonly count?: number;
  /** Muted, behind the label; searched too. */
  readonly detail?: string;
};

type PickerProps = {
  readonly label: string;
  readonly options: readonly ComboOption[];
  readonly state?: 'ready' | 'loading';
  /** What an empty list says. */
  readonly emptyText?: string;
  readonly onOpenChange?: (open: boolean) => void;
};

export type ComboPickerProps = PickerProps & {
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  /** The button that opens the list. */
  readonly trigger: ReactElement<Record<string, unknown>>;
};

/** Values that are chosen and not listed (any more) are listed too, so that they can be taken away. */
const withChosen = (options: readonly ComboOption[], values: readonly string[]): readonly ComboOption[] =>
  [...values.filter(value => !options.some(option => option.value === value)).map(value => ({ value, label: value })), ...options];

const matches = (option: ComboOption, query: string): boolean => {
  const sought = query.trim().toLocaleLowerCase();
  return [option.label, option.detail ?? '', option.value].some(text => text.toLocaleLowerCase().includes(sought));
};

function Item({ option }: { readonly option: ComboOption }) {
  return (
    <Combobox.Item value={option} className={popup.item}>
      <span className={popup.mark}><Combobox.ItemIndicator><Check size={14} aria-hidden="true" /></Combobox.ItemIndicator></span>
      <span className={popup.label}><LogText text={option.label} max={300} /></span>
      {option.detail !== undefined && <span className={popup.count}><LogText text={option.detail} max={300} /></span>}
      {option.count !== undefined && <span className={popup.count}><Count value={option.count} /></span>}
    </Combobox.Item>
  );
}

function List({ label, state = 'ready', emptyText = 'Nothing matches.' }: Omit<PickerProps, 'options'>) {
  return (
    <>
      <div className={popup.search}>
        <Search size={14} aria-hidden="true" />
        <Combobox.Input placeholder={`Search ${label.toLowerCase()}`} aria-label={`Search ${label.toLowerCase()}`} />
        {state === 'loading' && <Spinner size={14} label="Loading" />}
      </div>
      <Combobox.Empty className={popup.empty}>{state === 'loading' ? 'Loading…' : emptyText}</Combobox.Empty>
      <Combobox.List className={popup.list}>{(option: ComboOption) => <Item key={option.value} option={option} />}</Combobox.List>
    </>
  );
}

const sameValue = (a: ComboOption, b: ComboOption): boolean => a.value === b.value;

/** Several values, opened by a button of your own: for filter bars. */
export function ComboPicker({ values, onChange, trigger, options, onOpenChange, ...list }: ComboPickerProps) {
  const all = withChosen(options, values);
  return (
    <Combobox.Root multiple items={all} value={all.filter(option => values.includes(option.value))} isItemEqualToValue={sameValue} filter={matches}
      onValueChange={(chosen: ComboOption[]) => { onChange(chosen.map(option => option.value)); }} onOpenChange={open => { onOpenChange?.(open); }}>
      <Combobox.Trigger aria-label={list.label} render={trigger} />
      <Combobox.Portal>
        <Combobox.Positioner className={popup.positioner} sideOffset={4} align="start">
          <Combobox.Popup className={popup.popup} aria-label={list.label}>
            <List {...list} />
            {values.length > 0 && <div className={popup.footer}><Button size="small" variant="quiet" onClick={() => { onChange([]); }}>Clear selection</Button></div>}
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

export type ComboSinglePickerProps = PickerProps & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The button that opens the list. */
  readonly trigger: ReactElement<Record<string, unknown>>;
};

/** One value, opened by a button of your own. */
export function ComboSinglePicker({ value, onChange, trigger, options, onOpenChange, ...list }: ComboSinglePickerProps) {
  const all = withChosen(options, value === '' ? [] : [value]);
  return (
    <Combobox.Root items={all} value={all.find(option => option.value === value) ?? null} isItemEqualToValue={sameValue} filter={matches}
      onValueChange={(next: ComboOption | null) => { if (next !== null) onChange(next.value); }} onOpenChange={open => { onOpenChange?.(open); }}>
      <Combobox.Trigger aria-label={list.label} render={trigger} />
      <Combobox.Portal>
        <Combobox.Positioner className={popup.positioner} sideOffset={4} align="start">
          <Combobox.Popup className={popup.popup} aria-label={list.label}><List {...list} /></Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

export type ComboFieldProps = FieldFrameProps & Omit<PickerProps, 'label'> & {
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** One value of a long list, as a form field: a time zone, say. */
export function ComboField({ label, options, value, onChange, state, emptyText, onOpenChange, ...frame }: ComboFieldProps) {
  const chosen = options.find(option => option.value === value)?.label ?? value;
  const trigger = (
    <button type="button" className={field.control} aria-label={`${label}: ${chosen === '' ? 'none' : chosen}`}>
      <span className={popup.triggerText}>{chosen}</span>
      <ChevronDown size={14} className={popup.chevron} aria-hidden="true" />
    </button>
  );
  return (
    <FieldFrame label={label} {...frame}>
      <ComboSinglePicker label={label} options={options} value={value} onChange={onChange} trigger={trigger} {...{ state, emptyText, onOpenChange } as Partial<PickerProps>} />
    </FieldFrame>
  );
}
