/** How long Auth0 keeps each connected tenant's log: after a quarter of that, failing syncs are told of. */
import type { Settings } from '../../../shared/contract';
import { planRetentionOf } from '../../../shared/settings';
import { SelectField } from '../../components';
import { useTenants } from '../../hooks/use-tenants';
import { patienceWords, planRetentionOptions, withPlanRetention } from './plan-retention';
import { SavedSection } from './saved-section';
import styles from './settings.module.css';
import { useSave } from './use-save';

const text = 'By the tenant’s plan. When syncs have failed for a quarter of it, the desktop application says so in a notification, while there is time. Nobody but you can say which plan it is: without a choice, the shortest counts.';

export function PlanSection({ settings }: { readonly settings: Settings }) {
  const plan = useSave();
  const connected = (useTenants().data ?? []).filter(entry => entry.connected);
  if (connected.length === 0) return null;
  return (
    <SavedSection title="How long Auth0 keeps the log" text={text} save={plan}>
      {connected.map(({ tenant }) => (
        <SelectField key={tenant} label={`Auth0 keeps the log of ${tenant}`} hint={`Told after ${patienceWords(settings, tenant)} of failing syncs.`} options={planRetentionOptions(planRetentionOf(settings, tenant))}
          value={String(planRetentionOf(settings, tenant))} onChange={days => { plan.save({ planRetention: withPlanRetention(settings, tenant, Number(days)) }); }} className={styles.field} />
      ))}
    </SavedSection>
  );
}
