/** Fields for a line of text, and for a secret that can be shown. */
import { Field } from '@base-ui/react/field';
import type { LucideIcon } from 'lucide-react';
import { Eye, EyeOff, X } from 'lucide-react';
import type { ComponentProps, KeyboardEvent, ReactNode, Ref } from 'react';
import { useState } from 'react';
import { classNames } from './class-names';
import { FieldFrame } from './field';
import type { FieldFrameProps } from './field';
import styles from './field.module.css';

type Native = Pick<ComponentProps<'input'>, 'placeholder' | 'autoComplete' | 'autoFocus' | 'disabled' | 'name' | 'spellCheck' | 'maxLength' | 'onBlur' | 'required' | 'min' | 'max' | 'id'>;

export type TextFieldProps = FieldFrameProps & Native & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'search' | 'date' | 'time' | 'datetime-local';
  /** Ids, hosts and addresses are set in the monospace face. Default: text. */
  readonly face?: 'text' | 'mono';
  readonly icon?: LucideIcon;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  /** Shown inside the control at its end. */
  readonly end?: ReactNode;
};

export function TextField(props: TextFieldProps) {
  const { label, hint, error, labelPlace, className, value, onChange, type = 'text', face = 'text', icon: Icon, inputRef, end, ...native } = props;
  return (
    <FieldFrame label={label} {...{ hint, error, labelPlace, className } as Partial<FieldFrameProps>}>
      <span className={styles.control}>
        {Icon !== undefined && <span className={styles.affix}><Icon size={14} aria-hidden="true" /></span>}
        <Field.Control {...native} type={type} value={value} onValueChange={onChange} {...(inputRef === undefined ? {} : { ref: inputRef })}
          className={classNames(styles.bare, face === 'mono' && styles.mono)} />
        {type === 'search' && value !== '' && <button type="button" className={styles.inset} aria-label={`Clear ${label.toLowerCase()}`} onClick={() => { onChange(''); }}><X size={14} aria-hidden="true" /></button>}
        {end}
      </span>
    </FieldFrame>
  );
}

export type PasswordFieldProps = Omit<TextFieldProps, 'type' | 'face' | 'icon' | 'end'>;

/** A secret: hidden until it is asked to show; never offered to spell checkers. */
export function PasswordField(props: PasswordFieldProps) {
  const { label, hint, error, labelPlace, className, value, onChange, inputRef, autoComplete = 'off', ...native } = props;
  const [shown, setShown] = useState<'hidden' | 'shown'>('hidden');
  const Icon = shown === 'shown' ? EyeOff : Eye;
  return (
    <FieldFrame label={label} {...{ hint, error, labelPlace, className } as Partial<FieldFrameProps>}>
      <span className={styles.control}>
        <Field.Control {...native} autoComplete={autoComplete} spellCheck={false} autoCapitalize="off" type={shown === 'shown' ? 'text' : 'password'} value={value} onValueChange={onChange}
          {...(inputRef === undefined ? {} : { ref: inputRef })} className={classNames(styles.bare, styles.mono)} />
        <button type="button" className={styles.inset} aria-label={shown === 'shown' ? `Hide ${label.toLowerCase()}` : `Show ${label.toLowerCase()}`}
          onClick={() => { setShown(shown === 'shown' ? 'hidden' : 'shown'); }}>
          <Icon size={14} aria-hidden="true" />
        </button>
      </span>
    </FieldFrame>
  );
}
