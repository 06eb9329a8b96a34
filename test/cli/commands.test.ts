import { describe, expect, it } from 'vitest';
import type { Output, ViewPage } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import { runWords } from './run-words';

const page: ViewPage = {
  columns: [{ id: 'type', header: 'Type', kind: 'text' }, { id: 'userName', header: 'User name', kind: 'text' }],
  rows: [{ type: 'fp', userName: 'mallory\x1b[2J\u202e' }, { type: 's', userName: null }],
  next: 'tok.en', asOf: 12, total: 60123,
};
const syncReceipt: Output<'tenant.sync'> = {
  tenant: 'acme.eu.auth0.com', read: 1234, stored: 1200, duplicates: 34, revisions: 0, setAside: 0, checkpoint: '900', gaps: [],
};
const importReceipt: Output<'archive.import'> = { tenant: 'acme', read: 3, stored: 1, duplicates: 1, revisions: 0, setAside: [{ file: 'a.jsonl', line: 7, reason: 'not JSON' }] };
const exportReceipt: Output<'view.export'> = { rows: 2, files: [{ path: 'out.csv', sha256: 'ab12', rows: 2 }], manifest: null, guarded: 1, truncated: 0 };
const status: Output<'archive.status'> = {
  tenants: [{
    tenant: 'acme', events: 60123, firstAt: '2026-01-01T00:00:00.000Z', lastAt: null, checkpoint: null, digest: 'd1', contentDigest: 'd2',
    gaps: [{ from: '2026-01-02T00:00:00.000Z', to: '2026-01-03T00:00:00.000Z', cause: 'retention' }], revisions: 0, setAside: 0, error: null,
  }],
};

describe('the answer', () => {
  it('is one JSON document on standard output with --json, and nothing on standard error', async () => {
    const ran = await runWords(['view', 'audit-timeline', '--tenant', 'acme', '--param', 'type=fp', '--param', 'type=f', '--size', '2', '--page', 'p', '--json'], { 'view.read': () => page });
    expect(JSON.parse(ran.out)).toEqual(page);
    expect(ran).toMatchObject({ code: 0, talk: '', hostsClosed: 1 });
    expect(ran.asked).toEqual([{ name: 'view.read', input: { tenant: 'acme', view: 'audit-timeline', params: { type: ['fp', 'f'] }, size: 2, page: 'p' } }]);
  });

  it('is a table for people, with the place of the page under it and log text made visible', async () => {
    const { out } = await runWords(['view', 'audit-timeline', '--tenant=acme'], { 'view.read': () => page }, { outputWindow: 80 });
    expect(out.split('\n')).toEqual([
      'Type  User name',
      'fp    mallory\\x1b[2J\\u{202e}',
      's',
      '2 of 60,123 events, next page: --page tok.en',
      '',
    ]);
  });

  it('has bold headers only where they show', async () => {
    const { out } = await runWords(['view', 'audit-timeline', '--tenant=acme'], { 'view.read': () => page }, { outputWindow: 80, showsStyles: true });
    expect(out).toMatch(/^\x1b\[1mType {2}User name\x1b\[22m\n/);
  });

  it('of a view without a total counts its rows', async () => {
    const { out } = await runWords(['view', 'facets', '--tenant=acme'], { 'view.read': () => ({ ...page, rows: [], next: null, total: null }) });
    expect(out).toBe('0 rows\n');
  });

  it('of event is the very bytes and one newline, --json or not', async () => {
    const bytes = Buffer.from('{"log_id":"1", "x":"\u202e\u00e9"}');
    for (const words of [['event', '1', '--tenant=acme'], ['event', '1', '--tenant=acme', '--json']]) {
      const { out } = await runWords(words, { 'event.read': () => ({ base64: bytes.toString('base64') }) });
      expect(out).toBe(`${bytes.toString('utf8')}\n`);
    }
  });

  it('of export, status and views is told to people', async () => {
    const exported = await runWords(['export', 'audit-timeline', '--tenant=acme', '--out=out.csv'], { 'view.export': () => exportReceipt });
    expect(exported.asked[0]?.input).toEqual({ tenant: 'acme', view: 'audit-timeline', params: {}, format: 'csv', out: 'out.csv' });
    expect(exported.out).toContain('out.csv: 2 rows\n  SHA-256 ab12\n1 cell guarded');
    const overview = await runWords(['status'], { 'archive.status': () => status });
    expect(overview.out).toMatch(/^Tenant {2}Events .*Gaps.*\nacme {4}60,123 /);
    const detail = await runWords(['status', '--tenant', 'acme'], { 'archive.status': () => status });
    expect(detail.out).toContain('Content digest  d2');
    expect(detail.out).toContain('2026-01-02T00:00:00.000Z to 2026-01-03T00:00:00.000Z: retention');
    const views = await runWords(['views'], { 'view.list': () => ({ views: [{ id: 'facets', title: 'Facets', definition: 'Counts.', params: [{ name: 'limit', type: 'count', default: '10', values: null, help: 'How many.' }], columns: page.columns }] }) });
    expect(views.out).toContain('facets: Facets\n  Counts.\n  Parameters:\n    limit  How many. Default: 10.\n  Columns: type, userName\n');
  });
});

describe('the exit code', () => {
  it('of a sync is 3 when events were set aside or a gap is new', async () => {
    const gap = { from: 'a', to: 'b', cause: 'retention' };
    const codeOf = async (change: Partial<typeof syncReceipt>): Promise<number> =>
      (await runWords(['sync', '--tenant', 'acme.eu.auth0.com'], { 'tenant.sync': () => ({ ...syncReceipt, ...change }) })).code;
    expect([await codeOf({}), await codeOf({ setAside: 1 }), await codeOf({ gaps: [gap] })]).toEqual([0, 3, 3]);
  });

  it('of an import is 3 when lines were set aside, of which people see twenty', async () => {
    const many = Array.from({ length: 25 }, (_, at) => ({ file: 'a.jsonl', line: at + 1, reason: 'not JSON' }));
    const ran = await runWords(['import', '--tenant', 'acme', 'a.jsonl', '-'], { 'archive.import': () => ({ ...importReceipt, setAside: many }) });
    expect(ran.code).toBe(3);
    expect(ran.asked[0]?.input).toEqual({ tenant: 'acme', files: ['a.jsonl', '-'] });
    expect(ran.out.match(/not JSON/g)).toHaveLength(20);
    expect(ran.out).toContain('and 5 more');
    expect((await runWords(['import', '--tenant', 'acme', 'a'], { 'archive.import': () => ({ ...importReceipt, setAside: [] }) })).code).toBe(0);
  });

  it.each([['vault.passphrase-missing', 4], ['auth0.rate-limited', 5], ['archive.locked', 1], ['event.not-found', 1], ['view.unknown', 2], ['operation.cancelled', 130]] as const)('follows the catalogue: %s', async (code, exitCode) => {
    const ran = await runWords(['status', '--json'], { 'archive.status': () => { throw new Failure(code, { pid: 1, logId: '1', tenant: 'acme', view: 'v' }); } });
    expect(ran).toMatchObject({ code: exitCode, hostsClosed: 1 });
    const { error } = JSON.parse(ran.out) as { error: Record<string, string> };
    expect(Object.keys(error)).toEqual(['code', 'title', 'hint']);
    expect(ran.talk).toBe(`error: ${error['title'] ?? ''} (${code}). ${error['hint'] ?? ''}\n`);
  });

  it('is 0 and all is quiet when the reader of standard output has left', async () => {
    expect(await runWords(['status'], { 'archive.status': () => status }, { readerLeft: true })).toMatchObject({ code: 0, talk: '', hostsClosed: 1 });
    expect(await runWords(['--help'], {}, { readerLeft: true })).toMatchObject({ code: 0, talk: '' });
  });

  it('is 1 for an error nobody thought of, which keeps its text on one line', async () => {
    const ran = await runWords(['status'], { 'archive.status': () => { throw new TypeError('odd\nthing'); } });
    expect(ran.code).toBe(1);
    expect(ran.talk).toBe('error: The command line failed: TypeError: odd\\nthing (internal.command-line). What is stored is safe. Please report this text.\n');
  });
});

describe('usage errors', () => {
  const wrong: readonly (readonly [string, readonly string[]])[] = [
    ['usage.command-unknown', ['nosuch']],
    ['usage.command-missing', []],
    ['usage.flag-missing', ['view', '--tenant', 'a']],
    ['usage.flag-missing', ['view', 'facets']],
    ['usage.flag-missing', ['sync']],
    ['usage.flag-missing', ['import', '--tenant', 'a']],
    ['usage.flag-missing', ['event', '--tenant', 'a']],
    ['usage.flag-missing', ['export', 'facets', '--tenant', 'a']],
    ['usage.flag-missing', ['connect', '--domain', 'acme.auth0.com']],
    ['usage.value-invalid', ['view', 'facets', '--tenant', 'a', '--size', '0']],
    ['usage.value-invalid', ['view', 'facets', '--tenant', 'a', '--size', '5001']],
    ['usage.value-invalid', ['view', 'facets', '--tenant', 'a', '--size', '1e2']],
    ['usage.value-invalid', ['view', 'facets', '--tenant', 'a', '--param', 'q']],
    ['usage.value-invalid', ['sync', '--tenant', 'a', '--follow', 'soon']],
    ['usage.value-invalid', ['sync', '--tenant', 'a', '--follow', '0.5']],
    ['usage.value-invalid', ['export', 'facets', '--tenant', 'a', '--out', 'x', '--format', 'pdf']],
    ['usage.value-invalid', ['export', 'facets', '--tenant', 'a', '--out', '-']],
    ['usage.not-available', ['export', 'facets', '--tenant', 'a', '--out', 'x', '--format', 'xlsx']],
    ['usage.not-available', ['export', 'facets', '--tenant', 'a', '--out', 'x', '--customer', 'acme']],
    ['usage.not-available', ['verify', 'manifest.json']],
    ['usage.file-unreadable', ['status', '--passphrase-file', '/nowhere']],
    ['usage.file-unreadable', ['connect', '--domain', 'a.auth0.com', '--client-id', 'i', '--client-secret-file', '/nowhere']],
    ['usage.secret-in-arguments', ['connect', '--client-secret', 's3cret']],
  ];
  it.each(wrong)('%s exits 2 before anything is opened: %j', async (code, words) => {
    const ran = await runWords([...words, '--json']);
    expect(ran).toMatchObject({ code: 2, hostOptions: null });
    expect(JSON.parse(ran.out)).toMatchObject({ error: { code } });
    expect(ran.talk).toContain(`(${code})`);
  });

  it('tell what the clock may be', async () => {
    const ran = await runWords(['status'], {}, { environment: { TENANTSCOPE_NOW: 'tomorrow' } });
    expect(ran).toMatchObject({ code: 2, hostOptions: null });
    expect(ran.talk).toContain('TENANTSCOPE_NOW cannot be tomorrow');
  });
});

describe('the name of a tenant', () => {
  it.each([
    ['view', 'facets'], ['event', '1'], ['export', 'facets', '--out', 'f'], ['sync'], ['status'], ['import', 'f'],
  ])('is lower case, however it is typed: %s', async (...words) => {
    const { asked } = await runWords([...words, '--tenant', 'ACME.eu.auth0.com']);
    expect(asked[0]?.input).toMatchObject({ tenant: 'acme.eu.auth0.com' });
  });

  it('is folded no further than ASCII', async () => {
    expect((await runWords(['status', '--tenant', '\u212Aelvin'])).asked[0]?.input).toMatchObject({ tenant: '\u212Aelvin' });
  });
});

describe('help', () => {
  it('and the version need no host', async () => {
    const help = await runWords(['--help']);
    expect(help).toMatchObject({ code: 0, talk: '', hostOptions: null });
    for (const name of ['connect', 'sync', 'import', 'views', 'view', 'event', 'export', 'status', 'demo']) {
      expect(help.out).toContain(`\n  ${name} `);
      const own = await runWords([name, '--help']);
      expect(own).toMatchObject({ code: 0, talk: '', hostOptions: null });
      expect(own.out).toMatch(/Examples?:\n {2}tenantscope /);
    }
    expect(await runWords(['sync', '--version'])).toMatchObject({ code: 0, out: '1.2.3\n', hostOptions: null });
  });

  it('is one JSON document with --json', async () => {
    for (const words of [['--help'], ['sync', '--help']]) {
      const { code, out, talk } = await runWords([...words, '--json']);
      expect([code, JSON.parse(out), talk]).toEqual([0, { help: (await runWords(words)).out }, '']);
    }
  });

  it('of sync asks for a connected tenant', async () => {
    expect((await runWords(['sync', '--help'])).out).toMatch(/--tenant D +A connected tenant's domain\.\n/);
  });

  it('never promises what this version does not do', async () => {
    const all = await Promise.all(['', 'connect', 'sync', 'import', 'views', 'view', 'event', 'export', 'status', 'demo'].map(name => runWords([name, '--help'].filter(word => word !== ''))));
    for (const { out } of all) expect(out).not.toMatch(/findings|forward|xlsx|parquet|html|--redact|--customer|window/i);
  });
});

describe('demo', () => {
  const row = { logId: '900', type: 'f', strategy: 'samlp', connection: 'Umbrella SSO\'s', organizationId: 'org_1', occurredAt: '2026-01-01T00:00:00.000Z' };
  const sample: ViewPage = { columns: [{ id: 'connection', header: 'Connection', kind: 'text' }, { id: 'logId', header: 'Log id', kind: 'text' }], rows: [row], next: null, asOf: 1, total: 1 };

  it('shows the first page of the sample tenant and commands that answer with something', async () => {
    const ran = await runWords(['demo', '--no-open'], { 'view.read': () => sample });
    expect(ran).toMatchObject({ code: 0, talk: '' });
    expect(ran.asked[0]).toEqual({ name: 'view.read', input: { tenant: 'sample', view: 'audit-timeline', params: {}, size: 20 } });
    expect(ran.out).toContain('\nConnection\nUmbrella SSO\'s\n1 of 1 event\n');
    expect(ran.out).toContain('  tenantscope event 900 --tenant sample\n');
    expect(ran.out).toContain('--param \'connection=Umbrella SSO\'\\\'\'s\' --param outcome=failure\n');
    expect(ran.out).toContain('--param organization=org_1 --out customer.csv\n');
  });

  it('gives the whole command for the next page', async () => {
    const { out } = await runWords(['demo', '--no-open'], { 'view.read': () => ({ ...sample, next: 'tok.en', total: 60 }) });
    expect(out).toContain('\n1 of 60 events, next page: tenantscope view audit-timeline --tenant sample --size 20 --page tok.en\n');
  });

  it('names the command as npm needs it when npm runs it, and gives the page alone with --json', async () => {
    const byNpm = await runWords(['demo'], { 'view.read': () => sample }, { environment: { npm_lifecycle_event: 'demo' } });
    expect(byNpm.out).toContain('  npm run tenantscope -- views\n');
    expect(JSON.parse((await runWords(['demo', '--json'], { 'view.read': () => sample })).out)).toEqual(sample);
  });
});
