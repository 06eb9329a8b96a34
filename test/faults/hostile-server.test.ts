import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/errors';
import { Failure } from '../../shared/errors';
import type { Fault, Simulator, SimulatorOptions } from '../auth0-simulator/index';
import { generatedEvents, oddEvents, simulatedNow, startSimulator } from '../auth0-simulator/index';
import type { ConnectedEngine } from '../builders/connected-engine';
import { connectedEngine } from '../builders/connected-engine';

const isFull = process.env['TENANTSCOPE_TEST_FULL'] === '1';
const events = generatedEvents({ count: 350 }, 'simulated.eu.auth0.com');
const open: { end: () => Promise<void> }[] = [];
afterEach(async () => { for (const thing of open.splice(0).reverse()) await thing.end(); });

async function tenant(options: SimulatorOptions = {}): Promise<{ readonly simulator: Simulator; readonly engine: ConnectedEngine }> {
  const simulator = await startSimulator({ events, ...options });
  const engine = connectedEngine(simulator);
  open.push({ end: simulator.stop }, engine);
  return { simulator, engine };
}

const statusOf = async (engine: ConnectedEngine) => (await engine.call('archive.status', { tenant: engine.tenant })).tenants[0];
const syncCode = async (engine: ConnectedEngine): Promise<ErrorCode | 'ok'> => {
  try {
    await engine.call('tenant.sync', { tenant: engine.tenant });
    return 'ok';
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
};

/** Whatever happened before, a sync of the healthy server completes the archive: nothing lost, nothing doubled. */
async function expectWhole({ simulator, engine }: { readonly simulator: Simulator; readonly engine: ConnectedEngine }): Promise<void> {
  simulator.fault(null);
  expect(await syncCode(engine)).toBe('ok');
  expect(await statusOf(engine)).toMatchObject({ events: events.length, digest: simulator.digest(), contentDigest: simulator.contentDigest(), gaps: [], revisions: 0 });
}

/** A server that must never hear of us, and what it heard. */
async function foreignServer(): Promise<{ readonly origin: string; readonly heard: string[]; readonly end: () => Promise<void> }> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${String(request.method)} ${String(request.url)} ${JSON.stringify(request.headers)}`);
    response.end('[]');
  });
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve); });
  return { origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, heard, end: () => new Promise(resolve => { server.close(() => { resolve(); }); }) };
}

const lasting: readonly (readonly [string, Fault, ErrorCode])[] = [
  ['a storm of 429', { kind: 'too-many-requests', after: 3 }, 'auth0.rate-limited'],
  ['429 without rate headers', { kind: 'too-many-requests', reset: 'missing', after: 3 }, 'auth0.rate-limited'],
  ['429 whose reset lies in the past', { kind: 'too-many-requests', reset: 'past', after: 3 }, 'auth0.rate-limited'],
  ['429 whose reset is in milliseconds', { kind: 'too-many-requests', reset: 'milliseconds', after: 3 }, 'auth0.rate-limited'],
  ['429 with Retry-After', { kind: 'too-many-requests', retryAfterSeconds: 1, after: 3 }, 'auth0.rate-limited'],
  ['429 with Retry-After as a date', { kind: 'too-many-requests', retryAfterDateSeconds: 2, after: 3 }, 'auth0.rate-limited'],
  ...([500, 502, 503, 504, 520] as const).map(status => [`${String(status)} for ever`, { kind: 'server-error', status, after: 3 }, 'auth0.server-error'] as const),
  ['HTML with 200', { kind: 'html', after: 3 }, 'auth0.bad-response'],
  ['an empty body with 200', { kind: 'empty-body', after: 3 }, 'auth0.bad-response'],
  ['204', { kind: 'no-content', after: 3 }, 'auth0.bad-response'],
  ['text where JSON belongs', { kind: 'content-type', value: 'text/plain', after: 3 }, 'auth0.bad-response'],
  ['an object where a list belongs', { kind: 'body', text: '{"statusCode":200}', after: 3 }, 'auth0.bad-response'],
  ['a repeated page', { kind: 'repeat-page', after: 2 }, 'auth0.not-advancing'],
  ['a body over the limit', { kind: 'oversized', bytes: 40 * 1024 * 1024, framing: 'length', after: 3 }, 'auth0.too-large'],
  ['a streamed body over the limit', { kind: 'oversized', bytes: 40 * 1024 * 1024, framing: 'chunked', after: 3 }, 'auth0.too-large'],
  ['a scope taken away', { kind: 'forbidden', scope: 'read:logs', after: 3 }, 'auth0.scope-missing'],
  ['401 for ever', { kind: 'unauthorized', after: 3 }, 'auth0.token-rejected'],
];

describe('a server that stays broken ends the sync in its catalogue error, and loses nothing', () => {
  it.each(lasting)('%s', async (_name, fault, code) => {
    const place = await tenant();
    place.simulator.fault(fault);
    expect(await syncCode(place.engine)).toBe(code);
    expect((await statusOf(place.engine))?.events).toBeGreaterThan(0);
    await expectWhole(place);
  });
});

describe('a fault that passes is overcome within the sync', () => {
  it.each<readonly [string, Fault]>([
    ['two 429', { kind: 'too-many-requests', after: 2, times: 2 }],
    ['a 503', { kind: 'server-error', status: 503, after: 2, times: 1 }],
    ['a reset before the answer', { kind: 'reset', when: 'before-headers', after: 2, times: 1 }],
    ['a reset within the body', { kind: 'reset', when: 'in-body', after: 2, times: 1 }],
    ['401 once', { kind: 'unauthorized', after: 2, times: 1 }],
    ['pages of half the size', { kind: 'take', take: 50 }],
    ['pages in descending order', { kind: 'descending' }],
    ['every event twice', { kind: 'double-events' }],
    ['a Link to itself', { kind: 'link', link: 'self' }],
    ['no Link at all', { kind: 'link', link: 'missing' }],
    ['a slow drip', { kind: 'drip', everyMs: 1, bytes: 4_000, times: 1 }],
  ])('%s', async (_name, fault) => {
    const place = await tenant();
    place.simulator.fault(fault);
    expect(await syncCode(place.engine)).toBe('ok');
    await expectWhole(place);
  });

  it('a body cut at any of its bytes, however the cut is framed', async () => {
    const framings = ['length', 'exact', 'chunked', 'chunked-cut'] as const;
    const cuts = isFull ? 500 : 60;
    const place = await tenant();
    const pageBytes = events.slice(0, 100).reduce((sum, event) => sum + event.json.length + 1, 1);
    for (let cut = 0; cut < cuts; cut += 1) {
      const fresh = connectedEngine(place.simulator);
      const framing = framings[cut % framings.length] ?? 'length';
      place.simulator.fault({ kind: 'truncate', at: Math.floor((pageBytes * cut) / cuts), framing, after: 2, times: 1 });
      expect(await syncCode(fresh), `${framing} at ${String(cut)}`).toBe('ok');
      expect(await statusOf(fresh)).toMatchObject({ events: events.length, digest: place.simulator.digest(), contentDigest: place.simulator.contentDigest() });
      await fresh.end();
    }
  }, 300_000);
});

describe('a server that points elsewhere', () => {
  let foreign: Awaited<ReturnType<typeof foreignServer>>;
  beforeEach(async () => {
    foreign = await foreignServer();
    open.push({ end: foreign.end });
  });

  it.each(['other-host', 'other-path', 'other-scheme', 'other-port', 'userinfo', 'host-as-userinfo', 'malformed'] as const)('by a Link of kind %s is refused, and nothing is sent there', async link => {
    const place = await tenant();
    place.simulator.fault({ kind: 'link', link, target: foreign.origin, after: 2 });
    expect(await syncCode(place.engine)).toBe('auth0.link-refused');
    expect(foreign.heard).toEqual([]);
    await expectWhole(place);
    expect(foreign.heard).toEqual([]);
  });

  it.each([301, 302, 303, 307, 308] as const)('by a redirect %s is refused, for the log and for the token', async status => {
    for (const on of ['pages', 'token'] as const) {
      const place = await tenant();
      place.simulator.fault({ kind: 'redirect', status, target: foreign.origin, on });
      expect(await syncCode(place.engine)).toBe('auth0.redirected');
      expect(foreign.heard).toEqual([]);
      await expectWhole(place);
    }
  });
});

it('reads the whole log from servers that treat unknown positions in any way', async () => {
  for (const options of [{ unknownFrom: 'refuse-400' }, { unknownFrom: 'refuse-404' }, { syntheticFrom: 'refuse-400' }, { syntheticFrom: 'accept', unknownFrom: 'refuse-400' }, { maxTake: 7 }] as const) {
    const place = await tenant(options);
    expect(await syncCode(place.engine)).toBe('ok');
    await expectWhole(place);
  }
});

it('keeps every odd shape of event, and gives it back byte for byte', async () => {
  const odd = oddEvents(simulatedNow);
  const { engine } = await tenant({ events: odd });
  expect(await syncCode(engine)).toBe('ok');
  for (const event of odd) {
    const { base64 } = await engine.call('event.read', { tenant: engine.tenant, logId: event.logId });
    expect(Buffer.from(base64, 'base64').toString('utf8')).toBe(event.json);
  }
  expect((await engine.call('view.read', { tenant: engine.tenant, view: 'audit-timeline' })).total).toBe(odd.length);
});
