import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { simulatedNow } from '../auth0-simulator/index';
import type { CommandLine } from '../builders/command-line';
import { commandLine } from '../builders/command-line';
import { logEvents, toJsonLines } from '../builders/log-event';

const open: CommandLine[] = [];
afterEach(() => { for (const made of open.splice(0)) made.end(); });

function line(passphrase?: string | null): CommandLine {
  const made = commandLine(passphrase);
  open.push(made);
  return made;
}
type Page = { readonly rows: readonly Record<string, unknown>[]; readonly next: string | null };

describe('the sample tenant', () => {
  const now = { TENANTSCOPE_NOW: new Date(simulatedNow).toISOString() };

  it('needs no passphrase, no folder and no network, and is the same in every process', async () => {
    const cli = line(null);
    const one = await cli.run(['status', '--tenant', 'sample', '--json'], { env: now });
    const two = await cli.run(['status', '--tenant', 'sample', '--json'], { env: now });
    expect(one.code).toBe(0);
    expect(one.text).toBe(two.text);
    expect(existsSync(cli.dataDir)).toBe(false);
  });

  it('can be paged, asked and exported, but not written to', async () => {
    const cli = line();
    const first = JSON.parse((await cli.run(['view', 'audit-timeline', '--tenant', 'sample', '--json', '--size', '50'], { env: now })).text) as Page;
    const second = JSON.parse((await cli.run(['view', 'audit-timeline', '--tenant', 'sample', '--json', '--size', '50', '--page', first.next ?? ''], { env: now })).text) as Page;
    expect(new Set([...first.rows, ...second.rows].map(row => row['logId'])).size).toBe(100);
    const refused = await cli.run(['import', '--tenant', 'sample', cli.file('a.jsonl', toJsonLines(logEvents(1)))]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('tenant.reserved');
  }, 60_000);

  it('refuses a page token that was cut or changed', async () => {
    const cli = line(null);
    const first = JSON.parse((await cli.run(['view', 'audit-timeline', '--tenant', 'sample', '--json', '--size', '5'], { env: now })).text) as Page;
    const token = first.next ?? '';
    for (const changed of [token.slice(0, -1), token.slice(0, token.lastIndexOf('~')), token.slice(0, token.lastIndexOf('.')), token.replace(/~\d+~/, '~-1~')]) {
      const refused = await cli.run(['view', 'audit-timeline', '--tenant', 'sample', '--json', '--page', changed], { env: now });
      expect([refused.code, refused.stderr], changed).toEqual([2, expect.stringContaining('view.page-invalid') as string]);
    }
  }, 60_000);

  it('is what demo prints', async () => {
    const shown = await line(null).run(['demo', '--no-open'], { env: now });
    expect(shown.code).toBe(0);
    expect(shown.text).toContain('How to go on');
  });
});

describe('usage errors', () => {
  it.each<readonly [readonly string[], number, string]>([
    [['view', 'audit-timeline', '--tenant', 'nobody'], 2, 'tenant.unknown'],
    [['view', 'no-such-view', '--tenant', 'sample'], 2, 'view.unknown'],
    [['view', 'audit-timeline', '--tenant', 'sample', '--param', 'colour=red'], 2, 'view.param-unknown'],
    [['view', 'audit-timeline', '--tenant', 'sample', '--param', 'outcome=red'], 2, 'view.param-invalid'],
    [['view', 'audit-timeline', '--tenant', 'sample', '--page', 'x'], 2, 'view.page-invalid'],
    [['view', 'audit-timeline', '--tenant', 'sample', '--param', '__proto__=x', '--param', 'outcome=failure'], 2, 'view.param-unknown'],
    [['event', 'nothing', '--tenant', 'sample'], 1, 'event.not-found'],
    [['sync', '--tenant', 'nobody'], 2, 'tenant.unknown'],
    [['sync', '--tenant', 'sample'], 2, 'tenant.reserved'],
    [['connect', '--domain', 'login.example.com', '--client-id', 'x', '--client-secret-file', '/dev/null'], 2, ''],
    [['findings', '--tenant', 'sample'], 2, 'usage.not-available'],
  ])('%j', async (words, code, error) => {
    const finished = await line().run([...words, '--json']);
    expect(finished.code).toBe(code);
    expect(finished.stderr).toContain(error);
    const document = JSON.parse(finished.text) as { error: Record<string, unknown> };
    expect(Object.keys(document.error)).toEqual(['code', 'title', 'hint']);
    expect(finished.stderr).toMatch(/^error: .+ \([a-z0-9.-]+\)\. /m);
  });
});
