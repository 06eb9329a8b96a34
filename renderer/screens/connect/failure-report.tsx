/** Why a check or the connection failed, and the ways to put it right. */
import { RotateCw } from 'lucide-react';
import type { Failure } from '../../../shared/errors';
import { Button, ErrorPanel } from '../../components';
import { DashboardLink } from './application-help';
import { explainFailure, fieldNames } from './check-failure';
import { judgeDomain } from './connect-draft';
import styles from './connect.module.css';
import type { ConnectWizard } from './use-connect-wizard';

export type FailureReportProps = { readonly failure: Failure; readonly wizard: ConnectWizard; readonly onRetry: () => void };

export function FailureReport({ failure, wizard, onRetry }: FailureReportProps) {
  const { causes, field, section } = explainFailure(failure, wizard.draft);
  const domain = judgeDomain(wizard.draft);
  const actions = (
    <>
      {field !== null && <Button variant="primary" onClick={() => { wizard.correct(field); }}>Correct the {fieldNames[field]}</Button>}
      <Button icon={RotateCw} variant={field === null ? 'primary' : 'secondary'} onClick={onRetry}>Check again</Button>
    </>
  );
  return (
    <div className={styles.stack}>
      <ErrorPanel failure={failure} form="inline" safety="Nothing was stored." actions={actions} />
      {causes.length > 0 && (
        <section className={styles.group} aria-label="What it may be">
          <h3>What it may be</h3>
          <ul className={styles.causes}>{causes.map(cause => <li key={cause}>{cause}</li>)}</ul>
          {section !== null && domain.kind === 'auth0' && <p>Put it right in the dashboard: <DashboardLink domain={domain.domain} section={section}>{section === 'apis' ? 'APIs' : 'Applications'}</DashboardLink></p>}
        </section>
      )}
    </div>
  );
}
