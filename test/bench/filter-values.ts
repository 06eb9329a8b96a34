/** Values to filter by, drawn from the events themselves: what is frequent in the log is frequent in the questions. */
import type { ExcludableField } from '../../shared/views/common-params';
import type { EventFile } from './event-file';
import type { Reader } from './reader';
import { facetsOf } from './reader';
import type { SeededRandom } from './seeded-random';

export type FilterName = ExcludableField;

/** The member of a raw event that a filter looks into. */
const members: Readonly<Partial<Record<FilterName, string>>> = {
  user: 'user_id', connection: 'connection', organization: 'organization_id', application: 'client_id', type: 'type', ip: 'ip',
  strategy: 'strategy', hostname: 'hostname',
};

export type DrawValue = (random: SeededRandom) => string;

const mostTries = 50;

/** Random events until one has the member. @throws Error when many in a row have none */
export function drawText(events: EventFile, random: SeededRandom, member: string): string {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const value = events.event(random.below(events.count))[member];
    if (typeof value === 'string' && value !== '') return value;
  }
  throw new Error(`hardly an event has ${member}`);
}

/** What no member holds is derived, has few values, and comes from its facets, each value as often as another. */
export async function valuesOf(reader: Reader, events: EventFile, filter: FilterName): Promise<DrawValue> {
  const member = members[filter];
  if (member !== undefined) return random => drawText(events, random, member);
  const { rows } = await reader.ask('view.read', facetsOf(filter));
  return random => String(rows[random.below(rows.length)]?.['value']);
}

/** The date of a random event, in milliseconds since 1970. */
export const drawInstant = (events: EventFile, random: SeededRandom): number => Date.parse(String(events.event(random.below(events.count))['date']));
