/** The retentions that can be chosen, and when choosing one erases something. */
import type { Settings } from '../../../shared/contract';
import type { Option } from '../../components';

const offered: readonly number[] = [0, 30, 90, 180, 365, 730, 1_095, 2_555];

function words(days: number): string {
  if (days === 0) return 'For ever';
  const years = days / 365;
  if (!Number.isInteger(years)) return days === 1 ? '1 day' : `${String(days)} days`;
  return years === 1 ? '1 year' : `${String(years)} years`;
}

/** Those offered, and the present one where it was set elsewhere; the longest last but for ever, which is first. */
export function retentionOptions(present: number): readonly Option[] {
  return [...new Set([...offered, present])].sort((a, b) => a - b).map(days => ({ value: String(days), label: words(days) }));
}

/** 0 is for ever. */
export const retentionOf = ({ retention }: Pick<Settings, 'retention'>, tenant: string): number => (Object.hasOwn(retention, tenant) ? retention[tenant] ?? 0 : 0);

/** The whole setting with one tenant's changed. */
export function withRetention({ retention }: Pick<Settings, 'retention'>, tenant: string, days: number): Settings['retention'] {
  const others = Object.entries(retention).filter(([name]) => name !== tenant);
  return Object.fromEntries(days === 0 ? others : [...others, [tenant, days]]);
}

/** Whether less is kept than before. */
export const isShorter = (before: number, after: number): boolean => after > 0 && (before === 0 || after < before);

export const retentionWords = words;
