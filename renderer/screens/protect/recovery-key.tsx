/** Shows a recovery key, this once, until somebody says that they have kept it. */
import { Printer } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Button, CheckboxField, CopyButton } from '../../components';
import styles from './protect.module.css';

/** What the printer draws instead of the page. */
function PrintSheet({ recoveryKey }: { readonly recoveryKey: string }) {
  return createPortal(
    <div className={styles.sheet} aria-hidden="true">
      <h1>Tenantscope recovery key</h1>
      <p>It opens the archive when the passphrase is forgotten or the keychain does not. Keep it where only you can reach it.</p>
      <p className={styles.sheetKey}>{recoveryKey}</p>
    </div>,
    document.body,
  );
}

export type RecoveryKeyProps = {
  readonly recoveryKey: string;
  /** Somebody said that they have kept it. */
  readonly onKept: () => void;
  /** The words on the button. Default: Continue. */
  readonly action?: string;
  readonly isBusy?: boolean;
};

export function RecoveryKey({ recoveryKey, onKept, action = 'Continue', isBusy = false }: RecoveryKeyProps) {
  const [kept, setKept] = useState(false);
  const box = useRef<HTMLElement>(null);
  useEffect(() => { box.current?.focus(); }, []);
  return (
    <div className={styles.form}>
      <p>This key opens the archive when the passphrase is forgotten or the keychain fails. It is shown now and never again: print it or put it into a password manager.</p>
      <div className={styles.key}>
        <code ref={box} tabIndex={-1} aria-label="Recovery key">{recoveryKey}</code>
        <div className={styles.actions}>
          <CopyButton text={recoveryKey} what="recovery key" form="words" />
          <Button icon={Printer} onClick={() => { window.print(); }}>Print</Button>
        </div>
      </div>
      <CheckboxField label="I have kept the recovery key" hint="Without it and without the passphrase nobody can open the archive." checked={kept} onChange={setKept} />
      <div className={styles.actions}><Button variant="primary" disabled={!kept} isBusy={isBusy} onClick={onKept}>{action}</Button></div>
      <PrintSheet recoveryKey={recoveryKey} />
    </div>
  );
}
