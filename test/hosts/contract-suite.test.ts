import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationName, Reply } from '../../shared/contract';
import { operations } from '../../shared/contract';
import { errorCatalogue } from '../../shared/errors';
import type { AskedHost } from '../builders/asking-hosts';
import { askingHosts } from '../builders/asking-hosts';

/** What needs nobody and changes nothing: the replies must be the same everywhere. */
const same: readonly (readonly [string, OperationName, unknown])[] = [
  ['a page of the sample', 'view.read', { tenant: 'sample', view: 'audit-timeline', size: 5, params: { outcome: ['failure'] } }],
  ['facets', 'view.read', { tenant: 'sample', view: 'facets', params: { field: ['connection', 'outcome'], limit: ['5'] } }],
  ['the list of views', 'view.list', {}],
  ['the status of the sample', 'archive.status', { tenant: 'sample' }],
  ['no stored tenant', 'tenant.list', {}],
  ['the settings of a new folder', 'settings.read', {}],
  ['an unknown view', 'view.read', { tenant: 'sample', view: 'nothing' }],
  ['an unknown parameter', 'view.read', { tenant: 'sample', view: 'facets', params: { colour: ['red'] } }],
  ['an unknown tenant', 'view.read', { tenant: 'nobody.eu.auth0.com', view: 'facets' }],
  ['a missing event', 'event.read', { tenant: 'sample', logId: 'none' }],
  ['a sync of the sample', 'tenant.sync', { tenant: 'sample' }],
  ['a stop of a sync that does not run', 'sync.stop', { tenant: 'acme.eu.auth0.com' }],
  ['a keychain for a folder that has no keys', 'vault.addKeychain', {}],
  ['a keychain taken from a folder that has no keys', 'vault.removeKeychain', {}],
  ['a domain that is none', 'tenant.check', { domain: 'http://acme', clientId: 'x', clientSecret: 'y' }],
  ['a domain that needs consent', 'tenant.check', { domain: 'login.example.com', clientId: 'x', clientSecret: 'y' }],
  ['input that is not well formed', 'view.read', { tenant: 7 }],
];

const hostile: readonly unknown[] = [
  null, 'text', 7, [], {}, { id: 'a' }, { id: 'a', name: 'no.such', input: {} }, { id: 'a', name: '__proto__', input: {} }, { id: 'a', name: 'constructor', input: {} },
  { id: 'a', name: 'toString', input: {} }, { id: '', name: 'view.list', input: {} }, { id: 'x'.repeat(65), name: 'view.list', input: {} }, { id: 'a', name: 'view.list', input: null },
  { id: 'a', name: 'view.export', input: { tenant: 'sample', view: 'facets', format: 'csv', out: '/tmp/anywhere' } },
  { id: 'a', name: 'archive.import', input: { tenant: 'x', files: ['../../etc/passwd'] } },
];

const withoutDetails = (reply: Reply): unknown => (reply.ok ? reply : { ok: false, code: reply.error.code, title: reply.error.title, hint: reply.error.hint });

describe('every host answers alike', () => {
  const hosts: [string, AskedHost][] = [];
  beforeAll(async () => { for (const [name, open] of askingHosts) hosts.push([name, await open()]); }, 120_000);
  afterAll(async () => { for (const [, host] of hosts) await host.end(); });

  const ask = async (name: OperationName, input: unknown): Promise<readonly (readonly [string, Reply])[]> => {
    const replies: [string, Reply][] = [];
    for (const [host, { send }] of hosts) replies.push([host, await send({ id: `suite-${Math.random().toString(36).slice(2)}`, name, input })]);
    return replies;
  };

  it.each(same)('to %s', async (_what, name, input) => {
    const [first, ...others] = await ask(name, input);
    for (const [host, reply] of others) expect(withoutDetails(reply), host).toEqual(withoutDetails(first?.[1] as Reply));
    if (first?.[1].ok === true) expect(operations[name].output.safeParse(first[1].value).success).toBe(true);
  }, 60_000);

  it('to whatever is not a call, with an error of the catalogue', async () => {
    for (const message of hostile) {
      for (const [host, { send }] of hosts) {
        const reply = await send(message);
        expect(reply.ok, `${host} ${JSON.stringify(message)}`).toBe(false);
        if (!reply.ok) expect(Object.keys(errorCatalogue)).toContain(reply.error.code);
      }
    }
  }, 60_000);

  it('to a cancelled call with a cancellation', async () => {
    for (const [host, { send }] of hosts) {
      const going = send({ id: 'to-cancel', name: 'archive.status', input: { tenant: 'sample' } });
      await send({ cancel: 'to-cancel' });
      const reply = await going;
      expect(reply.ok ? 'finished first' : reply.error.code, host).toMatch(/finished first|operation\.cancelled/);
    }
  }, 60_000);
});
