/** The way in: the sample tenant, a tenant of one's own, or files; and the tenants that are there already. */
import { ChevronRight, FileInput, FlaskConical, Plug } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Address } from '../../address';
import { formatAddress, tenantOf, toScreen, toSettings, toTimeline } from '../../address';
import { ErrorPanel, LogText, Section, Skeleton } from '../../components';
import { sampleTenant, usePrepareTenant, useTenants } from '../../hooks/use-tenants';
import type { TenantEntry } from '../../hooks/use-tenants';
import { useVault } from '../../hooks/use-vault';
import { Page } from '../page';
import styles from './welcome.module.css';

type Way = { readonly to: Address; readonly icon: LucideIcon; readonly title: string; readonly text: string };

const ways: readonly Way[] = [
  { to: toTimeline(sampleTenant), icon: FlaskConical, title: 'Explore the sample tenant', text: 'A made-up tenant with months of logins, failures and an attack. No account, nothing stored.' },
  { to: toScreen('connect'), icon: Plug, title: 'Connect a tenant', text: 'Reads the log of your Auth0 tenant with an application that may only read.' },
  { to: toScreen('import'), icon: FileInput, title: 'Import files', text: 'JSON, JSON Lines or gzip from a log stream, an export or a script of your own.' },
];

function WayCard({ way: { to, icon: Icon, title, text } }: { readonly way: Way }) {
  const tenant = tenantOf(to);
  const prepareTenant = usePrepareTenant();
  const prepare = tenant === null ? undefined : () => { prepareTenant(tenant); };
  return (
    <a href={formatAddress(to)} className={styles.way} onPointerEnter={prepare} onFocus={prepare}>
      <Icon size={20} strokeWidth={1.5} aria-hidden="true" />
      <span className={styles.title}>{title}</span>
      <span className={styles.text}>{text}</span>
    </a>
  );
}

function TenantList({ tenants }: { readonly tenants: readonly TenantEntry[] }) {
  return (
    <ul className={styles.tenants}>
      {tenants.map(({ tenant, connected, inMemory }) => (
        <li key={tenant}>
          <a href={formatAddress(toTimeline(tenant))} className={styles.tenant}>
            <span className={styles.name}><LogText text={tenant} max={253} /></span>
            <span className={styles.kind}>{connected ? 'Connected' : 'Imported files'}{inMemory === true && ', in memory only'}</span>
            <ChevronRight size={14} aria-hidden="true" />
          </a>
        </li>
      ))}
    </ul>
  );
}

function Tenants() {
  const tenants = useTenants();
  const isNew = useVault().data?.state === 'none';
  if (tenants.error !== null) return <ErrorPanel failure={tenants.error} form="inline" onRetry={() => { void tenants.refetch(); }} isRetrying={tenants.isFetching} />;
  if (tenants.data === undefined) return <Skeleton height="36px" />;
  if (tenants.data.length > 0) return <Section title="Your tenants"><TenantList tenants={tenants.data} /></Section>;
  return isNew ? <p className={styles.restore}>Moving from another machine? <a href={formatAddress(toSettings('backup'))}>Restore a backup</a></p> : null;
}

export function WelcomeScreen() {
  return (
    <Page title="Tenantscope" text="It keeps the logs of your Auth0 tenants for good, on this machine, and answers questions about them offline." width="wide">
      <nav aria-label="Ways to begin" className={styles.ways}>{ways.map(way => <WayCard key={way.title} way={way} />)}</nav>
      <Tenants />
    </Page>
  );
}
