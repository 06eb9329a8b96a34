/** The second way for a new folder without a keychain: to store nothing, and keep tenants in memory until the program ends. */
import { useQueryClient } from '@tanstack/react-query';
import { MemoryStick } from 'lucide-react';
import { Button, ErrorPanel } from '../../components';
import { useOperation } from '../../hooks/use-operation';
import { keys } from '../../query-keys';
import styles from './protect.module.css';

export function HoldInMemory({ onHeld }: { readonly onHeld: () => void }) {
  const { run, start } = useOperation('vault.holdInMemory');
  const cache = useQueryClient();
  const hold = (): void => {
    void start({}).then(state => {
      if (state === null) return;
      cache.setQueryData(keys.vault, state);
      onHeld();
    });
  };
  return (
    <div className={styles.otherWay}>
      <p>Or store nothing: everything stays in memory, and closing Tenantscope loses it. A passphrase set before that keeps it.</p>
      {run.kind === 'failed' && <ErrorPanel failure={run.failure} form="inline" />}
      <div><Button icon={MemoryStick} isBusy={run.kind === 'running'} onClick={hold}>Keep it in memory only</Button></div>
    </div>
  );
}
