/** The simulated tenant's directory, statistics and export jobs. */
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { startSimulator } from './index';
import type { SimulatedDirectory, Simulator, SimulatorOptions } from './index';
import { connect, tokenFor } from './plain-client';
import type { Get } from './plain-client';

const users = Array.from({ length: 1100 }, (_, index) => ({ user_id: `auth0|${index}`, email: `user-${index}@example.com`, name: `User ${index}` }));
const directory: SimulatedDirectory = {
  users,
  organizations: Array.from({ length: 120 }, (_, index) => ({ id: `org_${index}`, name: `customer-${index}`, display_name: `Customer ${index}` })),
  clients: [{ client_id: 'portal', name: 'Portal', client_secret: 'simulated' }],
  connections: [{ id: 'con_1', name: 'acme-saml', strategy: 'samlp' }, { id: 'con_2', name: 'Users', strategy: 'auth0' }],
  logStreams: [{ id: 'lst_0000000000000001', name: 'Hook', type: 'http', status: 'active', sink: { httpAuthorization: 'simulated' } }],
  members: new Map([['org_0', users.slice(0, 130).map(user => user.user_id)]]),
};

const running: Simulator[] = [];

async function start(options: SimulatorOptions = {}): Promise<Get> {
  const simulator = await startSimulator({ events: [], directory, ...options });
  running.push(simulator);
  return connect(simulator);
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(simulator => simulator.stop()));
});

const dayEvent = (day: number, type: string, user: string) => {
  const logId = `9002026010${day}120000${String(running.length)}${user}`.padEnd(56, '0');
  return { logId, json: JSON.stringify({ date: `2026-01-0${day}T12:00:00.000Z`, type, user_id: `auth0|${user}`, log_id: logId }) };
};

describe('users', () => {
  it('are paged by offset with a real total, up to 1,000', async () => {
    const get = await start();
    expect((await get('/users?page=2&per_page=100&include_totals=true')).json()).toMatchObject({ start: 200, limit: 100, length: 100, total: 1100 });
    const beyond = await get('/users?page=10&per_page=100');
    expect(beyond.json()).toMatchObject({ statusCode: 400, errorCode: 'invalid_paging', message: expect.stringContaining('You can only page through the first 1000 records') });
    expect((await get('/users?per_page=1&fields=email')).json()).toEqual([{ email: 'user-0@example.com' }]);
  });

  it('can be exported by a job that takes its time, as one object a line', async () => {
    const get = await start();
    const simulator = running[0]!;
    const authorization = `Bearer ${await tokenFor(simulator)}`;
    const created = await fetch(`${simulator.origin}/api/v2/jobs/users-exports`, {
      method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify({ format: 'json', fields: [{ name: 'email', export_as: 'mail' }] }),
    });
    const { id, status } = await created.json() as { id: string; status: string };
    expect(status).toBe('pending');
    const states = [await get(`/jobs/${id}`), await get(`/jobs/${id}`), await get(`/jobs/${id}`)].map(reply => reply.json() as { status: string; location?: string });
    expect(states.map(state => state.status)).toEqual(['pending', 'processing', 'completed']);
    const lines = (await (await fetch(states[2]!.location!)).text()).trim().split('\n');
    expect(lines).toHaveLength(1100);
    expect(JSON.parse(lines[3]!)).toEqual({ mail: 'user-3@example.com' });
    const expired = new URL(states[2]!.location!);
    expired.searchParams.set('Expires', String(Date.now() - 1));
    expect((await fetch(expired)).status).toBe(403);
  });

  it('can be exported as a gzip file', async () => {
    const get = await start({ exportCompression: 'gzip', scopes: ['read:users'] });
    const simulator = running[0]!;
    const authorization = `Bearer ${await tokenFor(simulator)}`;
    const { id } = await (await fetch(`${simulator.origin}/api/v2/jobs/users-exports`, { method: 'POST', headers: { authorization }, body: '{}' })).json() as { id: string };
    const last = [await get(`/jobs/${id}`), await get(`/jobs/${id}`), await get(`/jobs/${id}`)].at(-1)?.json() as { location: string };
    const bytes = Buffer.from(await (await fetch(last.location)).arrayBuffer());
    expect([bytes[0], bytes[1]]).toEqual([0x1f, 0x8b]);
    expect(gunzipSync(bytes).toString().split('\n')).toHaveLength(1101);
  });
});

describe('organizations and members', () => {
  it('are walked by an opaque cursor that is absent on the last page', async () => {
    const get = await start();
    const first = (await get('/organizations?take=100')).json() as { organizations: unknown[]; next?: string };
    expect(first.organizations).toHaveLength(100);
    const second = (await get(`/organizations?take=100&from=${first.next}`)).json() as { organizations: unknown[]; next?: string };
    expect(second.organizations).toHaveLength(20);
    expect(second).not.toHaveProperty('next');
    expect(await get('/organizations?take=100&from=org_5')).toMatchObject({ status: 400 });
    expect((await get('/organizations?page=2&include_totals=true')).json()).toMatchObject({ start: 100, length: 20, total: 120 });
  });

  it('show members, with roles only to those who may see them', async () => {
    const get = await start();
    const page = (await get('/organizations/org_0/members?take=100')).json() as { members: unknown[]; next?: string };
    expect(page.members[0]).toEqual({ user_id: 'auth0|0', name: 'User 0', email: 'user-0@example.com' });
    expect(page.next).toBeTypeOf('string');
    expect((await get('/organizations/org_0/members?fields=user_id,roles&take=1')).json()).toMatchObject({ members: [{ roles: [{ name: 'member' }] }] });
    expect((await get('/organizations/org_0/members?page=10&per_page=100')).json()).toMatchObject({ errorCode: 'invalid_paging' });
    expect(await get('/organizations/org_none/members')).toMatchObject({ status: 404 });
    const narrow = await start({ scopes: ['read:organization_members'] });
    expect(await narrow('/organizations/org_0/members?fields=roles')).toMatchObject({ status: 403 });
    expect(await narrow('/organizations')).toMatchObject({ status: 403 });
  });
});

describe('applications, connections and log streams', () => {
  it('show an application\'s secret to a broad scope only, and not when fields leaves it out', async () => {
    const broad = await start();
    expect((await broad('/clients')).json()).toEqual(directory.clients);
    expect((await broad('/clients?fields=client_id,name')).json()).toEqual([{ client_id: 'portal', name: 'Portal' }]);
    const narrow = await start({ scopes: ['read:client_summary'] });
    expect((await narrow('/clients')).json()).toEqual([{ client_id: 'portal', name: 'Portal' }]);
  });

  it('filter connections and list streams without paging', async () => {
    const get = await start();
    expect((await get('/connections?strategy=samlp')).json()).toEqual([directory.connections[0]]);
    expect((await get('/log-streams')).json()).toEqual(directory.logStreams);
  });

  it('are inferred from the events where no directory is given', async () => {
    const json = { date: '2026-01-01T00:00:00.000Z', type: 's', user_id: 'samlp|1', user_name: 'ada@example.com', organization_id: 'org_a', organization_name: 'acme', client_id: 'c', client_name: 'C', connection: 'acme-saml', connection_id: 'con_a', strategy: 'samlp' };
    const simulator = await startSimulator({ events: [{ logId: '1'.padEnd(56, '0'), json: JSON.stringify(json) }] });
    running.push(simulator);
    const get = await connect(simulator);
    expect((await get('/organizations')).json()).toEqual([{ id: 'org_a', name: 'acme', display_name: 'acme' }]);
    expect((await get('/organizations/org_a/members')).json()).toMatchObject([{ user_id: 'samlp|1', email: 'ada@example.com' }]);
    expect((await get('/connections')).json()).toMatchObject([{ id: 'con_a', strategy: 'samlp' }]);
  });
});

describe('statistics', () => {
  const events = [dayEvent(1, 's', 'a'), dayEvent(1, 'ss', 'b'), dayEvent(3, 's', 'c'), dayEvent(3, 's', 'd'), dayEvent(3, 'pwd_leak', 'e')];

  it('count active users as a bare integer', async () => {
    const get = await start({ events });
    expect((await get('/stats/active-users')).text).toBe('3');
  });

  it('count a row a day, both ends included', async () => {
    const get = await start({ events });
    expect((await get('/stats/daily?from=20260101&to=20260103')).json()).toMatchObject([
      { date: '2026-01-01T00:00:00.000Z', logins: 1, signups: 1, leaked_passwords: 0 },
      { date: '2026-01-02T00:00:00.000Z', logins: 0, signups: 0, leaked_passwords: 0 },
      { date: '2026-01-03T00:00:00.000Z', logins: 2, signups: 0, leaked_passwords: 1 },
    ]);
    expect(await get('/stats/daily?from=2026-01-01&to=20260103')).toMatchObject({ status: 400 });
    expect(await (await start({ scopes: ['read:logs'] }))('/stats/active-users')).toMatchObject({ status: 403 });
  });
});
