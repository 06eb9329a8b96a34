/** Erases one tenant, after its name was typed. */
import { useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, ConfirmDialog, ErrorPanel, LogText, useToasts } from '../../components';
import { useOperation } from '../../hooks/use-operation';
import { keys } from '../../query-keys';
import styles from './settings.module.css';

function useForget(tenant: string) {
  const cache = useQueryClient();
  const toasts = useToasts();
  const { run, start } = useOperation('tenant.forget');
  const forget = (): void => {
    void start({ tenant }).then(done => {
      if (done === null) return;
      cache.removeQueries({ queryKey: keys.tenant(tenant) });
      toasts.show({ title: `${tenant} is erased`, tone: 'success' });
      void Promise.all([cache.invalidateQueries({ queryKey: keys.tenants }), cache.invalidateQueries({ queryKey: keys.syncStates }), cache.invalidateQueries({ queryKey: keys.settings })]);
    });
  };
  return { run, forget };
}

export function ForgetTenant({ tenant }: { readonly tenant: string }) {
  const [dialog, setDialog] = useState<'open' | 'closed'>('closed');
  const { run, forget } = useForget(tenant);
  return (
    <div className={styles.forget}>
      <LogText text={tenant} max={253} />
      <Button variant="danger" icon={Trash2} isBusy={run.kind === 'running'} onClick={() => { setDialog('open'); }} aria-label={`Forget ${tenant}`}>Forget</Button>
      {run.kind === 'failed' && <ErrorPanel failure={run.failure} form="inline" />}
      <ConfirmDialog open={dialog === 'open'} onClose={() => { setDialog('closed'); }} title={`Forget ${tenant}?`} typed={tenant} action="Erase for good"
        description="Everything stored of it is erased: events, settings, client secret. Nothing brings it back." onConfirm={() => {
          setDialog('closed');
          forget();
        }} />
    </div>
  );
}
