/** How long each tenant's log is kept, and erasing a tenant for good. */
import { useState } from 'react';
import type { Settings } from '../../../shared/contract';
import { ConfirmDialog, ErrorPanel, LogText, Section, SelectField, Skeleton } from '../../components';
import { useTenants } from '../../hooks/use-tenants';
import { ForgetTenant } from './forget-tenant';
import { isShorter, retentionOf, retentionOptions, retentionWords, withRetention } from './retention';
import { SavedSection } from './saved-section';
import styles from './settings.module.css';
import { useSave } from './use-save';

type Choice = { readonly tenant: string; readonly days: number };

function Retention({ settings, tenants }: { readonly settings: Settings; readonly tenants: readonly string[] }) {
  const save = useSave();
  const [asked, setAsked] = useState<Choice | null>(null);
  const apply = ({ tenant, days }: Choice): void => {
    setAsked(null);
    save.save({ retention: withRetention(settings, tenant, days) });
  };
  const choose = (choice: Choice): void => {
    if (isShorter(retentionOf(settings, choice.tenant), choice.days)) setAsked(choice);
    else apply(choice);
  };
  return (
    <SavedSection title="Retention" text="What is older is erased each night, and soon after Tenantscope starts. The coverage then shows it as purged by policy, not as a gap." save={save}>
      {tenants.map(tenant => (
        <SelectField key={tenant} label={`Keep the log of ${tenant}`} options={retentionOptions(retentionOf(settings, tenant))} value={String(retentionOf(settings, tenant))}
          onChange={days => { choose({ tenant, days: Number(days) }); }} className={styles.field} />
      ))}
      {asked !== null && (
        <ConfirmDialog open onClose={() => { setAsked(null); }} title="Erase what is older?" action={`Keep ${retentionWords(asked.days)}`} onConfirm={() => { apply(asked); }}
          description={<>Events of <LogText text={asked.tenant} max={253} /> older than {retentionWords(asked.days)} will be erased in the next night. Auth0 may have them no more.</>} />
      )}
    </SavedSection>
  );
}

export function StoredDataSection({ settings }: { readonly settings: Settings }) {
  const tenants = useTenants();
  if (tenants.error !== null) return <ErrorPanel failure={tenants.error} form="inline" onRetry={() => { void tenants.refetch(); }} isRetrying={tenants.isFetching} />;
  if (tenants.data === undefined) return <Skeleton height="96px" />;
  if (tenants.data.length === 0) return <Section title="Stored data"><p className={styles.muted}>Nothing is stored yet.</p></Section>;
  return (
    <>
      <Retention settings={settings} tenants={tenants.data.map(({ tenant }) => tenant)} />
      <Section title="Forget a tenant" text="Destroys the key of its archive first, then every file of it, and its client secret. Backups and exports you made stay where they are.">
        {tenants.data.map(entry => <ForgetTenant key={entry.tenant} tenant={entry.tenant} />)}
      </Section>
    </>
  );
}
