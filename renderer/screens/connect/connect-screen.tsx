/** The screen that connects a tenant, step by step; nothing is stored before all of it works. */
import { Info } from 'lucide-react';
import type { VaultState } from '../../../shared/contract';
import { EmptyState, ErrorPanel, SkeletonLines } from '../../components';
import { useAppInfo } from '../../hooks/use-app-info';
import { useVault } from '../../hooks/use-vault';
import { Page } from '../page';
import { ApplicationStep } from './application-step';
import { CheckStep } from './check-step';
import { DomainStep } from './domain-step';
import { DoneStep, ProtectStep } from './last-steps';
import { StepList } from './step-list';
import { useConnectWizard } from './use-connect-wizard';
import type { ConnectWizard } from './use-connect-wizard';

function CurrentStep({ wizard, vault }: { readonly wizard: ConnectWizard; readonly vault: VaultState }) {
  if (wizard.step === 'domain') return <DomainStep wizard={wizard} />;
  if (wizard.step === 'application') return <ApplicationStep wizard={wizard} />;
  if (wizard.step === 'check') return <CheckStep wizard={wizard} />;
  return wizard.step === 'protect' ? <ProtectStep wizard={wizard} vault={vault} /> : <DoneStep tenant={wizard.tenant} />;
}

function Wizard({ vault }: { readonly vault: VaultState }) {
  const wizard = useConnectWizard(vault.state);
  const canGoBack = wizard.step !== 'done' && wizard.recoveryKey === null && wizard.connect.run.kind !== 'running';
  return (
    <>
      <StepList steps={wizard.steps} current={wizard.step} onGo={canGoBack ? wizard.go : null} />
      <CurrentStep wizard={wizard} vault={vault} />
    </>
  );
}

function Content() {
  const vault = useVault();
  const info = useAppInfo();
  if (vault.error !== null) return <ErrorPanel failure={vault.error} onRetry={() => { void vault.refetch(); }} isRetrying={vault.isFetching} />;
  if (vault.data === undefined) return <SkeletonLines count={4} />;
  if (info.data?.canWrite === false) return <EmptyState icon={Info} title="This window can only read" text="Another Tenantscope is writing to this data folder. Close it, or connect the tenant there." />;
  return <Wizard vault={vault.data} />;
}

export function ConnectScreen() {
  const place = useVault().data?.state === 'memory' ? 'in memory only' : 'on this machine, encrypted';
  return <Page title="Connect a tenant" text={`Tenantscope reads the tenant’s log with an application of yours and keeps it ${place}.`}><Content /></Page>;
}
