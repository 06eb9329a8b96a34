/** The simulated log and tokens behave as Auth0's do, point by point of what is known about them. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { compareLogIds, ingestedAt } from '../../shared/domain/ids';
import { generatedEvents, oddEvents, simulatedNow, startSimulator } from './index';
import type { SimulatedEvent, Simulator, SimulatorOptions } from './index';
import { askToken, connect, idsOf, logsOf, startOfLog, tokenFor, walk } from './plain-client';

const running: Simulator[] = [];

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options);
  running.push(simulator);
  return simulator;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(simulator => simulator.stop()));
});

const logIdNumber = (index: number): string => `900${String(20_260_101_000_000 + index)}${'0'.repeat(39)}`;
const event = (index: number, fields: Readonly<Record<string, unknown>> = {}): SimulatedEvent => {
  const logId = logIdNumber(index);
  return { logId, json: JSON.stringify({ date: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(), type: 's', log_id: logId, ...fields }) };
};
const eventList = (count: number, first = 1): readonly SimulatedEvent[] => Array.from({ length: count }, (_, index) => event(first + index));
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('pages by checkpoint', () => {
  it('gives the events strictly newer than from, ordered by log id, and names the next page', async () => {
    const simulator = await start({ events: eventList(10) });
    const get = await connect(simulator);
    const reply = await get(`/logs?from=${logIdNumber(3)}&take=4`);
    expect(idsOf(reply)).toEqual([4, 5, 6, 7].map(logIdNumber));
    expect(reply.headers['link']).toBe(`<${simulator.origin}/api/v2/logs?from=${logIdNumber(7)}&take=4>; rel="next"`);
  });

  it('ignores every other parameter when from is given', async () => {
    const get = await connect(await start({ events: eventList(5) }));
    const reply = await get(`/logs?from=${logIdNumber(1)}&q=nonsense:1&sort=date:-1&page=99&per_page=1&fields=type&include_totals=true`);
    expect(idsOf(reply)).toEqual([2, 3, 4, 5].map(logIdNumber));
  });

  it('sends a Link on the empty page too, equal to the request', async () => {
    const simulator = await start({ events: eventList(2) });
    const get = await connect(simulator);
    const reply = await get(`/logs?from=${logIdNumber(2)}&take=100`);
    expect(reply.text).toBe('[]');
    expect(reply.headers['link']).toBe(`<${simulator.origin}/api/v2/logs?from=${logIdNumber(2)}&take=100>; rel="next"`);
  });

  it('takes 50 when nothing is said, and refuses more than 100', async () => {
    const get = await connect(await start({ events: eventList(150) }));
    expect(idsOf(await get(`/logs?from=${startOfLog}`))).toHaveLength(50);
    expect(idsOf(await get(`/logs?from=${startOfLog}&take=100`))).toHaveLength(100);
    const refused = await get(`/logs?from=${startOfLog}&take=101`);
    expect(refused.json()).toMatchObject({ statusCode: 400, error: 'Bad Request', errorCode: 'invalid_query_string' });
  });

  it('can hold pages shorter than asked for though more events exist', async () => {
    const get = await connect(await start({ events: eventList(25), maxTake: 10 }));
    expect(await walk(get)).toHaveLength(25);
    expect(idsOf(await get(`/logs?from=${startOfLog}&take=100`))).toHaveLength(10);
  });

  it('serves each event byte for byte', async () => {
    const odd = oddEvents(simulatedNow);
    const get = await connect(await start({ events: odd }));
    expect((await get(`/logs?from=${startOfLog}&take=100`)).text).toBe(`[${odd.map(({ json }) => json).join(',')}]`);
    expect((await get(`/logs/${odd[8]!.logId}`)).text).toBe(odd[8]!.json);
  });

  it('makes late ids visible in their place, and a known id with its new body', async () => {
    const simulator = await start({ events: eventList(5) });
    const get = await connect(simulator);
    const late = { ...event(2), logId: `${logIdNumber(2).slice(0, -1)}7`, json: '{"late":true}' };
    const changed = event(4, { type: 'fp' });
    simulator.append([late, changed]);
    const reply = await get(`/logs?from=${logIdNumber(2)}`);
    expect(reply.text).toBe(`[${[late, event(3), changed, event(5)].map(({ json }) => json).join(',')}]`);
  });

  it('shows a walker every event once, whatever is appended and evicted on the way', async () => {
    const simulator = await start({ events: [] });
    const get = await connect(simulator);
    let base = 0;
    await fc.assert(fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 60 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 60 }), async (order, take, cut) => {
      base += 1000;
      const ids = order.map(index => logIdNumber(base + index));
      order.forEach(index => simulator.append([event(base + index)]));
      const kept = [...ids].sort(compareLogIds).slice(Math.min(cut, ids.length));
      simulator.evictBefore(kept[0] ?? logIdNumber(base + 999));
      const seen = await walk(get, logIdNumber(base), take);
      expect(seen.map(log => log.log_id)).toEqual(kept);
    }), { seed: 20261121, numRuns: 25 });
  });
});

describe('where the log begins', () => {
  const evicting = async (options: SimulatorOptions) => {
    const simulator = await start({ events: eventList(10), ...options });
    simulator.evictBefore(logIdNumber(6));
    return { simulator, get: await connect(simulator) };
  };

  it('starts at the oldest event that retention has left', async () => {
    const { get } = await evicting({});
    expect(idsOf(await get(`/logs?from=${logIdNumber(2)}`))).toEqual([6, 7, 8, 9, 10].map(logIdNumber));
    expect(await get(`/logs/${logIdNumber(2)}`)).toMatchObject({ status: 404 });
  });

  it('refuses an evicted or unknown from, where it is told to', async () => {
    const bad = (await evicting({ unknownFrom: 'refuse-400' })).get;
    expect(await bad(`/logs?from=${logIdNumber(2)}`)).toMatchObject({ status: 400 });
    expect(await bad(`/logs?from=${startOfLog}`)).toMatchObject({ status: 400 });
    const missing = (await evicting({ unknownFrom: 'refuse-404', syntheticFrom: 'accept' })).get;
    expect(await missing(`/logs?from=${logIdNumber(2)}`)).toMatchObject({ status: 404 });
    expect(idsOf(await missing(`/logs?from=${startOfLog}`))).toHaveLength(5);
  });

  it('can refuse ids that never existed while evicted ones are positions', async () => {
    const { get } = await evicting({ syntheticFrom: 'refuse-400' });
    expect(await get(`/logs?from=${startOfLog}`)).toMatchObject({ status: 400 });
    expect(idsOf(await get(`/logs?from=${logIdNumber(2)}`))).toHaveLength(5);
    expect(idsOf(await get('/logs?sort=date:1&per_page=1'))).toEqual([logIdNumber(6)]);
  });
});

describe('digests', () => {
  it('are those of the contract, over what was ever visible and over what is', async () => {
    const simulator = await start({ events: eventList(3) });
    expect(simulator.digest()).toBe(sha256([1, 2, 3].map(logIdNumber).join('\n')));
    expect(simulator.contentDigest()).toBe(sha256([1, 2, 3].map(index => `${logIdNumber(index)}\t${sha256(event(index).json)}`).join('\n')));
    const before = simulator.contentDigest();
    simulator.evictBefore(logIdNumber(3));
    simulator.append([event(2), event(3, { type: 'fp' })]);
    expect(simulator.contentDigest()).toBe(before);
    expect(simulator.visibleDigest()).toBe(sha256(logIdNumber(3)));
    expect(simulator.visibleContentDigest()).toBe(sha256(`${logIdNumber(3)}\t${sha256(event(3, { type: 'fp' }).json)}`));
  });

  it('of an empty log is the digest of nothing', async () => {
    const simulator = await start({ events: [] });
    expect([simulator.digest(), simulator.contentDigest(), simulator.visibleDigest()]).toEqual([sha256(''), sha256(''), sha256('')]);
  });
});

describe('generated events', () => {
  it('have ids of 56 digits that tell the ingest time, some seconds after the date', () => {
    for (const { logId, json } of generatedEvents({ count: 500 }, 'acme.eu.auth0.com')) {
      const { date, log_id: inside } = JSON.parse(json) as { date: string; log_id: string };
      const lag = (ingestedAt(logId) ?? 0) - Date.parse(date);
      expect(logId).toMatch(/^900\d{53}$/);
      expect(inside).toBe(logId);
      expect(lag).toBeGreaterThanOrEqual(300);
      expect(lag).toBeLessThanOrEqual(5400);
    }
  });

  it('go back in time between some neighbours', () => {
    const dates = generatedEvents({ count: 2000 }, 'acme.eu.auth0.com').map(({ json }) => (JSON.parse(json) as { date: string }).date);
    expect(dates.filter((date, index) => index > 0 && date < dates[index - 1]!).length).toBeGreaterThan(10);
  });

  it('fill a simulator that is told nothing, with the directory of their world', async () => {
    const simulator = await start();
    expect(simulator.visibleIds()).toEqual(generatedEvents({ count: 1000 }, simulator.domain).map(({ logId }) => logId));
    const get = await connect(simulator);
    expect((await get('/organizations?include_totals=true')).json()).toMatchObject({ total: 40 });
    expect((await get('/connections?strategy=samlp')).json()).toHaveLength(8);
    expect(Number((await get('/stats/active-users')).text)).toBeGreaterThan(10);
  });

  it('are as many as asked for, ascending, and the same each time', () => {
    const events = generatedEvents({ count: 3000, seed: 5 }, 'acme.eu.auth0.com');
    expect(events).toHaveLength(3000);
    expect(generatedEvents({ count: 7 }, 'acme.eu.auth0.com')).toHaveLength(7);
    expect(events.every((one, index) => index === 0 || compareLogIds(events[index - 1]!.logId, one.logId) < 0)).toBe(true);
    expect(generatedEvents({ count: 3000, seed: 5 }, 'acme.eu.auth0.com')).toEqual(events);
  });
});

describe('odd events', () => {
  it('cover the shapes that clients trip over', async () => {
    const get = await connect(await start({ events: oddEvents(simulatedNow) }));
    const logs = logsOf(await get(`/logs?from=${startOfLog}`));
    const types = logs.map(log => log['type']);
    expect(types).toContain('type_of_next_year');
    expect(logs.every(log => log['_id'] === log.log_id && log['id'] === log.log_id && 'isMobile' in log)).toBe(true);
    expect(new Set(logs.map(log => typeof log['description']))).toEqual(new Set(['string', 'undefined', 'object']));
    expect(logs.some(log => Array.isArray(log['scope'])) && logs.some(log => typeof log['scope'] === 'string')).toBe(true);
    const errors = logs.map(log => (log['details'] as { error?: unknown } | undefined)?.error);
    expect(new Set(errors.map(error => typeof error))).toEqual(new Set(['undefined', 'string', 'object']));
    expect(logs.some(log => (log['details'] as { riskAssessment?: unknown } | undefined)?.riskAssessment === null)).toBe(true);
    expect(Math.max(...logs.map(log => JSON.stringify(log).length))).toBeGreaterThan(80_000);
    expect(logs.some(log => String(log['ip']).startsWith('2001:0db8:'))).toBe(true);
    const dates = logs.map(log => String(log['date']));
    expect(dates).not.toEqual([...dates].sort());
  });
});

describe('tokens', () => {
  it('are given for client credentials, as JSON or as a form, with their scopes', async () => {
    const simulator = await start({ scopes: ['read:logs', 'read:users'], tokenLifeSeconds: 600 });
    expect((await askToken(simulator)).json()).toMatchObject({ scope: 'read:logs read:users', expires_in: 600, token_type: 'Bearer' });
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: simulator.clientId, client_secret: simulator.clientSecret, audience: `https://${simulator.domain}/api/v2/` });
    expect((await fetch(`${simulator.origin}/oauth/token`, { method: 'POST', body: form })).status).toBe(200);
    expect(simulator.requests[1]).toMatchObject({ method: 'POST', path: '/oauth/token', body: form.toString(), status: 200 });
    expect(simulator.counts).toMatchObject({ requests: 2, tokens: 2, pages: 0 });
  });

  it('are refused in the dialect of OAuth', async () => {
    const simulator = await start();
    expect(await askToken(simulator, { client_secret: 'wrong' })).toMatchObject({ status: 401, text: '{"error":"access_denied","error_description":"Unauthorized"}' });
    expect(await askToken(simulator, { client_id: 'nobody' })).toMatchObject({ status: 401 });
    expect(await askToken(simulator, { grant_type: 'password' })).toMatchObject({ status: 400 });
    const audience = `https://${simulator.domain}/api/v2`;
    expect(await askToken(simulator, { audience })).toMatchObject({ status: 403, text: JSON.stringify({ error: 'access_denied', error_description: `Service not enabled within domain: ${audience}` }) });
  });

  it('name the tenant\'s own domain as audience when there is a custom domain', async () => {
    const simulator = await start({ customDomain: 'login.example.com' });
    expect([simulator.domain, simulator.audienceDomain]).toEqual(['login.example.com', 'simulated.eu.auth0.com']);
    expect(await askToken(simulator, { audience: 'https://login.example.com/api/v2/' })).toMatchObject({ status: 403 });
    expect(await askToken(simulator)).toMatchObject({ status: 200 });
  });

  it('open only what their scopes allow, from the time they were issued', async () => {
    const simulator = await start({ scopes: ['read:users'] });
    const get = await connect(simulator);
    const text = '{"statusCode":403,"error":"Forbidden","message":"Insufficient scope, expected any of: read:logs,read:logs_users","errorCode":"insufficient_scope"}';
    expect(await get(`/logs?from=${startOfLog}`)).toMatchObject({ status: 403, text });
    simulator.setScopes(['read:logs_users']);
    expect(await get(`/logs?from=${startOfLog}`)).toMatchObject({ status: 403 });
    expect(await (await connect(simulator))(`/logs?from=${startOfLog}`)).toMatchObject({ status: 200 });
  });

  it('expire, and a rotated secret stops new ones', async () => {
    const simulator = await start();
    const get = await connect(simulator);
    simulator.expireTokens();
    expect((await get('/logs')).json()).toMatchObject({ statusCode: 401, error: 'Unauthorized' });
    const fresh = await connect(simulator);
    expect(await fresh('/logs')).toMatchObject({ status: 200 });
    simulator.setSecret('another');
    expect(await askToken(simulator)).toMatchObject({ status: 401 });
    expect(await fresh('/logs')).toMatchObject({ status: 200 });
    const short = await start({ tokenLifeSeconds: 0 });
    expect(await (await connect(short))('/logs')).toMatchObject({ status: 401 });
  });

  it('that are missing, malformed or foreign are refused in the dialect of the API', async () => {
    const simulator = await start();
    const ask = async (headers: Record<string, string>): Promise<unknown> => (await fetch(`${simulator.origin}/api/v2/logs`, { headers })).json();
    expect(await ask({})).toMatchObject({ statusCode: 401 });
    expect(await ask({ authorization: 'Bearer one two' })).toMatchObject({ statusCode: 400, message: 'Bad HTTP authentication header format' });
    expect(await ask({ authorization: `Bearer ${await tokenFor(await start())}` })).toMatchObject({ statusCode: 401, message: 'Invalid token' });
    expect(simulator.counts.refused).toBe(3);
  });
});
