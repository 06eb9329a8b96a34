/** Filters of the address: which parameters they are, how they change, and what of them a view is asked. */
import type { EpochMs } from '../shared/domain/ids';
import { formatInstant, isTimeZone } from '../shared/domain/time';
import { excludableFields } from '../shared/views/common-params';
import type { ExcludableField } from '../shared/views/common-params';
import { changeParams } from './address';
import type { ParamChanges, Params } from './address';

/** A field that can be filtered for and out. */
export type FilterField = ExcludableField;
export const filterFields: readonly FilterField[] = excludableFields;

export const fieldLabels: Readonly<Record<FilterField | 'q', string>> = {
  application: 'Application', connection: 'Connection', organization: 'Organization', user: 'User', type: 'Event', outcome: 'Outcome', ip: 'Address',
  category: 'Category', strategy: 'Strategy', country: 'Country', hostname: 'Host name', browser: 'Browser', device: 'Device', q: 'Text',
};

const hourMs = 3_600_000;
export const relativeRanges = { '1h': hourMs, '24h': 24 * hourMs, '7d': 7 * 24 * hourMs, '30d': 30 * 24 * hourMs, '90d': 90 * 24 * hourMs } as const;
export type RelativeRange = keyof typeof relativeRanges;
export const relativeRangeLabels: Readonly<Record<RelativeRange, string>> = {
  '1h': 'Last hour', '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days', '90d': 'Last 90 days',
};

/** What stands in the address. `from` and `to` are ISO instants or local dates; `to` is not included; null is open. */
export type Range =
  | { readonly kind: 'all' }
  | { readonly kind: 'relative'; readonly range: RelativeRange }
  | { readonly kind: 'absolute'; readonly from: string | null; readonly to: string | null };

const isRelative = (text: string | undefined): text is RelativeRange => text !== undefined && Object.hasOwn(relativeRanges, text);

export function rangeOf(params: Params): Range {
  const range = params.range?.at(-1);
  if (isRelative(range)) return { kind: 'relative', range };
  const from = params.from?.at(-1) ?? null;
  const to = params.to?.at(-1) ?? null;
  return from === null && to === null ? { kind: 'all' } : { kind: 'absolute', from, to };
}

export function rangeChanges(range: Range): ParamChanges {
  if (range.kind === 'all') return { range: null, from: null, to: null };
  if (range.kind === 'relative') return { range: range.range, from: null, to: null };
  return { range: range.from === null && range.to === null ? null : 'custom', from: range.from, to: range.to };
}

/** One active filter as a chip shows it. `not` is one that leaves out what it names. */
export type Filter = { readonly field: FilterField | 'q'; readonly value: string; readonly sense: 'for' | 'not' };

const isField = (name: string): name is FilterField => (filterFields as readonly string[]).includes(name);

function excluded(text: string): readonly Filter[] {
  const colon = text.indexOf(':');
  const field = text.slice(0, colon);
  const value = text.slice(colon + 1);
  return colon > 0 && isField(field) && value !== '' ? [{ field, value, sense: 'not' }] : [];
}

/** Every active filter, in the order of the fields; the range and the time zone are none. */
export function filtersOf(params: Params): readonly Filter[] {
  const given = filterFields.flatMap(field => (params[field] ?? []).map((value): Filter => ({ field, value, sense: 'for' })));
  const left = (params.exclude ?? []).flatMap(excluded);
  const text = (params.q ?? []).map((value): Filter => ({ field: 'q', value, sense: 'for' }));
  return [...given, ...left, ...text];
}

const paramOf = (filter: Filter): readonly [name: string, value: string] =>
  (filter.sense === 'not' ? ['exclude', `${filter.field}:${filter.value}`] : [filter.field, filter.value]);

const opposite = (filter: Filter): Filter => ({ ...filter, sense: filter.sense === 'for' ? 'not' : 'for' });

export function removeFilter(params: Params, filter: Filter): Params {
  const [name, value] = paramOf(filter);
  return changeParams(params, { [name]: (params[name] ?? []).filter(known => known !== value) });
}

/** Adds a filter once; its opposite goes. A free text replaces the one before. */
export function addFilter(params: Params, filter: Filter): Params {
  if (filter.field === 'q') return changeParams(params, { q: filter.value });
  const cleared = removeFilter(params, opposite(filter));
  const [name, value] = paramOf(filter);
  return changeParams(cleared, { [name]: [...(cleared[name] ?? []).filter(known => known !== value), value] });
}

/** Without any filter and range; the time zone and the open event stay. */
export function clearFilters(params: Params): Params {
  return changeParams(params, Object.fromEntries([...filterFields, 'exclude', 'q', 'range', 'from', 'to'].map(name => [name, null])));
}

/** Where the relative ranges end and which time zone holds where the address names none. */
export type FilterScope = { readonly now: EpochMs; readonly timeZone: string };

/** The time zone that the address names; null where that is none. Whoever sends a link may have written anything. */
export function timeZoneOf(params: Params): string | null {
  const named = params.timeZone?.at(-1) ?? null;
  return named !== null && isTimeZone(named) ? named : null;
}

/** Parameters for `view.read`: the filters, the range resolved to instants, and always a time zone. */
export function viewParams(params: Params, { now, timeZone }: FilterScope): Record<string, string[]> {
  const range = rangeOf(params);
  const from = range.kind === 'relative' ? formatInstant(now - relativeRanges[range.range]) : range.kind === 'absolute' ? range.from : null;
  const to = range.kind === 'absolute' ? range.to : null;
  const named = [...filterFields, 'exclude', 'q'].flatMap(name => (params[name] === undefined ? [] : [[name, [...params[name]]] as const]));
  return {
    ...Object.fromEntries(named), timeZone: [timeZoneOf(params) ?? timeZone],
    ...(from === null ? {} : { from: [from] }), ...(to === null ? {} : { to: [to] }),
  };
}
