import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callLimitBytes, judge, uploadLimitBytes } from '../../electron/loopback/access';
import type { Door, RequestHead } from '../../electron/loopback/access';

const port = 8470;
const own = '127.0.0.1:8470';
const door: Door = { port, isSession: value => value === 'session', isTicket: value => value === 'ticket' };

type Change = { readonly method?: string; readonly target?: string; readonly headers?: Readonly<Record<string, string | readonly string[] | null>> };

/** A head as the page's own browser would send it, with some of it changed; null takes a header away. */
function head(base: Change, change: Change): RequestHead {
  const headers = { host: own, cookie: 'tenantscope-8470=session', 'sec-fetch-site': 'same-origin', ...base.headers, ...change.headers };
  return {
    method: change.method ?? base.method ?? 'GET',
    target: change.target ?? base.target ?? '/',
    headers: Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [[name, typeof value === 'string' ? [value] : value]]))),
  };
}
const page: Change = { method: 'GET', target: '/' };
const first: Change = { target: '/?ticket=ticket', headers: { cookie: null, 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' } };
const call: Change = { method: 'POST', target: '/call', headers: { origin: `http://${own}`, 'content-type': 'application/json', 'content-length': '2' } };
const upload: Change = { method: 'POST', target: '/upload?id=abc-1', headers: { origin: `http://${own}`, 'content-type': 'application/octet-stream' } };
const events: Change = { target: '/events' };
const download: Change = { target: '/download/abc-1?name=a.csv' };

const judged = (base: Change, change: Change = {}): string => {
  const verdict = judge(head(base, change), door);
  return verdict.kind === 'refused' ? `${String(verdict.status)} ${verdict.reason}` : verdict.kind;
};

const foreignHosts = ['', 'localhost', 'localhost:8470', '127.0.0.1', '127.0.0.1:8471', '127.0.0.1:84700', '127.0.0.2:8470', '0.0.0.0:8470', '[::1]:8470', '2130706433:8470',
  'example.com', 'example.com:8470', '127.0.0.1:8470.example.com', 'rebind.example.net:8470', '127.0.0.1:8470 ', 'user@127.0.0.1:8470', '127.0.0.1.:8470', '127.1:8470', '127.0.0.1:08470'];
const foreignOrigins = ['null', '', 'https://example.com', 'http://example.com:8470', 'https://127.0.0.1:8470', 'http://127.0.0.1', 'http://127.0.0.1:8471', 'http://localhost:8470',
  'http://[::1]:8470', 'http://127.0.0.1:8470/', 'http://127.0.0.1:8470.example.com', 'file://', 'app://main', 'chrome-extension://abcdefghijklmnop', 'HTTP://127.0.0.1:8470'];

describe('what is let in', () => {
  it.each<[string, Change, Change, string]>([
    ['the first visit with a ticket', first, {}, 'enter'],
    ['a ticket, although the browser already has another run\'s cookie', first, { headers: { cookie: 'tenantscope-8470=old' } }, 'enter'],
    ['the page', page, {}, 'file'],
    ['the page, typed into the address bar', page, { headers: { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' } }, 'file'],
    ['the page\'s head', page, { method: 'HEAD' }, 'file'],
    ['a query that means nothing', page, { target: '/?x=1' }, 'file'],
    ['a script of the page', page, { target: '/assets/main-1a2b3c4d.js' }, 'file'],
    ['a program without fetch metadata', page, { headers: { 'sec-fetch-site': null } }, 'file'],
    ['the cookie among others', page, { headers: { cookie: 'a=b; tenantscope-8470=session; tenantscope-9000=other' } }, 'file'],
    ['a call', call, {}, 'call'],
    ['a call with a charset', call, { headers: { 'content-type': 'application/json; charset=utf-8' } }, 'call'],
    ['a call of the largest size', call, { headers: { 'content-length': String(callLimitBytes) } }, 'call'],
    ['a call in chunks', call, { headers: { 'content-length': null } }, 'call'],
    ['the event stream', events, {}, 'events'],
    ['an upload', upload, {}, 'upload'],
    ['an upload of the largest size', upload, { headers: { 'content-length': String(uploadLimitBytes) } }, 'upload'],
    ['a download', download, {}, 'download'],
    ['a download, clicked', download, { headers: { 'sec-fetch-mode': 'navigate' } }, 'download'],
  ])('%s', (_name, base, change, expected) => {
    expect(judged(base, change)).toBe(expected);
  });
});

describe('what is refused', () => {
  const everything: readonly [string, Change][] = [['the first visit', first], ['the page', page], ['a call', call], ['the events', events], ['an upload', upload], ['a download', download]];

  it.each(foreignHosts)('the host "%s", whatever is asked for', host => {
    for (const [, base] of everything) expect(judged(base, { headers: { host } })).toBe('421 host');
  });
  it.each(everything)('%s without a host', (_name, base) => { expect(judged(base, { headers: { host: null } })).toBe('421 host'); });
  it.each(foreignOrigins)('the origin "%s", whatever is asked for', origin => {
    for (const [, base] of everything) expect(judged(base, { headers: { origin } })).toBe('403 origin');
  });
  it.each(['cross-site', 'same-site', '', 'SAME-ORIGIN', 'unknown'])('the fetch site "%s", whatever is asked for', site => {
    for (const [, base] of everything) expect(judged(base, { headers: { 'sec-fetch-site': site } })).toBe('403 site');
  });

  it.each<[string, Change, Change, string]>([
    ['a wrong ticket', first, { target: '/?ticket=wrong' }, '403 ticket'],
    ['an empty ticket', first, { target: '/?ticket=' }, '403 ticket'],
    ['two tickets', first, { target: '/?ticket=ticket&ticket=ticket' }, '403 ticket'],
    ['a wrong ticket beside a good cookie', first, { target: '/?ticket=wrong', headers: { cookie: 'tenantscope-8470=session' } }, '403 ticket'],
    ['a ticket for another path', first, { target: '/index.html?ticket=ticket' }, '403 session'],
    ['a ticket in a HEAD', first, { method: 'HEAD' }, '405 method'],
    ['a ticket in a POST', first, { method: 'POST', headers: { origin: `http://${own}`, 'sec-fetch-site': 'same-origin' } }, '405 method'],
    ['a ticket by a link of another site', first, { headers: { 'sec-fetch-site': 'cross-site' } }, '403 site'],
    ['a ticket by a script', first, { headers: { 'sec-fetch-mode': 'cors' } }, '403 site'],
    ['no cookie', page, { headers: { cookie: null } }, '403 session'],
    ['a wrong cookie', page, { headers: { cookie: 'tenantscope-8470=wrong' } }, '403 session'],
    ['an empty cookie', page, { headers: { cookie: 'tenantscope-8470=' } }, '403 session'],
    ['the cookie of another port', page, { headers: { cookie: 'tenantscope-8471=session' } }, '403 session'],
    ['the cookie twice', page, { headers: { cookie: 'tenantscope-8470=session; tenantscope-8470=session' } }, '403 session'],
    ['a quoted cookie', page, { headers: { cookie: 'tenantscope-8470="session"' } }, '403 session'],
    ['the cookie under a longer name', page, { headers: { cookie: 'x-tenantscope-8470=session' } }, '403 session'],
    ['the cookie in other letters', page, { headers: { cookie: 'Tenantscope-8470=session' } }, '403 session'],
    ['a call without a cookie', call, { headers: { cookie: null } }, '403 session'],
    ['events without a cookie', events, { headers: { cookie: null } }, '403 session'],
    ['an upload without a cookie', upload, { headers: { cookie: null } }, '403 session'],
    ['a download without a cookie', download, { headers: { cookie: null } }, '403 session'],
    ['a file that is not there, without a cookie', page, { target: '/nothing', headers: { cookie: null } }, '403 session'],
    ['a call without an origin', call, { headers: { origin: null } }, '403 origin'],
    ['an upload without an origin', upload, { headers: { origin: null } }, '403 origin'],
    ['a call that nobody sent from a page', call, { headers: { 'sec-fetch-site': 'none' } }, '403 site'],
    ['a script that says it is no site', page, { headers: { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'no-cors' } }, '403 site'],
    ['reading a call', call, { method: 'GET' }, '405 method'],
    ['reading an upload', upload, { method: 'GET' }, '405 method'],
    ['writing the page', page, { method: 'POST', headers: { origin: `http://${own}` } }, '405 method'],
    ['putting the page', page, { method: 'PUT' }, '405 method'],
    ['deleting the page', page, { method: 'DELETE' }, '405 method'],
    ['asking for options', call, { method: 'OPTIONS' }, '405 method'],
    ['tracing', page, { method: 'TRACE' }, '405 method'],
    ['an invented method', page, { method: 'get' }, '405 method'],
    ['the head of the events', events, { method: 'HEAD' }, '405 method'],
    ['the head of a download', download, { method: 'HEAD' }, '405 method'],
    ['a call as text', call, { headers: { 'content-type': 'text/plain' } }, '415 type'],
    ['a call as a form', call, { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, '415 type'],
    ['a call as a form with files', call, { headers: { 'content-type': 'multipart/form-data; boundary=x' } }, '415 type'],
    ['a call of no type', call, { headers: { 'content-type': null } }, '415 type'],
    ['a call of almost the type', call, { headers: { 'content-type': 'application/jsonp' } }, '415 type'],
    ['a call in another charset', call, { headers: { 'content-type': 'application/json; charset=utf-16' } }, '415 type'],
    ['a call as bytes', call, { headers: { 'content-type': 'application/octet-stream' } }, '415 type'],
    ['an upload as JSON', upload, { headers: { 'content-type': 'application/json' } }, '415 type'],
    ['a call over the size', call, { headers: { 'content-length': String(callLimitBytes + 1) } }, '413 size'],
    ['an upload over the size', upload, { headers: { 'content-length': String(uploadLimitBytes + 1) } }, '413 size'],
    ['a size that is no number', call, { headers: { 'content-length': '1e3' } }, '400 header'],
    ['an upload without an id', upload, { target: '/upload' }, '404 id'],
    ['an upload whose id is a path', upload, { target: '/upload?id=../../x' }, '404 id'],
    ['an upload whose id is too long', upload, { target: `/upload?id=${'a'.repeat(65)}` }, '404 id'],
    ['a download without an id', download, { target: '/download/' }, '404 id'],
    ['a download whose id is a path', download, { target: '/download/a/b' }, '404 id'],
    ['two hosts', page, { headers: { host: [own, own] } }, '400 header'],
    ['two origins', call, { headers: { origin: [`http://${own}`, `http://${own}`] } }, '400 header'],
    ['two sizes', call, { headers: { 'content-length': ['1', '2'] } }, '400 header'],
    ['two cookie headers', page, { headers: { cookie: ['tenantscope-8470=session', 'a=b'] } }, '400 header'],
    ['a whole address as the target', page, { target: `http://${own}/` }, '400 target'],
    ['another host as the target', page, { target: '//example.com/' }, '400 target'],
    ['a star as the target', page, { method: 'OPTIONS', target: '*' }, '400 target'],
    ['a target with a blank', page, { target: '/ x' }, '400 target'],
    ['a target with bytes beyond ASCII', page, { target: '/é' }, '400 target'],
  ])('%s', (_name, base, change, expected) => {
    expect(judged(base, change)).toBe(expected);
  });

  it('whatever else may be sent without the cookie and without a ticket', () => {
    const texts = fc.record({
      method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'),
      target: fc.oneof(fc.webPath().map(path => `/${path.replace(/^\/+/, '')}`), fc.constantFrom('/', '/call', '/events', '/upload?id=a', '/download/a', '/?ticket=x')),
      host: fc.constantFrom(own, 'localhost:8470', 'example.com'),
      origin: fc.option(fc.constantFrom(`http://${own}`, 'null', 'https://example.com')),
      cookie: fc.option(fc.string({ maxLength: 60 }).filter(text => !text.includes('session'))),
      site: fc.option(fc.constantFrom('same-origin', 'none', 'cross-site')),
    });
    fc.assert(fc.property(texts, ({ method, target, host, origin, cookie, site }) => {
      const verdict = judge(head({}, { method, target, headers: { host, origin, cookie, 'sec-fetch-site': site, 'content-type': 'application/json' } }), door);
      expect(verdict.kind).toBe('refused');
    }), { seed: 20, numRuns: 2_000 });
  });
});

it('names the address without its port on the port of HTTP', () => {
  const verdict = judge(head({ headers: { host: '127.0.0.1', cookie: 'tenantscope-80=session' } }, {}), { ...door, port: 80 });
  expect(verdict.kind).toBe('file');
});
