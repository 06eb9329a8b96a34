/** Page tokens: opaque to callers, tied to the view, its parameters, the archive and the moment page 1 was opened. */
import { Failure } from '../../shared/errors';
import type { OrderKey } from './queries/define-query';

/** What a token stands for. `question` is the view and its parameters; `after` the order key of the last row (a list) or the number of rows given (else). */
export type PagePlace = { readonly question: string; readonly archive: string; readonly asOf: number; readonly after: OrderKey };

/** A short, stable mark of a question: FNV-1a over its text, twice with different starts. Not secret: a token opens nothing a caller could not ask for. */
export function markOf(viewId: string, params: Readonly<Record<string, readonly string[]>>): string {
  return markOfText(JSON.stringify([viewId, Object.keys(params).sort().map(key => [key, [...(params[key] ?? [])].sort()])]));
}

function markOfText(text: string): string {
  return [0x811c9dc5, 0x01000193].map(start => {
    let hash = start;
    for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    return (hash >>> 0).toString(36);
  }).join('-');
}

const version = '1';
const separator = '~';
const number = /^-?\d{1,16}$/;

/** Letters, digits, `-`, `_`, `.` and `~` only, so that it needs no quoting in a shell or an address. The last part is a mark of the others: a token that was cut or changed is not taken for another. */
export function writePageToken({ question, archive, asOf, after }: PagePlace): string {
  const parts = [version, question, archive, String(asOf), after.join('.')];
  return [...parts, markOfText(parts.join(separator))].join(separator);
}

/** @throws Failure view.page-invalid where it is not a token of this question; view.page-expired where the archive was rewritten since */
export function readPageToken(token: string, expected: { readonly question: string; readonly archive: string }): PagePlace {
  const page = parseToken(token);
  if (page === null || page.question !== expected.question) throw new Failure('view.page-invalid');
  if (page.archive !== expected.archive) throw new Failure('view.page-expired');
  return page;
}

function parseToken(token: string): PagePlace | null {
  const [given, question, archive, asOf, after, mark, ...more] = token.split(separator);
  if (given !== version || question === undefined || archive === undefined || asOf === undefined || after === undefined || more.length > 0) return null;
  if (mark !== markOfText(token.slice(0, token.lastIndexOf(separator)))) return null;
  const numbers = after.split('.');
  return [asOf, ...numbers].every(text => number.test(text)) ? { question, archive, asOf: Number(asOf), after: numbers.map(Number) } : null;
}
