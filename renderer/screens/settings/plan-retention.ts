/** How long Auth0 keeps a tenant's log, by plan, as it can be chosen. */
import type { Settings } from '../../../shared/contract';
import { planRetentionOf, shortestPlanRetention } from '../../../shared/settings';
import type { Option } from '../../components';

/** @see https://auth0.com/docs/deploy-monitor/logs/log-data-retention */
const plans: Readonly<Record<number, string>> = { 1: 'Free, or not known', 2: 'Essentials, in earlier contracts', 5: 'Essentials', 10: 'Professional', 30: 'Enterprise' };

const daysWords = (days: number): string => (days === 1 ? '1 day' : `${String(days)} days`);

/** Those of the plans, and the present one where it is another. */
export function planRetentionOptions(present: number): readonly Option[] {
  const days = [...new Set([...Object.keys(plans).map(Number), present])].sort((a, b) => a - b);
  return days.map(value => ({ value: String(value), label: plans[value] === undefined ? daysWords(value) : `${daysWords(value)} (${plans[value]})` }));
}

/** The whole setting with one tenant's changed; the shortest is what holds without an entry. */
export function withPlanRetention({ planRetention }: Pick<Settings, 'planRetention'>, tenant: string, days: number): Settings['planRetention'] {
  const others = Object.entries(planRetention).filter(([name]) => name !== tenant);
  return Object.fromEntries(days === shortestPlanRetention ? others : [...others, [tenant, days]]);
}

/** After how long of failing syncs somebody is told: a quarter of the retention. */
export function patienceWords(settings: Pick<Settings, 'planRetention'>, tenant: string): string {
  const hours = planRetentionOf(settings, tenant) * 6;
  return hours < 48 ? `${String(hours)} hours` : daysWords(hours / 24);
}
