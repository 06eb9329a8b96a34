/** The third step: tries domain, credentials and scopes, and tells what came of it. */
import { CircleCheck } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button, ProgressBar } from '../../components';
import { judgeDomain } from './connect-draft';
import styles from './connect.module.css';
import { FailureReport } from './failure-report';
import { ScopeReportView } from './scope-report';
import { StepFrame } from './step-frame';
import type { ConnectWizard } from './use-connect-wizard';

function Running({ wizard }: { readonly wizard: ConnectWizard }) {
  const stop = useRef<HTMLButtonElement>(null);
  useEffect(() => { stop.current?.focus(); }, []);
  return (
    <div className={styles.running} role="status">
      <ProgressBar label={`Asking ${judgeDomain(wizard.draft).kind === 'invalid' ? 'the tenant' : wizard.draft.domain.trim()} for a token`} labelPlace="above" value={null} />
      <div><Button ref={stop} onClick={() => { wizard.go('application'); }}>Stop</Button></div>
    </div>
  );
}

export function CheckStep({ wizard }: { readonly wizard: ConnectWizard }) {
  const { check, connect, draft, steps } = wizard;
  const domain = judgeDomain(draft);
  const back = (): void => { wizard.go('application'); };
  if (connect.run.kind === 'failed') return <StepFrame key="connect" title="It could not be connected" onBack={back}><FailureReport failure={connect.run.failure} wizard={wizard} onRetry={wizard.store} /></StepFrame>;
  if (check.run.kind === 'failed') return <StepFrame key="failed" title="The check did not succeed" onBack={back}><FailureReport failure={check.run.failure} wizard={wizard} onRetry={wizard.startCheck} /></StepFrame>;
  if (check.run.kind !== 'done') return <StepFrame key="running" title="Checking" text="Nothing is stored until everything works."><Running wizard={wizard} /></StepFrame>;
  const { tenant, scopes } = check.run.value;
  return (
    <StepFrame key="done" title="The log can be read" onBack={back} extra={<Button variant="quiet" onClick={wizard.startCheck}>Check again</Button>} onSubmit={wizard.accept} isBusy={connect.run.kind === 'running'} action={steps.includes('protect') && wizard.recoveryKey === null ? 'Continue' : 'Connect'}>
      <p className={styles.good}><CircleCheck size={14} aria-hidden="true" /><span><strong>{tenant}</strong> answered, and the credentials are right.</span></p>
      <ScopeReportView scopes={scopes} domain={domain.kind === 'auth0' ? domain.domain : ''} />
    </StepFrame>
  );
}
