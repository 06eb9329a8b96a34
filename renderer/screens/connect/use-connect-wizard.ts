/** The state of the connect wizard: the draft, the step, the check, and what leads from one to the other. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { VaultState } from '../../../shared/contract';
import { useOperation } from '../../hooks/use-operation';
import type { Operation } from '../../hooks/use-operation';
import { useSync } from '../../hooks/use-sync';
import { keys } from '../../query-keys';
import { connectInput, emptyDraft } from './connect-draft';
import type { ConnectDraft, DraftField } from './connect-draft';
import { stepOfField, stepsFor } from './wizard';
import type { Step } from './wizard';

export type ConnectWizard = {
  readonly steps: readonly Step[];
  readonly step: Step;
  readonly draft: ConnectDraft;
  /** The field that gets the focus when its step opens; null for the step's first. */
  readonly focus: DraftField | null;
  /** Known after the check; empty before. */
  readonly tenant: string;
  readonly check: Operation<'tenant.check'>;
  readonly connect: Operation<'tenant.connect'>;
  /** Shown once, between Protect and Done. */
  readonly recoveryKey: string | null;
  readonly change: (changes: Partial<ConnectDraft>) => void;
  readonly go: (step: Step) => void;
  /** Opens the step of a field and puts the focus there. */
  readonly correct: (field: DraftField) => void;
  readonly startCheck: () => void;
  /** After a check that found no fault: the next step, or the connection itself. */
  readonly accept: () => void;
  readonly protectedBy: (recoveryKey: string) => void;
  /** Stores the connection; leads to Done. */
  readonly store: () => void;
};

/** The tenant that the check or the connection named; empty before. */
function tenantOf({ run: connected }: Operation<'tenant.connect'>, { run: checked }: Operation<'tenant.check'>): string {
  if (connected.kind === 'done') return connected.value.tenant;
  return checked.kind === 'done' ? checked.value.tenant : '';
}

export function useConnectWizard(vault: VaultState['state']): ConnectWizard {
  const cache = useQueryClient();
  // Setting up the vault opens it in the middle of the way; the steps stay as they were shown.
  const [steps] = useState(() => stepsFor(vault));
  const [at, setAt] = useState<{ readonly step: Step; readonly focus: DraftField | null }>({ step: 'domain', focus: null });
  const [draft, setDraft] = useState(emptyDraft);
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  const check = useOperation('tenant.check');
  const connect = useOperation('tenant.connect');
  const tenant = tenantOf(connect, check);
  const sync = useSync(tenant);
  const open = (step: Step, focus: DraftField | null = null): void => { setAt({ step, focus }); };
  const leaveCheck = (): void => { check.cancel(); check.reset(); connect.reset(); };
  const store = (): void => {
    void connect.start(connectInput(draft)).then(made => {
      if (made === null) return;
      setDraft(emptyDraft);
      setRecoveryKey(null);
      open('done');
      for (const queryKey of [keys.tenants, keys.syncStates, keys.tenant(made.tenant)]) void cache.invalidateQueries({ queryKey });
      // How it ends is told by the tenant's sync state, on this screen and on every other.
      sync.start().catch(() => undefined);
    });
  };
  return {
    steps, step: at.step, focus: at.focus, draft, check, connect, recoveryKey, tenant, store,
    change: changes => { setDraft(current => ({ ...current, ...changes })); },
    go: step => { leaveCheck(); open(step); },
    correct: field => { leaveCheck(); open(stepOfField(field), field); },
    startCheck: () => { connect.reset(); open('check'); void check.start(connectInput(draft)); },
    accept: () => { if (steps.includes('protect') && recoveryKey === null) open('protect'); else store(); },
    protectedBy: setRecoveryKey,
  };
}
