/** The query language of a log search: a subset of Lucene that matches whole values, case for case. */
import type { EpochMs, LogId } from '../../shared/domain/ids';

/** What a query looks at; `fields` is asked for only when a clause needs it, as it means parsing the event. */
export type Searchable = { readonly logId: LogId; readonly occurredAt: EpochMs; readonly fields: () => Readonly<Record<string, unknown>> };
export type Predicate = (event: Searchable) => boolean;
export type ParsedQuery = { readonly kind: 'query'; readonly matches: Predicate } | { readonly kind: 'invalid'; readonly problem: string };

const searchableFields = new Set([
  'client_id', 'client_name', 'connection', 'connection_id', 'description', 'date', 'hostname', 'ip', 'log_id', 'organization_id',
  'user_id', 'user_name', 'user_agent', 'strategy', 'strategy_type', 'type',
]);
const bareTermFields = ['client_name', 'connection', 'description', 'ip', 'log_id', 'type', 'user_name'];

class QueryProblem extends Error {}

const tokenPattern = /\s*(?:(\(|\))|([\w.]+):([[{][^\]}]*[\]}]|"(?:[^"\\]|\\.)*"|[^\s()]+)|("(?:[^"\\]|\\.)*")|([^\s()]+))/gy;

type Token = { readonly kind: 'open' | 'close' } | { readonly kind: 'word'; readonly text: string } | { readonly kind: 'clause'; readonly field: string; readonly value: string };

function tokens(query: string): readonly Token[] {
  return [...query.trim().matchAll(tokenPattern)].map(([, bracket, field, value, phrase, word]): Token => {
    if (bracket !== undefined) return { kind: bracket === '(' ? 'open' : 'close' };
    if (field !== undefined && value !== undefined) return { kind: 'clause', field, value };
    return { kind: 'word', text: phrase ?? word ?? '' };
  });
}

const unquoted = (text: string): string => (text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text);

function textMatcher(value: string): (text: string) => boolean {
  if (value.startsWith('"')) return text => text === unquoted(value);
  if (value.includes('?')) throw new QueryProblem('? is not supported');
  if (!value.includes('*')) return text => text === value;
  if (value.startsWith('*') && value !== '*' && value.replaceAll('*', '').length < 3) throw new QueryProblem('a wildcard needs at least 3 characters');
  const pattern = new RegExp(`^${value.split('*').map(piece => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 's');
  return text => pattern.test(text);
}

const rangePattern = /^([[{])\s*(\S+) TO (\S+)\s*([\]}])$/;

/** A day or month as an upper bound means its end, as in Lucene's date rounding. */
function dateBound(text: string, side: 'lower' | 'upper'): number {
  if (text === '*') return side === 'lower' ? -Infinity : Infinity;
  const start = Date.parse(unquoted(text));
  if (Number.isNaN(start)) throw new QueryProblem(`${text} is not a date`);
  const date = new Date(start);
  if (side === 'upper' && /^\d{4}-\d\d$/.test(text)) return date.setUTCMonth(date.getUTCMonth() + 1) - 1;
  return side === 'upper' && /^\d{4}-\d\d-\d\d$/.test(text) ? start + 86_400_000 - 1 : start;
}

function rangeClause(field: string, value: string): Predicate {
  const match = rangePattern.exec(value);
  if (match === null) throw new QueryProblem(`${value} is not a range`);
  const [, open, low, high, close] = match as unknown as [string, string, string, string, string];
  const within = <Value extends number | string>(at: Value, from: Value | null, to: Value | null): boolean =>
    (from === null || (open === '[' ? at >= from : at > from)) && (to === null || (close === ']' ? at <= to : at < to));
  if (field === 'log_id') return event => within(event.logId, low === '*' ? null : low, high === '*' ? null : high);
  if (field !== 'date') throw new QueryProblem(`ranges are not supported on ${field}`);
  const [from, to] = [dateBound(low, 'lower'), dateBound(high, 'upper')];
  return event => within(event.occurredAt, from, to);
}

const fieldText = (event: Searchable, field: string): string | null => {
  if (field === 'log_id') return event.logId;
  const value = event.fields()[field];
  return value === undefined || value === null ? null : String(value);
};

function clause(field: string, value: string): Predicate {
  if (!searchableFields.has(field)) throw new QueryProblem(`unknown field ${field}`);
  if (value.startsWith('[') || value.startsWith('{')) return rangeClause(field, value);
  if (field === 'date') return rangeClause('date', `[${value} TO ${value}]`);
  const matches = textMatcher(value);
  return event => {
    const text = fieldText(event, field);
    return text !== null && matches(text);
  };
}

function bareTerm(value: string): Predicate {
  const matches = textMatcher(value);
  return event => bareTermFields.some(field => matches(fieldText(event, field) ?? ''));
}

/** A small recursive descent: OR binds less than AND, AND less than NOT. */
function parse(list: readonly Token[]): Predicate {
  let at = 0;
  const isWord = (text: string): boolean => {
    const token = list[at];
    return token?.kind === 'word' && token.text === text;
  };
  const primary = (): Predicate => {
    const token = list[at++];
    if (token === undefined || token.kind === 'close') throw new QueryProblem('a term is missing');
    if (token.kind === 'clause') return clause(token.field, token.value);
    if (token.kind === 'word') return bareTerm(token.text);
    const inner = either();
    if (list[at++]?.kind !== 'close') throw new QueryProblem('a parenthesis is not closed');
    return inner;
  };
  const negated = (): Predicate => {
    if (!isWord('NOT')) return primary();
    at += 1;
    const inner = negated();
    return event => !inner(event);
  };
  const chain = (word: string, next: () => Predicate, join: (left: Predicate, right: Predicate) => Predicate) => (): Predicate => {
    let left = next();
    while (isWord(word)) {
      at += 1;
      left = join(left, next());
    }
    return left;
  };
  const both = chain('AND', negated, (left, right) => event => left(event) && right(event));
  const either = chain('OR', both, (left, right) => event => left(event) || right(event));
  const whole = either();
  if (at < list.length) throw new QueryProblem('an operator is missing');
  return whole;
}

export function parseQuery(query: string): ParsedQuery {
  if (query.trim() === '' || query.trim() === '*') return { kind: 'query', matches: () => true };
  try {
    return { kind: 'query', matches: parse(tokens(query)) };
  } catch (error) {
    if (error instanceof QueryProblem) return { kind: 'invalid', problem: error.message };
    throw error;
  }
}
