/** Every fault does on the wire what its name says, when and where it is told to. */
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator } from './index';
import type { Fault, LinkFault, SimulatedEvent, Simulator } from './index';
import { askToken, connect, idsOf, rawGet, startOfLog, tokenFor } from './plain-client';
import type { Get } from './plain-client';

const logId = (index: number): string => `900${String(20_260_101_000_000 + index)}${'0'.repeat(39)}`;
const events: readonly SimulatedEvent[] = Array.from({ length: 120 }, (_, index) => ({ logId: logId(index), json: JSON.stringify({ log_id: logId(index), type: 's' }) }));
const firstPage = `/logs?from=${startOfLog}&take=100`;
const honestBytes = Buffer.byteLength(`[${events.slice(0, 100).map(event => event.json).join(',')}]`);
/** Silence after which a connection counts as stalled, where none should be and where one is looked for. */
const patienceMs = 10_000;
const stallMs = 500;

let simulator: Simulator;
let get: Get;
let token: string;

beforeEach(async () => {
  simulator = await startSimulator({ events });
  get = await connect(simulator);
  token = await tokenFor(simulator);
});
afterEach(() => simulator.stop());

const wire = (fault: Fault, path = firstPage) => {
  simulator.fault(fault);
  return rawGet(simulator, path, token, fault.kind === 'stall' ? stallMs : patienceMs);
};

describe('when a fault strikes', () => {
  it('lets some requests pass, strikes some, and is over', async () => {
    simulator.fault({ kind: 'server-error', status: 503, after: 2, times: 2 });
    const statuses = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await get(firstPage)).status);
    expect(statuses).toEqual([200, 200, 503, 503, 200, 200]);
    expect(simulator.counts).toMatchObject({ pages: 6, faults: 2 });
  });

  it('spares the token endpoint and other endpoints unless told otherwise', async () => {
    simulator.fault({ kind: 'server-error', status: 500 });
    expect([(await askToken(simulator)).status, (await get('/users')).status, (await get('/logs')).status]).toEqual([200, 200, 500]);
    simulator.fault([{ kind: 'server-error', status: 502, on: 'token' }, { kind: 'unauthorized', times: 1 }]);
    expect([(await askToken(simulator)).status, (await get('/logs')).status, (await get('/logs')).status]).toEqual([502, 401, 200]);
    simulator.fault({ kind: 'html', on: 'both' });
    expect([(await askToken(simulator)).text, (await get('/logs')).text].every(text => text.startsWith('<!DOCTYPE html>'))).toBe(true);
    simulator.fault(null);
    expect([(await askToken(simulator)).status, (await get('/logs')).status]).toEqual([200, 200]);
  });
});

describe('refusals', () => {
  it('are 429 with rate headers of every kind, with and without Retry-After', async () => {
    const headersFor = async (fault: Omit<Extract<Fault, { kind: 'too-many-requests' }>, 'kind'>) => {
      simulator.fault({ kind: 'too-many-requests', ...fault });
      const reply = await get(firstPage);
      expect(reply.json()).toMatchObject({ statusCode: 429, errorCode: 'too_many_requests' });
      return reply.headers;
    };
    const seconds = Math.floor(Date.now() / 1000);
    expect(await headersFor({})).not.toHaveProperty('retry-after');
    expect(await headersFor({ reset: 'missing' })).not.toHaveProperty('x-ratelimit-reset');
    expect(Number((await headersFor({ reset: 'past' }))['x-ratelimit-reset'])).toBeLessThan(seconds);
    expect(Number((await headersFor({ reset: 'hour-ahead' }))['x-ratelimit-reset'])).toBeGreaterThanOrEqual(seconds + 3600);
    expect(Number((await headersFor({ reset: 'milliseconds' }))['x-ratelimit-reset'])).toBeGreaterThan(seconds * 900);
    expect((await headersFor({ reset: 'garbage' }))['x-ratelimit-reset']).toBe('soon');
    expect((await headersFor({ retryAfterSeconds: 7 }))['retry-after']).toBe('7');
    expect(Date.parse((await headersFor({ retryAfterDateSeconds: 30 }))['retry-after'] ?? '')).toBeGreaterThanOrEqual((seconds + 29) * 1000);
  });

  it.each([500, 502, 503, 504, 520] as const)('are %i with a page of HTML', async status => {
    simulator.fault({ kind: 'server-error', status });
    const reply = await get(firstPage);
    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toContain('text/html');
  });

  it('are worded in the dialect of the endpoint', async () => {
    simulator.fault({ kind: 'forbidden', scope: 'read:logs' });
    expect((await get(firstPage)).json()).toMatchObject({ statusCode: 403, errorCode: 'insufficient_scope', message: 'Insufficient scope, expected any of: read:logs' });
    simulator.fault({ kind: 'unauthorized' });
    expect((await get(firstPage)).json()).toMatchObject({ statusCode: 401, message: 'Invalid token' });
    simulator.fault({ kind: 'uri-too-long' });
    expect(await get(firstPage)).toMatchObject({ status: 414 });
    simulator.fault({ kind: 'too-many-requests', on: 'token' });
    expect((await askToken(simulator)).json()).toMatchObject({ error: 'too_many_requests' });
  });

  it.each([
    ['access-denied', 401, 'access_denied', 'Unauthorized'], ['invalid-client', 401, 'invalid_client', ''],
    ['no-grant', 403, 'access_denied', 'You might probably want to create a "client-grant"'], ['service-not-enabled', 403, 'access_denied', 'Service not enabled within domain: https://simulated.eu.auth0.com/api/v2/'],
  ] as const)('of a token are %s', async (reason, status, error, text) => {
    simulator.fault({ kind: 'token-refused', reason });
    const reply = await askToken(simulator);
    expect(reply.status).toBe(status);
    expect(reply.json()).toMatchObject({ error, error_description: expect.stringContaining(text) });
  });

  it.each([301, 302, 307, 308] as const)('are redirects with %i to another origin', async status => {
    simulator.fault({ kind: 'redirect', status, target: 'https://elsewhere.example.com' });
    expect(await get(firstPage)).toMatchObject({ status, headers: { location: `https://elsewhere.example.com/api/v2${firstPage}` } });
  });
});

describe('bodies', () => {
  it('are HTML, empty, absent, anything, or of another type', async () => {
    simulator.fault({ kind: 'html' });
    expect(await get(firstPage)).toMatchObject({ status: 200, text: expect.stringContaining('<html>') });
    simulator.fault({ kind: 'empty-body' });
    expect(await get(firstPage)).toMatchObject({ status: 200, text: '' });
    simulator.fault({ kind: 'no-content' });
    expect(await get(firstPage)).toMatchObject({ status: 204, text: '' });
    simulator.fault({ kind: 'body', text: '{"logs":[]}' });
    expect(await get(firstPage)).toMatchObject({ status: 200, text: '{"logs":[]}' });
    simulator.fault({ kind: 'content-type', value: 'text/plain' });
    expect(await get(firstPage)).toMatchObject({ status: 200, headers: { 'content-type': 'text/plain' } });
  });

  it('are cut at any byte, honestly framed or not', async () => {
    expect(await wire({ kind: 'truncate', at: 70, framing: 'length' })).toEqual({ status: 200, bytes: 70, end: 'aborted' });
    expect(await wire({ kind: 'truncate', at: 0, framing: 'length' })).toEqual({ status: 200, bytes: 0, end: 'aborted' });
    expect(await wire({ kind: 'truncate', at: 70, framing: 'chunked-cut' })).toEqual({ status: 200, bytes: 70, end: 'aborted' });
    expect(await wire({ kind: 'truncate', at: 70, framing: 'exact' })).toEqual({ status: 200, bytes: 70, end: 'complete' });
    expect(await wire({ kind: 'truncate', at: 70, framing: 'chunked' })).toEqual({ status: 200, bytes: 70, end: 'complete' });
  });

  it('are cut a step later at each strike', async () => {
    simulator.fault({ kind: 'truncate', at: 10, step: 7, framing: 'exact' });
    const lengths = [(await get(firstPage)).text.length, (await get(firstPage)).text.length, (await get(firstPage)).text.length];
    expect(lengths).toEqual([10, 17, 24]);
  });

  it('are packed well or badly', async () => {
    const packed = async (state: Extract<Fault, { kind: 'gzip' }>['state']): Promise<Buffer> => {
      simulator.fault({ kind: 'gzip', state, bytes: 1 << 20 });
      const response = await fetch(`${simulator.origin}/api/v2${firstPage}`, { headers: { authorization: `Bearer ${token}` } });
      return Buffer.from(await response.arrayBuffer());
    };
    expect((await packed('good')).length).toBe(honestBytes);
    expect((await packed('bomb')).length).toBe(1 << 20);
    await expect(packed('corrupt')).rejects.toThrow();
    await expect(packed('mislabelled')).rejects.toThrow();
    expect((await packed('cut').catch(() => Buffer.alloc(0))).length).toBeLessThan(honestBytes);
    expect(() => gunzipSync('not gzip')).toThrow();
  });

  it('are as large as asked for, streamed', async () => {
    for (const framing of ['length', 'chunked'] as const) {
      expect(await wire({ kind: 'oversized', bytes: 3_000_000, framing })).toEqual({ status: 200, bytes: 3_000_000, end: 'complete' });
    }
  });
});

describe('connections', () => {
  it('are reset before the headers or in the body', async () => {
    expect(await wire({ kind: 'reset', when: 'before-headers' })).toMatchObject({ status: 0, end: 'aborted' });
    const inBody = await wire({ kind: 'reset', when: 'in-body' });
    expect(inBody.end).toBe('aborted');
    expect(inBody.bytes).toBeLessThan(honestBytes);
  });

  it('fall silent before the headers, after them or in the body', async () => {
    expect(await wire({ kind: 'stall', when: 'before-headers' })).toEqual({ status: 0, bytes: 0, end: 'timeout' });
    expect(await wire({ kind: 'stall', when: 'after-headers' })).toEqual({ status: 200, bytes: 0, end: 'timeout' });
    expect(await wire({ kind: 'stall', when: 'in-body' })).toEqual({ status: 200, bytes: honestBytes >> 1, end: 'timeout' });
  });

  it('drip, are late, and tell another time', async () => {
    expect(await wire({ kind: 'drip', everyMs: 1 }, `/logs?from=${logId(118)}`)).toEqual({ status: 200, bytes: events[119]!.json.length + 2, end: 'complete' });
    expect(await wire({ kind: 'delay', ms: 5 })).toEqual({ status: 200, bytes: honestBytes, end: 'complete' });
    simulator.fault({ kind: 'clock-skew', seconds: -86_400 });
    expect(Date.parse((await get(firstPage)).headers['date'] ?? '')).toBeLessThan(Date.now() - 86_000_000);
  });

  it('that hang are closed when the simulator stops', async () => {
    simulator.fault({ kind: 'stall', when: 'before-headers' });
    const hanging = rawGet(simulator, firstPage, token, 20_000);
    while (simulator.counts.faults === 0) await new Promise(resolve => setImmediate(resolve));
    await simulator.stop();
    expect(await hanging).toMatchObject({ end: 'aborted' });
    simulator = await startSimulator({ events: [] });
  });
});

describe('pages', () => {
  it('repeat for ever, whatever from says', async () => {
    simulator.fault({ kind: 'repeat-page', after: 1 });
    const pages = [];
    for (const index of [0, 10, 20, 30]) pages.push(await get(`/logs?from=${logId(index)}&take=5`));
    expect(pages.map(page => idsOf(page)[0])).toEqual([1, 11, 11, 11].map(logId));
    expect(pages[3]?.headers['link']).toBe(pages[1]?.headers['link']);
  });

  it('ignore take, come in reverse, or hold every event twice', async () => {
    simulator.fault({ kind: 'take', take: 50 });
    expect(idsOf(await get(firstPage))).toHaveLength(50);
    simulator.fault({ kind: 'descending' });
    expect(idsOf(await get(firstPage))[0]).toBe(logId(99));
    simulator.fault({ kind: 'double-events' });
    expect(idsOf(await get(`${firstPage}`))).toHaveLength(200);
  });

  it.each<readonly [LinkFault, string | undefined]>([
    ['missing', undefined],
    ['empty', ''],
    ['self', '<ORIGIN/api/v2/logs?from=FROM&take=2>; rel="next"'],
    ['backwards', `<ORIGIN/api/v2/logs?from=${startOfLog}&take=2>; rel="next"`],
    ['other-host', '<https://hostile.example.org/api/v2/logs?from=LAST&take=2>; rel="next"'],
    ['other-path', '<ORIGIN/api/v2/users?from=LAST&take=2>; rel="next"'],
    ['other-scheme', '<ftp://HOST/api/v2/logs?from=LAST&take=2>; rel="next"'],
    ['userinfo', '<http://somebody@HOST/api/v2/logs?from=LAST&take=2>; rel="next"'],
    ['host-as-userinfo', '<http://HOST@hostile.example.org/api/v2/logs?from=LAST&take=2>; rel="next"'],
    ['malformed', '<http//:::?from>; rel=next; <'],
    ['relative', '</api/v2/logs?from=LAST&take=2>; rel="next"'],
    ['several', '<ORIGIN/api/v2/logs?take=2>; rel="first", <ORIGIN/api/v2/logs?from=LAST&take=2>; rel="next"'],
  ])('have a Link that is %s', async (link, expected) => {
    simulator.fault({ kind: 'link', link, target: 'https://hostile.example.org' });
    const reply = await get(`/logs?from=${logId(3)}&take=2`);
    const filled = expected?.replaceAll('ORIGIN', simulator.origin).replaceAll('HOST', new URL(simulator.origin).host).replaceAll('FROM', logId(3)).replaceAll('LAST', logId(5));
    expect(reply.headers['link']).toBe(filled);
  });

  it('have a Link to another port of the same host', async () => {
    simulator.fault({ kind: 'link', link: 'other-port' });
    const { hostname, port } = new URL(/<([^>]+)>/.exec((await get(firstPage)).headers['link'] ?? '')?.[1] ?? '');
    expect(hostname).toBe('127.0.0.1');
    expect(port).not.toBe(new URL(simulator.origin).port);
  });

  it('have a Link of any text', async () => {
    simulator.fault({ kind: 'link', link: { text: '<javascript:alert(1)>; rel="next"' } });
    expect((await get(firstPage)).headers['link']).toBe('<javascript:alert(1)>; rel="next"');
  });
});
