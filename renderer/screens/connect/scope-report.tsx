/** What the application was granted: what helps, what is missed, and what should be taken away again. */
import { CircleCheck, CircleDashed } from 'lucide-react';
import type { TenantScopes } from '../../../shared/contract';
import { Callout, LogText } from '../../components';
import { DashboardLink } from './application-help';
import styles from './connect.module.css';
import { judgeScopes } from './scopes';
import type { ScopeLine } from './scopes';

function Lines({ lines, state }: { readonly lines: readonly ScopeLine[]; readonly state: 'granted' | 'missing' }) {
  const Icon = state === 'granted' ? CircleCheck : CircleDashed;
  return (
    <ul className={styles.scopeLines}>
      {lines.map(({ scope, purpose }) => (
        <li key={scope} data-state={state}><Icon size={14} aria-hidden="true" /><code><LogText text={scope} max={200} /></code><span className={styles.muted}>{purpose}</span></li>
      ))}
    </ul>
  );
}

function Excess({ scopes, domain }: { readonly scopes: readonly string[]; readonly domain: string }) {
  return (
    <Callout tone="danger" title={scopes.length === 1 ? 'One scope is more than an archive needs' : `${String(scopes.length)} scopes are more than an archive needs`}>
      <p>Whoever gets hold of this client secret could change your tenant or read its secrets. Tenantscope only reads.</p>
      <p className={styles.scopeList}>{scopes.map(scope => <code key={scope}><LogText text={scope} max={200} /></code>)}</p>
      <p>To narrow it: open <DashboardLink domain={domain} section="apis">APIs</DashboardLink>, Auth0 Management API, Machine to Machine Applications, clear these ticks, press Update, and check again. You can also go on.</p>
    </Callout>
  );
}

export function ScopeReportView({ scopes, domain }: { readonly scopes: TenantScopes; readonly domain: string }) {
  const { granted, missing, excessive, unused } = judgeScopes(scopes);
  return (
    <div className={styles.stack}>
      {excessive.length > 0 && <Excess scopes={excessive} domain={domain} />}
      <section className={styles.group} aria-label="Granted"><h3>Granted</h3><Lines lines={granted} state="granted" /></section>
      {missing.length > 0 && (
        <section className={styles.group} aria-label="Not granted">
          <h3>Not granted</h3>
          <Lines lines={missing} state="missing" />
          <p className={styles.muted}>You can go on without these and grant them later.</p>
        </section>
      )}
      {unused.length > 0 && <p className={styles.muted}>Of no use here: {unused.map((scope, index) => <span key={scope}>{index > 0 && ', '}<code><LogText text={scope} max={200} /></code></span>)}</p>}
    </div>
  );
}
