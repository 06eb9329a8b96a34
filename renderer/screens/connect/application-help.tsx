/** How to make an application for Tenantscope in Auth0's dashboard, with links to the pages it is done on. */
import { dashboardUrl, documentationPages } from '../../../shared/domain/outside-pages';
import type { DashboardSection } from '../../../shared/domain/outside-pages';
import styles from './connect.module.css';
import { OutsideLink } from './outside-link';
import { wantedScopes } from './scopes';

/** Where the domain tells the tenant, its page; else only the words. */
export function DashboardLink({ domain, section, children }: { readonly domain: string; readonly section: DashboardSection; readonly children: string }) {
  const url = dashboardUrl(domain, section);
  return url === null ? <strong>{children}</strong> : <OutsideLink href={url}>{children}</OutsideLink>;
}

export function ApplicationHelp({ domain }: { readonly domain: string }) {
  return (
    <ol className={styles.help}>
      <li>Open <DashboardLink domain={domain} section="applications">Applications</DashboardLink> in Auth0’s dashboard and create one of the kind <OutsideLink href={documentationPages['machine-to-machine']}>Machine to Machine</OutsideLink>.</li>
      <li>Authorise it for the Auth0 Management API. Later this is done under <DashboardLink domain={domain} section="apis">APIs</DashboardLink>, Auth0 Management API, Machine to Machine Applications.</li>
      <li>
        Tick <code>read:logs</code>, and what you like of the others. All of them only read.
        <details className={styles.scopesHelp}>
          <summary>What each scope is for</summary>
          <dl className={styles.scopes}>{wantedScopes.map(({ scope, purpose }) => <div key={scope}><dt><code>{scope}</code></dt><dd>{purpose}</dd></div>)}</dl>
        </details>
      </li>
      <li>Copy client ID and client secret from its Settings page to here.</li>
    </ol>
  );
}
