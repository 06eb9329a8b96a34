import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openActivityLog } from '../../electron/node/activity-log';
import { traceOf } from '../../electron/node/error-trace';
import type { LogFacts } from '../../electron/node/log-line';
import { scrub } from '../../electron/node/scrub';
import { temporaryFolder } from './temporary-folder';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 21);
const everything = (dataDir: string): string => readdirSync(join(dataDir, 'logs')).filter(name => name.endsWith('.log')).map(name => readFileSync(join(dataDir, 'logs', name), 'utf8')).join('');

/** Things that must never lie in a log, each of a shape of its own. */
const canaries: readonly (readonly [string, string])[] = [
  ['a JWT', `eyJ${'hbGciOiJSUzI1NiJ9'}.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl`],
  ['an authorization header', 'Bearer canary-token'],
  ['an e-mail address', 'canary.user+tag@example.com'],
  ['an IPv4 address', '203.0.113.77'],
  ['an IPv6 address', '2001:db8:0:1:2:3:4:5'],
  ['a short IPv6 address', '2001:db8::77'],
  ['hexadecimal', 'c0ffee'.repeat(6)],
  ['base64', 'Y2FuYXJ5+/'.repeat(5)],
  ['a client secret', 'c4nary_SecretValue-0123456789abcdefGHIJKLMNOP'],
  ['an address of the web', 'https://canary.example.com/path?token=1'],
  ['a user id', 'auth0|canary0123456789'],
];

describe('the activity log', () => {
  it('holds one JSON object a line, with members of the list only', () => {
    const dataDir = temporaryFolder();
    const log = openActivityLog({ dataDir, now: () => start });
    log.write('sync.ended', { tenant: 'acme.eu.auth0.com', count: 5, ms: 12.7, cursor: '900'.padEnd(56, '123456') });
    log.write('host.started', { version: '0.1.0', more: 'canary' } as LogFacts);
    const lines = log.tail(10).trim().split('\n').map(line => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toEqual({ at: '2026-11-21T00:00:00.000Z', event: 'sync.ended', tenantHash: expect.stringMatching(/^[0-9a-f]{12}$/), count: 5, ms: 13, cursorTail6: expect.stringMatching(/^\d{6}$/) });
    expect(lines[1]).toEqual({ at: '2026-11-21T00:00:00.000Z', event: 'host.started', version: '0.1.0' });
    expect(everything(dataDir)).not.toContain('acme');
  });

  it.each(canaries)('never shows %s', (_what, canary) => {
    const dataDir = temporaryFolder();
    const log = openActivityLog({ dataDir, now: () => start });
    const facts: Record<keyof LogFacts, unknown> = {
      tenant: canary, count: 1, ms: 1, status: `x ${canary} y`, errCode: canary, cursor: canary, reference: `(${canary})`, trace: `at ${canary}\nat "${canary}"`, version: canary,
    };
    log.write('fault', facts as LogFacts);
    const written = everything(dataDir);
    expect(written).toContain('"event":"fault"');
    expect(written).not.toContain(canary);
    expect(written.toLowerCase()).not.toContain('canary');
  });

  it('gives a tenant the same hash each time, and another in another folder', () => {
    const one = temporaryFolder();
    const hash = openActivityLog({ dataDir: one, now: () => start }).tenantHash('acme.eu.auth0.com');
    expect(openActivityLog({ dataDir: one, now: () => start }).tenantHash('acme.eu.auth0.com')).toBe(hash);
    expect(openActivityLog({ dataDir: temporaryFolder(), now: () => start }).tenantHash('acme.eu.auth0.com')).not.toBe(hash);
  });

  it('goes on in a new file when one is full, and keeps five', () => {
    const dataDir = temporaryFolder();
    const log = openActivityLog({ dataDir, now: () => start, fileBytes: 1_000 });
    for (let index = 0; index < 300; index += 1) log.write('sync.started', { count: index });
    const names = readdirSync(join(dataDir, 'logs')).filter(name => name.endsWith('.log'));
    expect(names).toHaveLength(5);
    for (const name of names) expect(statSync(join(dataDir, 'logs', name)).size).toBeLessThanOrEqual(1_000);
    expect(JSON.parse(log.tail(1))).toMatchObject({ count: 299 });
    expect(log.tail(20).trim().split('\n').map(line => (JSON.parse(line) as { count: number }).count)).toEqual(Array.from({ length: 20 }, (_, index) => 280 + index));
  });

  it('forgets what is older than fourteen days', () => {
    const dataDir = temporaryFolder();
    let now = start;
    const log = openActivityLog({ dataDir, now: () => now });
    log.write('host.started', { count: 1 });
    now += 10 * day;
    log.write('host.started', { count: 2 });
    writeFileSync(join(dataDir, 'logs', 'tenantscope.3.log'), 'old\n');
    utimesSync(join(dataDir, 'logs', 'tenantscope.3.log'), new Date(start), new Date(start));
    utimesSync(join(dataDir, 'logs', 'tenantscope.log'), new Date(now), new Date(now));
    now += 5 * day;
    log.write('host.started', { count: 3 });
    expect(log.tail(10).trim().split('\n').map(line => (JSON.parse(line) as { count: number }).count)).toEqual([2, 3]);
    expect(readdirSync(join(dataDir, 'logs')).filter(name => name.endsWith('.log'))).toEqual(['tenantscope.log']);
  });

  it('lies in files that only their owner reads', () => {
    const dataDir = temporaryFolder();
    openActivityLog({ dataDir, now: () => start }).write('host.started', { tenant: 'acme' });
    expect(statSync(join(dataDir, 'logs')).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(join(dataDir, 'logs'))) expect(statSync(join(dataDir, 'logs', name)).mode & 0o777).toBe(0o600);
  });

  it('stops nothing when it cannot be written', () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'logs'), 'a file where the folder should be');
    const log = openActivityLog({ dataDir, now: () => start });
    expect(() => { log.write('host.started', { tenant: 'acme' }); }).not.toThrow();
    expect(log.tail(5)).toBe('');
  });
});

describe('the trace of an error', () => {
  it('names where it happened, without its message, any folder or anybody', () => {
    const error = new TypeError('the value canary@example.com is not iterable');
    const trace = traceOf(error);
    expect(trace).toMatch(/^TypeError\nat .*activity-log\.test\.ts:\d+:\d+/);
    expect(trace).not.toContain('canary');
    expect(trace).not.toContain(homedir());
    expect(trace).not.toContain('/');
    expect(scrub(trace)).toContain('activity-log.test.ts');
  });

  it('holds the code of a system error', () => {
    expect(traceOf(Object.assign(new Error('x'), { code: 'ENOENT' })).split('\n').slice(0, 2)).toEqual(['Error', 'ENOENT']);
  });

  it('says of anything else only what kind of value it was', () => {
    expect(traceOf('canary')).toBe('string');
    expect(traceOf(null)).toBe('object');
  });
});
