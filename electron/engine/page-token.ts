/** Page tokens: opaque to callers, tied to the view, its parameters, the archive and the moment page 1 was opened. */
import { z } from 'zod';
import { Failure } from '../../shared/errors';
import type { OrderKey } from './queries/define-query';

/** What a token stands for. `question` is the view and its parameters; `after` the order key of the last row (a list) or the number of rows given (else). */
export type PagePlace = { readonly question: string; readonly archive: string; readonly asOf: number; readonly after: OrderKey };

const place = z.tuple([z.literal(1), z.string(), z.string(), z.number().int(), z.array(z.number()).max(4)]);

/** A short, stable mark of a question: FNV-1a over its text, twice with different starts. Not secret: a token opens nothing a caller could not ask for. */
export function markOf(viewId: string, params: Readonly<Record<string, readonly string[]>>): string {
  const text = JSON.stringify([viewId, Object.keys(params).sort().map(key => [key, [...(params[key] ?? [])].sort()])]);
  return [0x811c9dc5, 0x01000193].map(start => {
    let hash = start;
    for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    return (hash >>> 0).toString(36);
  }).join('.');
}

export function writePageToken(page: PagePlace): string {
  return encodeURIComponent(JSON.stringify([1, page.question, page.archive, page.asOf, page.after]))
    .replace(/[.!'()*]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%/g, '.');
}

/** @throws Failure view.page-invalid where it is not a token of this question; view.page-expired where the archive was rewritten since */
export function readPageToken(token: string, expected: { readonly question: string; readonly archive: string }): PagePlace {
  const page = parseToken(token);
  if (page === null || page.question !== expected.question) throw new Failure('view.page-invalid');
  if (page.archive !== expected.archive) throw new Failure('view.page-expired');
  return page;
}

function parseToken(token: string): PagePlace | null {
  try {
    const [, question, archive, asOf, after] = place.parse(JSON.parse(decodeURIComponent(token.replace(/\./g, '%'))));
    return { question, archive, asOf, after };
  } catch {
    return null;
  }
}
