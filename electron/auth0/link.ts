/** Reads the position of the next page from a `Link` header, and trusts it no further than that. */
import type { LogId } from '../../shared/domain/ids';
import { logsPath } from './endpoints';

export type NextPage =
  | { readonly kind: 'none' }
  | { readonly kind: 'next'; readonly from: LogId }
  | { readonly kind: 'refused' };

type LinkValue = { readonly target: string; readonly rel: string };

/** One `<target>; name=value; name="value"` and what follows it. */
const linkValue = /^\s*<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;]+))?)*)\s*(?:,|$)/;
const parameter = /;\s*([\w!#$&+.^`|~*-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]+)))?/g;

/** The first `rel` counts, later ones are ignored (RFC 8288). */
function relOf(parameters: string): string {
  for (const [, name, quoted, bare] of parameters.matchAll(parameter)) {
    if (name?.toLowerCase() === 'rel') return (quoted ?? bare ?? '').toLowerCase();
  }
  return '';
}

/** All links of the header; null when it does not follow the grammar. */
function parseLinks(header: string): readonly LinkValue[] | null {
  const links: LinkValue[] = [];
  let rest = header;
  while (rest.trim() !== '') {
    const match = linkValue.exec(rest);
    if (match === null) return null;
    links.push({ target: match[1] ?? '', rel: relOf(match[2] ?? '') });
    rest = rest.slice(match[0].length);
  }
  return links;
}

function targetUrl(target: string, requestUrl: string): URL | null {
  if (/[^\x21-\x7e]|[\\"`{}|^]/.test(target)) return null;
  try {
    return new URL(target, requestUrl);
  } catch {
    return null;
  }
}

/**
 * The `from` of the one link with `rel="next"`. Refused when the link leads anywhere but to the log itself at one of
 * the given origins, or cannot be read; `none` when there is no such link.
 */
export function nextPage(header: string | undefined, request: { readonly url: string; readonly origins: readonly string[] }): NextPage {
  if (header === undefined) return { kind: 'none' };
  const links = parseLinks(header);
  if (links === null) return { kind: 'refused' };
  const [next, second] = links.filter((link) => link.rel.split(/\s+/).includes('next'));
  if (next === undefined) return { kind: 'none' };
  const url = targetUrl(next.target, request.url);
  const from = url?.searchParams.getAll('from') ?? [];
  const ours = url !== null && request.origins.includes(url.origin) && url.pathname === logsPath && url.username === '' && url.password === '' && url.hash === '';
  const position = from.length === 1 && /^[\x21-\x7e]{1,512}$/.test(from[0] ?? '') ? from[0] : undefined;
  return second !== undefined || !ours || position === undefined ? { kind: 'refused' } : { kind: 'next', from: position };
}
