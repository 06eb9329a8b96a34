/** The intervals between syncs that can be chosen. */
import type { Option } from '../../components';

const offered: readonly number[] = [0, 5, 15, 30, 60, 360, 1440];

function words(minutes: number): string {
  if (minutes === 0) return 'Only when I ask';
  if (minutes === 1440) return 'Once a day';
  if (minutes === 60) return 'Every hour';
  return minutes % 60 === 0 ? `Every ${String(minutes / 60)} hours` : `Every ${String(minutes)} minutes`;
}

/** Those offered, and the present one where it was set elsewhere. */
export function intervalOptions(present: number): readonly Option[] {
  return [...new Set([...offered, present])].sort((a, b) => a - b).map(minutes => ({ value: String(minutes), label: words(minutes) }));
}
