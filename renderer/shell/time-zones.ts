/** The time zones a person can choose, with what they add to UTC. */
import type { ComboOption } from '../components';

function offsetWords(timeZone: string): string {
  const part = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts().find(({ type }) => type === 'timeZoneName');
  return part === undefined || part.value === 'GMT' ? 'UTC+00:00' : part.value.replace('GMT', 'UTC');
}

/** Every zone this browser knows; the usual ones and UTC come first. */
export function timeZoneOptions(first: readonly string[]): readonly ComboOption[] {
  const names = new Set([...first, 'UTC', ...Intl.supportedValuesOf('timeZone')]);
  return [...names].map(name => ({ value: name, label: name.replaceAll('_', ' '), detail: offsetWords(name) }));
}
