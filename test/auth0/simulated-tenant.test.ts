/** The client over real HTTP against the simulated tenant, with a clock that makes every wait instant. */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type Auth0Client, createAuth0Client, type TenantConnection } from '../../electron/auth0/index';
import { createNodeHttp, type NodeHttp } from '../../electron/node/http';
import type { LogId } from '../../shared/domain/ids';
import type { LogsReply } from '../../shared/domain/logs-page';
import { type Fault, type Simulator, type SimulatorOptions, startSimulator } from '../auth0-simulator/index';
import { failureOf, fakeClock, never } from './fake-auth0';

type Tenant = { readonly simulator: Simulator; readonly client: Auth0Client; readonly connection: TenantConnection; readonly clock: ReturnType<typeof fakeClock> };

const started: { readonly simulator: Simulator; readonly http: NodeHttp }[] = [];
afterEach(async () => {
  for (const { simulator, http } of started.splice(0)) {
    await http.close();
    await simulator.stop();
  }
});

async function tenant(options: SimulatorOptions = {}): Promise<Tenant> {
  const simulator = await startSimulator({ events: { count: 250 }, ...options });
  const http = createNodeHttp({});
  started.push({ simulator, http });
  const clock = fakeClock();
  const client = createAuth0Client({ http, clock, random: () => 0.5 });
  const { connection } = await client.check({
    domain: simulator.domain, apiOrigin: simulator.origin, audienceDomain: simulator.audienceDomain, acceptDomain: simulator.domain,
    clientId: simulator.clientId, clientSecret: simulator.clientSecret,
  }, never());
  return { simulator, client, connection, clock };
}

const start = '0'.repeat(56);
const read = ({ client, connection }: Tenant, from: LogId = start): Promise<LogsReply> => client.logs(connection, { mode: 'checkpoint', from, take: 100 }, never());
const pageOf = (reply: LogsReply): Extract<LogsReply, { kind: 'page' }> => {
  if (reply.kind !== 'page') throw new Error('refused');
  return reply;
};
const idsOf = (reply: LogsReply): readonly string[] => (JSON.parse(new TextDecoder().decode(pageOf(reply).body)) as { log_id: string }[]).map((event) => event.log_id);

describe('a tenant over HTTP', () => {
  it.each([{}, { customDomain: 'login.example.com' }])('is read to its end by the links alone (%j)', async (options) => {
    const acme = await tenant(options);
    const ids: string[] = [];
    for (let from: LogId = start; ; ) {
      const reply = await read(acme, from);
      if (idsOf(reply).length === 0) break;
      ids.push(...idsOf(reply));
      from = pageOf(reply).nextFrom ?? from;
    }
    expect(createHash('sha256').update(ids.sort().join('\n')).digest('hex')).toBe(acme.simulator.digest());
    expect(acme.simulator.counts).toMatchObject({ tokens: 1, refused: 0 });
  });

  it('gives its oldest events by date', async () => {
    const acme = await tenant();
    const reply = await acme.client.logs(acme.connection, { mode: 'oldest', take: 10, page: 0 }, never());
    expect(idsOf(reply)).toHaveLength(10);
    expect(pageOf(reply).nextFrom).toBeNull();
  });

  it.each(['refuse-400', 'refuse-404'] as const)('may refuse a position it does not know (%s)', async (unknownFrom) => {
    expect(await read(await tenant({ unknownFrom }))).toMatchObject({ kind: 'refused', status: unknownFrom === 'refuse-400' ? 400 : 404 });
  });

  it('tells the budget of its plan', async () => {
    const { simulator, client, connection } = await tenant({ plan: 'essentials' });
    expect(pageOf(await client.logs(connection, { mode: 'oldest', take: 1, page: 0 }, never())).budget).toMatchObject({ limit: 10 });
    expect(simulator.counts.rateLimited).toBe(0);
  });

  it('renews an expired token without a word', async () => {
    const acme = await tenant();
    acme.simulator.expireTokens();
    expect(idsOf(await read(acme))).toHaveLength(100);
    expect(acme.simulator.counts.tokens).toBe(2);
  });
});

const passing: readonly Fault[] = [
  { kind: 'too-many-requests', retryAfterSeconds: 30 }, { kind: 'too-many-requests', retryAfterDateSeconds: 30 },
  ...(['next-second', 'missing', 'past', 'milliseconds', 'garbage'] as const).map((reset) => ({ kind: 'too-many-requests', reset }) as const),
  ...([500, 502, 503, 504, 520] as const).map((status) => ({ kind: 'server-error', status }) as const),
  { kind: 'reset', when: 'before-headers' }, { kind: 'reset', when: 'in-body' },
  { kind: 'truncate', at: 0, framing: 'length' }, { kind: 'truncate', at: 1, step: 7001, framing: 'length' }, { kind: 'truncate', at: 1, step: 7001, framing: 'chunked-cut' },
];

describe('trouble on the way', () => {
  it.each(passing)('passes, and the page is whole: %j', async (fault) => {
    const acme = await tenant();
    acme.simulator.fault({ ...fault, times: 5 });
    expect(idsOf(await read(acme))).toEqual(acme.simulator.visibleIds().slice(0, 100));
    expect(acme.simulator.counts.faults).toBe(5);
    acme.simulator.fault(fault);
    await failureOf(read(acme));
    expect(acme.simulator.counts.faults).toBe(11);
  });

  it('that asks for an hour\'s wait ends the reading at once', async () => {
    const acme = await tenant();
    acme.simulator.fault({ kind: 'too-many-requests', reset: 'hour-ahead' });
    expect(await failureOf(read(acme))).toMatchObject({ code: 'auth0.rate-limited', exitCode: 5 });
    expect(acme.simulator.counts.faults).toBe(1);
  });

  const lasting: readonly (readonly [Fault, string])[] = [
    [{ kind: 'html' }, 'auth0.bad-response'], [{ kind: 'no-content' }, 'auth0.bad-response'], [{ kind: 'content-type', value: 'text/plain' }, 'auth0.bad-response'],
    ...(['good', 'corrupt', 'cut', 'mislabelled', 'bomb'] as const).map((state) => [{ kind: 'gzip', state, bytes: 1 << 20 }, 'auth0.bad-response'] as const),
    ...([301, 302, 303, 307, 308] as const).map((status) => [{ kind: 'redirect', status }, 'auth0.redirected'] as const),
    [{ kind: 'oversized', bytes: 33 << 20, framing: 'length' }, 'auth0.too-large'], [{ kind: 'oversized', bytes: 33 << 20, framing: 'chunked' }, 'auth0.too-large'],
    [{ kind: 'uri-too-long' }, 'auth0.refused'], [{ kind: 'forbidden', scope: 'read:logs' }, 'auth0.scope-missing'], [{ kind: 'unauthorized' }, 'auth0.token-rejected'],
    [{ kind: 'refusal', status: 400, code: 'Bearer', message: 'Bad HTTP authentication header format' }, 'auth0.token-rejected'],
    ...(['other-host', 'other-path', 'other-scheme', 'other-port', 'userinfo', 'host-as-userinfo', 'malformed'] as const).map((link) => [{ kind: 'link', link }, 'auth0.link-refused'] as const),
  ];
  it.each(lasting)('is told at once: %j is %s', async (fault, code) => {
    const acme = await tenant();
    acme.simulator.fault(fault);
    expect((await failureOf(read(acme))).code).toBe(code);
    expect(acme.clock.sleeps).toEqual([]);
    expect(acme.simulator.counts.tokens).toBeLessThanOrEqual(2);
  });

  it.each(['missing', 'empty', 'self', 'backwards', 'relative', 'several'] as const)('is not what a link is that is %s', async (link) => {
    const acme = await tenant();
    acme.simulator.fault({ kind: 'link', link });
    const { nextFrom } = pageOf(await read(acme));
    if (link === 'missing' || link === 'empty') expect(nextFrom).toBeNull();
    else expect(nextFrom).toMatch(/^\d{56}$/);
  });

  it('that drips is stopped by the caller at once', async () => {
    const acme = await tenant();
    acme.simulator.fault({ kind: 'drip', everyMs: 20 });
    const abort = new AbortController();
    setTimeout(() => { abort.abort(); }, 100);
    expect((await failureOf(acme.client.logs(acme.connection, { mode: 'checkpoint', from: start, take: 100 }, abort.signal))).code).toBe('operation.cancelled');
  });

  const refusals: readonly (readonly [Fault, string])[] = [
    [{ kind: 'token-refused', reason: 'access-denied' }, 'auth0.credentials-rejected'], [{ kind: 'token-refused', reason: 'invalid-client' }, 'auth0.credentials-rejected'],
    [{ kind: 'token-refused', reason: 'no-grant' }, 'auth0.grant-missing'], [{ kind: 'token-refused', reason: 'service-not-enabled' }, 'auth0.audience-rejected'],
  ];
  it.each(refusals)('at the token endpoint is told when the token has to be renewed: %j is %s', async (fault, code) => {
    const acme = await tenant();
    acme.simulator.fault(fault);
    acme.clock.advance(86_400_000);
    for (let round = 0; round < 10; round++) expect((await failureOf(read(acme))).code).toBe(code);
    expect(acme.simulator.counts.tokens).toBe(3);
  });
});
