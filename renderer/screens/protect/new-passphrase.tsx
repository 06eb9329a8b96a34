/** The two fields of a new passphrase, with a hint at its strength. */
import type { Ref } from 'react';
import { PasswordField } from '../../components';
import { judgePassphrase } from './passphrase';
import type { Problems } from './passphrase';
import styles from './protect.module.css';

export type NewPassphraseValue = { readonly passphrase: string; readonly repeated: string };

export type NewPassphraseProps = {
  /** Default: Passphrase. */
  readonly label?: string;
  readonly value: NewPassphraseValue;
  readonly onChange: (value: NewPassphraseValue) => void;
  /** Shown under the fields; null before somebody tried to go on. */
  readonly problems: Problems | null;
  readonly firstRef?: Ref<HTMLInputElement>;
};

export function NewPassphrase({ label = 'Passphrase', value, onChange, problems, firstRef }: NewPassphraseProps) {
  const strength = judgePassphrase(value.passphrase);
  const hint = (
    <span className={styles.strength}>
      <span className={styles.meter} data-level={strength.level} aria-hidden="true"><span style={{ width: `${String(strength.share * 100)}%` }} /></span>
      <span aria-live="polite">{strength.words}</span>
    </span>
  );
  return (
    <>
      <PasswordField label={label} value={value.passphrase} onChange={passphrase => { onChange({ ...value, passphrase }); }} hint={hint} error={problems?.passphrase ?? null}
        autoComplete="new-password" {...(firstRef === undefined ? {} : { inputRef: firstRef })} />
      <PasswordField label={`${label}, again`} value={value.repeated} onChange={repeated => { onChange({ ...value, repeated }); }} error={problems?.repeated ?? null} autoComplete="new-password" />
    </>
  );
}
