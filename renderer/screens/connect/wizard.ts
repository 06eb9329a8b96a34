/** The steps of connecting a tenant and how one leads to the next. */
import type { VaultState } from '../../../shared/contract';
import type { DraftField } from './connect-draft';

export type Step = 'domain' | 'application' | 'check' | 'protect' | 'done';

export const stepTitles: Readonly<Record<Step, string>> = {
  domain: 'Domain', application: 'Application', check: 'Check', protect: 'Protect', done: 'Done',
};

/** Protect is a step only where the folder has no keys yet. */
export const stepsFor = (vault: VaultState['state']): readonly Step[] =>
  (vault === 'none' ? ['domain', 'application', 'check', 'protect', 'done'] : ['domain', 'application', 'check', 'done']);

/** The step on which a field stands. */
export const stepOfField = (field: DraftField): Step => (field === 'domain' || field === 'consent' ? 'domain' : 'application');
