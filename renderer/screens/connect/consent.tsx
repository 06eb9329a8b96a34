/** Asks a person to type a host's name before the client secret goes to it. */
import { Callout, TextField } from '../../components';
import styles from './connect.module.css';

export type ConsentProps = {
  /** Why it is asked, about this host. */
  readonly title: string;
  readonly host: string;
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (consent: string) => void;
  readonly inputRef: (input: HTMLInputElement | null) => void;
};

export function Consent({ title, host, value, error, onChange, inputRef }: ConsentProps) {
  return (
    <Callout tone="warning" title={title}>
      <p>Your client secret will be sent there. That is right for a custom domain or a private cloud of your own, and for nothing else.</p>
      <TextField label={`Type ${host} to confirm`} value={value} onChange={onChange} error={error} face="mono" autoComplete="off" spellCheck={false} className={styles.field} inputRef={inputRef} />
    </Callout>
  );
}
