/** Measures pages of the audit timeline: the first and one deep in the log, without a filter and with each single one. */
import { excludableFields } from '../../shared/views/common-params';
import type { EventFile } from './event-file';
import type { FilterName } from './filter-values';
import { drawInstant, drawText, valuesOf } from './filter-values';
import type { Allowance, Measurement } from './measurement';
import { repeated, timed } from './measurement';
import type { Params, Reader } from './reader';
import { timeline } from './reader';
import type { SeededRandom } from './seeded-random';
import { seededRandom } from './seeded-random';

const pageAllowance: Allowance = { atLeast: 60, atMost: 150, budgetMs: 1_500 };
const seldomAllowance: Allowance = { atLeast: 20, atMost: 100, budgetMs: 1_000 };
const textAllowance: Allowance = { atLeast: 5, atMost: 150, budgetMs: 2_000 };
/** Not counted: the code of a page that nobody has asked for yet is slow in its own way, and start is measured by itself. */
const warmUp: Allowance = { atLeast: 1, atMost: 40, budgetMs: 300 };

type Place = 'first' | 'deep';
type Draw = (random: SeededRandom) => Params;
type Kind = { readonly id: string; readonly what: string; readonly draw: Draw; readonly place: Place; readonly allowance: Allowance };

/** One page; drawing the question and, for a deep page, its token are not timed. */
async function askPage(reader: Reader, events: EventFile, { params, place, random }: { readonly params: Params; readonly place: Place; readonly random: SeededRandom }): Promise<number> {
  const page = place === 'first' ? {} : { page: await reader.pageBehind(params, drawInstant(events, random)) };
  return timed(() => reader.ask('view.read', { ...timeline(params), ...page }));
}

async function measureKind(reader: Reader, events: EventFile, { id, what, draw, place, allowance }: Kind): Promise<Measurement> {
  const random = seededRandom(7);
  const ask = (): Promise<number> => askPage(reader, events, { params: draw(random), place, random });
  await repeated(warmUp, ask);
  return { id, what, unit: 'ms', samples: await repeated(allowance, ask) };
}

const places: readonly { readonly place: Place; readonly what: string }[] = [{ place: 'first', what: 'first page' }, { place: 'deep', what: 'deep page' }];

/** What most questions filter by; the others get fewer runs where they are slow. */
const frequent: readonly FilterName[] = ['user', 'connection', 'organization', 'application', 'type', 'outcome', 'ip'];

type Filtered = { readonly key: string; readonly draw: Draw; readonly allowance: Allowance };

export async function measurePages(reader: Reader, events: EventFile): Promise<readonly Measurement[]> {
  const filtered = await Promise.all(excludableFields.map(async (filter): Promise<Filtered> => {
    const value = await valuesOf(reader, events, filter);
    return { key: filter, draw: random => ({ [filter]: [value(random)] }), allowance: frequent.includes(filter) ? pageAllowance : seldomAllowance };
  }));
  const all: readonly Filtered[] = [{ key: 'no filter', draw: () => ({}), allowance: pageAllowance }, ...filtered];
  const measurements: Measurement[] = [];
  for (const { place, what } of places) {
    for (const { key, ...one } of all) measurements.push(await measureKind(reader, events, { id: `page.${place}.${key.replace(' ', '-')}`, what: `${what}, ${key}`, place, ...one }));
  }
  return measurements;
}

const absent = 'no such text anywhere';
const nameOf = (events: EventFile, random: SeededRandom): string => drawText(events, random, 'user_name').split('@', 1)[0] ?? '';

/** What people type into a search box; each finds its first page. */
export async function measureTextSearch(reader: Reader, events: EventFile): Promise<readonly Measurement[]> {
  const texts: readonly { readonly key: string; readonly what: string; readonly draw: (random: SeededRandom) => string }[] = [
    { key: 'name', what: 'a user\'s name', draw: random => nameOf(events, random) },
    { key: 'letters', what: 'three letters of a name', draw: random => nameOf(events, random).slice(0, 3) },
    { key: 'address', what: 'half an address', draw: random => drawText(events, random, 'ip').slice(0, 8) },
    { key: 'log-id', what: 'a whole log id', draw: random => events.logId(random.below(events.count)) },
    { key: 'absent', what: 'found nowhere', draw: () => absent },
  ];
  const measurements: Measurement[] = [];
  for (const { key, what, draw } of texts) {
    const kind: Kind = { id: `text.${key}`, what: `free text, ${what}`, draw: random => ({ q: [draw(random)] }), place: 'first', allowance: textAllowance };
    measurements.push(await measureKind(reader, events, kind));
  }
  return measurements;
}
