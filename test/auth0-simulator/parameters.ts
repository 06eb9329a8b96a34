/** Reads paging parameters of a query string the way the Management API does, complaining in its words. */
import { queryError } from './replies';
import type { Reply } from './replies';

export type Query = Readonly<Record<string, string>>;
export type Parsed<Value> = { readonly value: Value } | { readonly refusal: Reply };

export type NumberRule = { readonly name: string; readonly fallback: number; readonly minimum: number; readonly maximum: number };

export function readNumber(query: Query, rule: NumberRule): Parsed<number> {
  const text = query[rule.name];
  if (text === undefined) return { value: rule.fallback };
  if (!/^-?\d+$/.test(text)) return { refusal: queryError('Expected type integer but found type string', rule.name) };
  const value = Number(text);
  if (value < rule.minimum) return { refusal: queryError(`Value ${value} is less than minimum ${rule.minimum}`, rule.name) };
  if (value > rule.maximum) return { refusal: queryError(`Value ${value} is greater than maximum ${rule.maximum}`, rule.name) };
  return { value };
}

export type OffsetPage = { readonly page: number; readonly perPage: number; readonly start: number };

export function readOffsetPage(query: Query): Parsed<OffsetPage> {
  const page = readNumber(query, { name: 'page', fallback: 0, minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
  if ('refusal' in page) return page;
  const perPage = readNumber(query, { name: 'per_page', fallback: 50, minimum: 1, maximum: 100 });
  if ('refusal' in perPage) return perPage;
  return { value: { page: page.value, perPage: perPage.value, start: page.value * perPage.value } };
}

/** True when the page ends beyond the 1,000 records that paging by offset reaches. */
export const isBeyondReach = ({ start, perPage }: OffsetPage): boolean => start + perPage > 1000;

/** Keeps or drops the `fields` of a query, as `include_fields` says; null when the query names none. */
export function fieldPicker(query: Query): ((value: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>) | null {
  const named = query['fields']?.split(',').map(field => field.trim()).filter(field => field !== '') ?? [];
  if (named.length === 0) return null;
  const isDropped = query['include_fields'] === 'false';
  return value => Object.fromEntries(Object.entries(value).filter(([key]) => named.includes(key) !== isDropped));
}
