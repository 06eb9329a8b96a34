import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { generatedEvents, startSimulator } from '../auth0-simulator/index';
import type { Simulator, SimulatorOptions } from '../auth0-simulator/index';
import type { CommandLine } from '../builders/command-line';
import { commandLine, connectTo, statusOf } from '../builders/command-line';
import { logEvent, logEvents, toJsonLines } from '../builders/log-event';
import { parseCsv } from '../engine/exports/parse-csv';

const open: { end: () => unknown }[] = [];
afterEach(async () => { for (const thing of open.splice(0).reverse()) await thing.end(); });

function line(passphrase?: string | null): CommandLine {
  const made = commandLine(passphrase);
  open.push(made);
  return made;
}
async function simulated(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options);
  open.push({ end: simulator.stop });
  return simulator;
}
type Page = { readonly rows: readonly Record<string, unknown>[]; readonly next: string | null; readonly asOf: number; readonly total: number | null };
type Receipt = { readonly read: number; readonly stored: number; readonly duplicates: number; readonly revisions: number; readonly setAside: readonly unknown[] };

describe('connect and sync', () => {
  it('bring every event of the tenant into the archive, once', async () => {
    const simulator = await simulated({ events: { count: 5_000 } });
    const cli = line();
    const connected = await connectTo(cli, simulator, ['--json']);
    expect(JSON.parse(connected.text)).toMatchObject({ tenant: simulator.domain, scopes: { missing: [] } });
    expect(await cli.json(['sync', '--tenant', simulator.domain])).toMatchObject({ read: 5_000, stored: 5_000, setAside: 0, gaps: [] });
    expect(await statusOf(cli, simulator.domain)).toMatchObject({ events: 5_000, digest: simulator.digest(), contentDigest: simulator.contentDigest() });
  });

  it('leave everything readable when the network is gone', async () => {
    const simulator = await simulated({ events: { count: 500 } });
    const cli = line();
    await connectTo(cli, simulator);
    await cli.json(['sync', '--tenant', simulator.domain]);
    await simulator.stop();
    const page = await cli.json<Page>(['view', 'audit-timeline', '--tenant', simulator.domain, '--size', '3']);
    expect(page).toMatchObject({ total: 500 });
    const logId = String(page.rows[0]?.['logId']);
    expect(JSON.parse((await cli.run(['event', logId, '--tenant', simulator.domain])).text)).toMatchObject({ log_id: logId });
    expect(await cli.json(['export', 'audit-timeline', '--tenant', simulator.domain, '--out', join(cli.folder, 'all.csv')])).toMatchObject({ rows: 500 });
    const failed = await cli.run(['sync', '--tenant', simulator.domain]);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('auth0.unreachable');
  }, 120_000);

  it('page in a second process without a gap or a repeat while the first follows the log', async () => {
    const events = generatedEvents({ count: 3_000 }, 'simulated.eu.auth0.com');
    const simulator = await simulated({ events: events.slice(0, 1_000) });
    const cli = line();
    await connectTo(cli, simulator);
    const following = cli.start(['sync', '--tenant', simulator.domain, '--follow', '1']);
    const first = ['view', 'audit-timeline', '--tenant', simulator.domain, '--size', '200'];
    let page = await cli.json<Page>(first);
    while (page.total !== 1_000) page = await cli.json<Page>(first);
    const ids = page.rows.map(row => row['logId']);
    for (let added = 1_000; page.next !== null; added += 400) {
      simulator.append(events.slice(added, added + 400));
      await pause(300);
      page = await cli.json<Page>([...first, '--page', page.next]);
      expect(page.total).toBe(1_000);
      ids.push(...page.rows.map(row => row['logId']));
    }
    const expected = events.slice(0, 1_000).map(({ logId, json }, index) => ({ logId, index, at: Date.parse((JSON.parse(json) as { date: string }).date) }));
    expect(ids).toEqual(expected.sort((a, b) => b.at - a.at || b.index - a.index).map(event => event.logId));
    following.child.kill('SIGINT');
    expect((await following.finished).code).toBe(130);
    expect((await statusOf(cli, simulator.domain)).events).toBeGreaterThan(1_000);
  }, 120_000);

  it('report a gap that retention made with exit code 3, once', async () => {
    const events = generatedEvents({ count: 400 }, 'simulated.eu.auth0.com');
    const simulator = await simulated({ events: events.slice(0, 100) });
    const cli = line();
    await connectTo(cli, simulator);
    await cli.json(['sync', '--tenant', simulator.domain]);
    simulator.append(events.slice(100));
    simulator.evictBefore(events[200]?.logId ?? '');
    expect(await cli.json<{ gaps: unknown[] }>(['sync', '--tenant', simulator.domain], 3)).toMatchObject({ gaps: [{ cause: 'retention' }] });
    expect(await cli.json(['sync', '--tenant', simulator.domain])).toMatchObject({ gaps: [] });
    expect(await statusOf(cli, simulator.domain)).toMatchObject({ events: 300, gaps: [{ cause: 'retention' }] });
  }, 60_000);

  it('tell wrong credentials from a missing scope, both with exit code 4, and store nothing', async () => {
    const simulator = await simulated({ events: { count: 10 } });
    const cli = line();
    simulator.setSecret('another secret');
    expect(await connectTo(cli, simulator)).toMatchObject({ code: 4, stderr: expect.stringContaining('auth0.credentials-rejected') as string });
    simulator.setSecret(simulator.clientSecret);
    simulator.setScopes(['read:users']);
    const missing = await connectTo(cli, simulator);
    expect(missing).toMatchObject({ code: 4, stderr: expect.stringContaining('read:logs') as string });
    expect(existsSync(cli.dataDir)).toBe(false);
  });

  it('send no secret anywhere but to the tenant, and write it nowhere in clear', async () => {
    const simulator = await simulated({ events: { count: 50 }, clientSecret: 'canary-secret-3141592653' });
    const cli = line('canary-passphrase-2718281828');
    const connected = await connectTo(cli, simulator);
    const synced = await cli.run(['sync', '--tenant', simulator.domain, '--json']);
    const token = simulator.requests.map(request => String(request.headers['authorization'] ?? '')).find(header => header.startsWith('Bearer '))?.slice(7) ?? 'none';
    expect(token).not.toBe('none');
    for (const name of readdirSync(cli.dataDir, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter(entry => entry.isFile())) {
      const content = readFileSync(join(name.parentPath, name.name)).toString('latin1');
      for (const canary of ['canary-secret', 'canary-passphrase', token]) expect(content, name.name).not.toContain(canary);
    }
    for (const said of [connected, synced]) for (const canary of ['canary-secret', 'canary-passphrase', token]) expect(said.text + said.stderr).not.toContain(canary);
  });
});

describe('one writer, many readers', () => {
  it('refuses a second writer with the holder named, and lets it in once the first was killed', async () => {
    const simulator = await simulated({ events: { count: 300 } });
    const cli = line();
    await connectTo(cli, simulator);
    const following = cli.start(['sync', '--tenant', simulator.domain, '--follow', '1']);
    while (simulator.counts.pages < 5) await pause(20);
    const second = await cli.run(['sync', '--tenant', simulator.domain]);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('archive.locked');
    expect(second.stderr).toContain(String(following.child.pid));
    expect((await cli.run(['status'])).code).toBe(0);
    following.child.kill('SIGKILL');
    await following.finished;
    expect((await cli.run(['sync', '--tenant', simulator.domain])).code).toBe(0);
  }, 60_000);
});

describe('the data folder', () => {
  it('is closed to others when it is written to, and its files are', async () => {
    const cli = line();
    mkdirSync(cli.dataDir, { mode: 0o777 });
    chmodSync(cli.dataDir, 0o777);
    await cli.json(['import', '--tenant', 'mine', cli.file('a.jsonl', toJsonLines(logEvents(3)))]);
    const modes = readdirSync(cli.dataDir, { recursive: true, encoding: 'utf8' }).map(name => (statSync(join(cli.dataDir, name)).mode & 0o077));
    expect([statSync(cli.dataDir).mode & 0o777, ...modes.filter(mode => mode !== 0)]).toEqual([0o700]);
  });
});

describe('import', () => {
  it('takes any mixture of shapes, says what became of each item, and gives every event back byte for byte', async () => {
    const cli = line();
    const generated = generatedEvents({ count: 1_200 }, 'mixed.example.com');
    const [bare, stream, bridge, array, single, repeated] = [[0, 400], [400, 600], [600, 800], [800, 1_100], [1_100, 1_101], [0, 50]].map(([from, to]) => generated.slice(from, to));
    const envelope = (event: { logId: string; json: string }): string => `{"log_id":"${event.logId}","data":${event.json}}`;
    const files = [
      cli.file('bare.jsonl', (bare ?? []).map(event => `${event.json}\r\n`).join('')),
      cli.file('stream.jsonl.gz', gzipSync((stream ?? []).map(event => `${envelope(event)}\n`).join(''))),
      cli.file('bridge.jsonl', `${(bridge ?? []).map(event => `{"version":"0","detail-type":"Auth0 log","detail":${envelope(event)}}`).join('\n')}\nnot json\n{"type":"s"}\n\n`),
      cli.file('array.json.gz', gzipSync(`[\n${(array ?? []).map(event => event.json).join(',\n')}\n]`)),
      cli.file('single.json', JSON.stringify(JSON.parse(single?.[0]?.json ?? '{}'), null, 2)),
      cli.file('again.jsonl', (repeated ?? []).map(event => `${envelope(event)}\n`).join('')),
      cli.file('empty.jsonl', ''),
    ];
    const receipt = await cli.json<Receipt>(['import', '--tenant', 'mixed', ...files], 3);
    expect(receipt).toMatchObject({ read: 1_153, stored: 1_101, duplicates: 50, revisions: 0, setAside: [{ file: files[2], line: 201 }, { file: files[2], line: 202 }] });
    expect(receipt.read).toBe(receipt.stored + receipt.duplicates + receipt.revisions + receipt.setAside.length);
    for (const index of [0, 399, 450, 700, 900]) {
      const shown = await cli.run(['event', generated[index]?.logId ?? '', '--tenant', 'mixed']);
      expect(shown.text).toBe(`${generated[index]?.json ?? ''}\n`);
    }
    const digest = createHash('sha256').update(generated.slice(0, 1_101).map(event => event.logId).sort().join('\n')).digest('hex');
    expect(await statusOf(cli, 'mixed')).toMatchObject({ events: 1_101, digest, checkpoint: null });
  }, 60_000);

  it('reads standard input', async () => {
    const cli = line();
    const imported = await cli.run(['import', '--tenant', 'piped', '-', '--json'], { input: toJsonLines(logEvents(25)) });
    expect(JSON.parse(imported.text)).toMatchObject({ read: 25, stored: 25, setAside: [] });
  });

  it('keeps events nested 1,000 deep, with a user agent of 1 MB, or with hostile keys', async () => {
    const cli = line();
    const deep = `${JSON.stringify(logEvent(0)).slice(0, -1)},"details":${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}}`;
    const large = JSON.stringify(logEvent(1, { user_agent: 'M'.repeat(1_000_000) }));
    const hostile = `${JSON.stringify(logEvent(2)).slice(0, -1)},"__proto__":{"type":"f"},"constructor":{"prototype":1}}`;
    await cli.json(['import', '--tenant', 'odd', cli.file('odd.jsonl', [deep, large, hostile].join('\n'))]);
    for (const [index, sent] of [deep, large, hostile].entries()) expect((await cli.run(['event', logEvent(index).log_id, '--tenant', 'odd'])).text).toBe(`${sent}\n`);
    expect((await cli.json<Page>(['view', 'audit-timeline', '--tenant', 'odd'])).rows.map(row => row['type'])).toEqual(['s', 's', 's']);
    await cli.json(['export', 'audit-timeline', '--tenant', 'odd', '--out', join(cli.folder, 'odd.csv'), '--format', 'csv-exact']);
    expect(readFileSync(join(cli.folder, 'odd.csv'), 'utf8')).toContain('M'.repeat(1_000_000));
  });

  it('without a passphrase says what to do and makes nothing', async () => {
    const cli = line(null);
    const refused = await cli.run(['import', '--tenant', 'mine', cli.file('a.jsonl', toJsonLines(logEvents(1)))]);
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain('vault.passphrase-missing');
    expect(refused.stderr).toContain('--passphrase-file');
    expect(existsSync(cli.dataDir)).toBe(false);
  });

  it('refuses another passphrase and changes nothing', async () => {
    const cli = line();
    const file = cli.file('a.jsonl', toJsonLines(logEvents(3)));
    await cli.json(['import', '--tenant', 'mine', file]);
    const wrong = await cli.run(['status'], { env: { TENANTSCOPE_PASSPHRASE: 'wrong' } });
    expect(wrong.code).toBe(4);
    expect(wrong.stderr).toContain('vault.passphrase-wrong');
    expect((await statusOf(cli, 'mine')).events).toBe(3);
  });
});

describe('export', () => {
  it('makes hostile fields inert in csv and keeps them whole in csv-exact', async () => {
    const values = ['=HYPERLINK("https://example.com","x")', '@SUM(1)', '\t=1+1', '\r=1', '\u0000=1', '＝1+1', '＋1', '-2+3', '+4', '|cmd', '%0A', '\ufeff=1', '\u00a0=1', '"=1', "'=1", 'a,b\r\n"c"'];
    const fields = ['user_name', 'user_id', 'connection', 'connection_id', 'strategy', 'organization_id', 'organization_name', 'client_id', 'client_name', 'ip', 'user_agent', 'hostname', 'description', 'type'];
    const cli = line();
    await cli.json(['import', '--tenant', 'hostile', cli.file('h.jsonl', toJsonLines(values.map((value, index) => logEvent(index, Object.fromEntries(fields.map(field => [field, value]))))))]);
    const out = (format: string): string => join(cli.folder, `h.${format}`);
    for (const format of ['csv', 'csv-exact']) await cli.json(['export', 'audit-timeline', '--tenant', 'hostile', '--out', out(format), '--format', format]);
    const guarded = readFileSync(out('csv'), 'utf8');
    expect(guarded.startsWith('\ufeff')).toBe(true);
    const [header, ...rows] = parseCsv(guarded.slice(1));
    expect(header?.slice(0, 2)).toEqual(['occurredAt', 'type']);
    for (const cell of rows.flat()) expect(cell ?? '').not.toMatch(/^[\s\u0000-\u001f\u00a0\ufeff",;]*[=+\-@|%＝＋－＠\t\r\n]/);
    for (const row of rows) expect(row[header?.indexOf('logId') ?? -1]).toMatch(/^'\d{56}$/);
    const exact = parseCsv(readFileSync(out('csv-exact'), 'utf8'));
    expect(exact.slice(1).map(row => row[header?.indexOf('description') ?? -1])).toEqual([...values].reverse());
  });

  it('is cancelled by SIGINT, and leaves no file behind', async () => {
    const cli = line();
    const events = generatedEvents({ count: 40_000 }, 'large.example.com');
    await cli.json(['import', '--tenant', 'large', cli.file('l.jsonl', events.map(event => `${event.json}\n`).join(''))]);
    const out = join(cli.folder, 'large.csv');
    const { child, finished } = cli.start(['export', 'audit-timeline', '--tenant', 'large', '--out', out]);
    while (!existsSync(`${out}.partial`) && child.exitCode === null) await pause(1);
    child.kill('SIGINT');
    expect((await finished).code).toBe(130);
    expect(readdirSync(cli.folder).filter(name => name.startsWith('large.csv'))).toEqual([]);
  }, 120_000);

  it('has the rows of the view, in its order, and a receipt that fits the file', async () => {
    const cli = line();
    await cli.json(['import', '--tenant', 'mine', cli.file('a.jsonl', toJsonLines(logEvents(2_500)))]);
    const out = join(cli.folder, 'x.jsonl');
    const receipt = await cli.json<{ rows: number; files: { sha256: string }[] }>(['export', 'audit-timeline', '--tenant', 'mine', '--out', out, '--format', 'jsonl', '--param', 'user=auth0|3']);
    const rows = readFileSync(out, 'utf8').trimEnd().split('\n').map(text => JSON.parse(text) as Record<string, unknown>);
    expect(receipt.rows).toBe(rows.length);
    expect(receipt.files[0]?.sha256).toBe(createHash('sha256').update(readFileSync(out)).digest('hex'));
    const page = await cli.json<Page>(['view', 'audit-timeline', '--tenant', 'mine', '--size', '5000', '--param', 'user=auth0|3']);
    expect(page.rows).toEqual(rows);
  });
});
