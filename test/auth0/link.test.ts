/** The Link header is trusted with one thing: the position of the next page. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPage } from '../../electron/auth0/link';

const url = 'https://login.example.com/api/v2/logs?from=900&take=100';
const origins = ['https://login.example.com', 'https://acme.eu.auth0.com'];
const read = (header: string | undefined) => nextPage(header, { url, origins });
const own = 'https://acme.eu.auth0.com/api/v2/logs';

const followed: readonly (readonly [string, string, string])[] = [
  ['the usual form', `<${own}?from=901&take=100>; rel="next"`, '901'],
  ['the origin of the request', '<https://login.example.com/api/v2/logs?from=901&take=100>; rel="next"', '901'],
  ['the default port written out', '<https://acme.eu.auth0.com:443/api/v2/logs?from=901>; rel="next"', '901'],
  ['an unquoted relation', `<${own}?from=901>; rel=next`, '901'],
  ['another case', `<${own}?from=901>; REL="Next"`, '901'],
  ['several relations of one link', `<${own}?from=901>; rel="last next"`, '901'],
  ['further parameters', `<${own}?take=50&from=901>; title="a, b; c=\\"d\\""; rel="next"; x`, '901'],
  ['several links', `<https://foreign.example.org/>; rel="help", <${own}?from=901>; rel="next"`, '901'],
  ['a relative target', '</api/v2/logs?from=901>; rel="next"', '901'],
  ['only a query', '<?from=901>; rel="next"', '901'],
  ['an escaped position', `<${own}?from=90%31>; rel="next"`, '901'],
  ['spaces around', `  <${own}?from=901>  ;  rel = "next"  `, '901'],
];

const absent = [
  ['no header', undefined], ['an empty header', ''], ['only spaces', '   '], ['another relation', `<${own}?from=901>; rel="prev"`],
  ['no relation', `<${own}?from=901>`], ['a second rel, which does not count', `<${own}?from=901>; rel="prev"; rel="next"`],
  ['a relation that only begins like it', `<${own}?from=901>; rel="nextish"`],
] as const;

const hostile: readonly (readonly [string, string])[] = [
  ['another host', '<https://foreign.example.org/api/v2/logs?from=901>; rel="next"'],
  ['a host that begins alike', '<https://acme.eu.auth0.com.example.org/api/v2/logs?from=901>; rel="next"'],
  ['a host that ends alike', '<https://evil-acme.eu.auth0.com/api/v2/logs?from=901>; rel="next"'],
  ['another tenant', '<https://other.eu.auth0.com/api/v2/logs?from=901>; rel="next"'],
  ['another port', '<https://acme.eu.auth0.com:8443/api/v2/logs?from=901>; rel="next"'],
  ['plain http', '<http://acme.eu.auth0.com/api/v2/logs?from=901>; rel="next"'],
  ['another scheme', '<ftp://acme.eu.auth0.com/api/v2/logs?from=901>; rel="next"'],
  ['a script', '<javascript:fetch(1)>; rel="next"'],
  ['data', '<data:text/plain,?from=901>; rel="next"'],
  ['a user name', '<https://user@acme.eu.auth0.com/api/v2/logs?from=901>; rel="next"'],
  ['a password', '<https://user:pw@acme.eu.auth0.com/api/v2/logs?from=901>; rel="next"'],
  ['our host as a user name', '<https://acme.eu.auth0.com@foreign.example.org/api/v2/logs?from=901>; rel="next"'],
  ['a host without a scheme', '<//foreign.example.org/api/v2/logs?from=901>; rel="next"'],
  ['a backslash', '<https://foreign.example.org\\@acme.eu.auth0.com/api/v2/logs?from=901>; rel="next"'],
  ['backslashes for slashes', '<\\\\foreign.example.org/api/v2/logs?from=901>; rel="next"'],
  ['another path', '<https://acme.eu.auth0.com/api/v2/users?from=901>; rel="next"'],
  ['a path below', `<${own}/901?from=901>; rel="next"`],
  ['a slash at the end', `<${own}/?from=901>; rel="next"`],
  ['a path that climbs out', `<${own}/../clients?from=901>; rel="next"`],
  ['an escaped slash', '<https://acme.eu.auth0.com/api/v2%2flogs?from=901>; rel="next"'],
  ['no position', `<${own}?take=100>; rel="next"`],
  ['an empty position', `<${own}?from=&take=100>; rel="next"`],
  ['two positions', `<${own}?from=901&from=902>; rel="next"`],
  ['a position with a line break', `<${own}?from=901%0d%0aX-Evil:1>; rel="next"`],
  ['a position that is far too long', `<${own}?from=${'9'.repeat(513)}>; rel="next"`],
  ['a fragment', `<${own}?from=901#x>; rel="next"`],
  ['two next pages', `<${own}?from=901>; rel="next", <${own}?from=902>; rel="next"`],
  ['the second next page foreign', `<${own}?from=901>; rel="next", <https://foreign.example.org/api/v2/logs?from=9>; rel="next"`],
  ['no brackets', `${own}?from=901; rel="next"`],
  ['an open bracket', `<${own}?from=901; rel="next"`],
  ['a bracket within', `<${own}?from=901<>; rel="next"`],
  ['an open quote', `<${own}?from=901>; rel="next`],
  ['something behind the link', `<${own}?from=901>; rel="next" evil`],
  ['not a URL', '<https://>; rel="next"'],
  ['spaces within the target', `<${own} ?from=901>; rel="next"`],
  ['a tab within the target', `<${own}\t?from=901>; rel="next"`],
  ['letters that look alike', '<https://\u0430cme.eu.auth0.com/api/v2/logs?from=901>; rel="next"'],
];

describe('the next page', () => {
  it.each(followed)('is read from %s', (_, header, from) => {
    expect(read(header)).toEqual({ kind: 'next', from });
  });

  it.each(absent)('is absent with %s', (_, header) => {
    expect(read(header)).toEqual({ kind: 'none' });
  });

  it.each(hostile)('is refused with %s', (_, header) => {
    expect(read(header)).toEqual({ kind: 'refused' });
  });

  it('is refused or absent for any rubbish, and never read from elsewhere', () => {
    const pieces = fc.constantFrom('<', '>', ';', ',', '"', '=', ' ', 'rel', 'next', 'rel="next"', `<${own}?from=901>`, 'https://foreign.example.org/api/v2/logs?from=666', '\\', 'from=666', '/api/v2/logs', ';;');
    fc.assert(fc.property(fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')), (header) => {
      const next = read(header);
      if (next.kind === 'next') expect(next.from).toBe('901');
    }), { seed: 20_262, numRuns: 3000 });
  });

  it('is refused in headers made to keep a parser busy', () => {
    const long = 16_000;
    for (const part of [' ', ';', ',', '"', 'a', ';a=', '; a', ' ;', '\\"', '<>;']) {
      expect(read(`<${own}?from=901>; rel="next"; x="${part.repeat(long)}`).kind).toBe('refused');
      expect(['none', 'refused']).toContain(read(`<${own}>${part.repeat(long)}!`).kind);
    }
  });
});
