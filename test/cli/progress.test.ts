import { describe, expect, it } from 'vitest';
import { createProgress } from '../../electron/cli/progress';
import { progressLine } from '../../electron/cli/commands/sync';
import type { Output } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import { fakeTerminal } from './fake-terminal';
import { runWords } from './run-words';
import type { AnswerHelp, Ran } from './run-words';

const lines = (talk: string): readonly string[] => talk.split('\n').filter(line => line !== '');

describe('progress', () => {
  it('is one line, redrawn now and then and cut to the window', () => {
    const { terminal, talk, advance } = fakeTerminal({ talkWindow: 12 });
    const progress = createProgress(terminal, 'json');
    progress.show('first');
    progress.show('dropped');
    advance(100);
    progress.show('a line\nthat is too long');
    progress.end();
    progress.end();
    expect(talk()).toBe('\r\x1b[Kfirst\r\x1b[Ka line\\nth…\r\x1b[K');
  });

  it('is a plain line every five seconds where nothing can be redrawn', () => {
    const { terminal, talk, advance } = fakeTerminal();
    const progress = createProgress(terminal, 'text');
    for (let second = 0; second <= 12; second += 1) {
      progress.show(`at ${String(second)}`);
      advance(1000);
    }
    progress.end();
    expect(lines(talk())).toEqual(['at 5', 'at 10']);
  });

  it('shows at once what holds for a while, in a window and elsewhere', () => {
    const inWindow = fakeTerminal({ talkWindow: 40 });
    const redrawn = createProgress(inWindow.terminal, 'text');
    redrawn.show('reading');
    redrawn.showNow('waiting');
    expect(inWindow.talk()).toBe('\r\x1b[Kreading\r\x1b[Kwaiting');
    const elsewhere = fakeTerminal();
    const plain = createProgress(elsewhere.terminal, 'text');
    plain.show('reading');
    plain.showNow('waiting');
    plain.show('reading');
    expect(elsewhere.talk()).toBe('waiting\n');
  });

  it('is silent for a script that asked for JSON', () => {
    const { terminal, talk, advance } = fakeTerminal();
    const progress = createProgress(terminal, 'json');
    advance(60_000);
    progress.show('x');
    progress.showNow('x');
    expect(talk()).toBe('');
  });

  it('of a sync says how fast, how long, how far and what Auth0 still allows', () => {
    const line = progressLine({
      tenant: 'acme', read: 12_300, stored: 12_000, duplicates: 300, rate: 812.4, etaMs: 150_000, readUpTo: '2026-03-01T00:00:00.000Z',
      budget: { limit: 15, remaining: 4, resetAt: 0 }, state: 'waiting',
    });
    expect(line).toBe('acme: 12,300 read, 12,000 stored, 812/s, about 3 min left, up to 2026-03-01T00:00:00.000Z, 4 of 15 requests left, waiting for Auth0');
    expect(progressLine({ tenant: 'acme', read: 0, stored: 0, duplicates: 0, rate: 0, etaMs: null, readUpTo: null, budget: null, state: 'starting' })).toBe('acme: 0 read, 0 stored');
  });
});

describe('an interrupt', () => {
  const receipt: Output<'tenant.sync'> = { tenant: 'acme', read: 0, stored: 0, duplicates: 0, revisions: 0, setAside: 0, checkpoint: null, gaps: [] };
  const syncing = (work: (help: AnswerHelp) => void): Promise<Ran> =>
    runWords(['sync', '--tenant', 'acme'], {
      'tenant.sync': (_, help) => {
        work(help);
        if (help.signal.aborted) throw new Failure('operation.cancelled');
        return receipt;
      },
    });

  it.each(['SIGINT', 'SIGTERM'] as const)('winds a sync up and exits 130: %s', async signal => {
    const ran = await syncing(({ press }) => press(signal, 0));
    expect(ran).toMatchObject({ code: 130, exits: [], hostsClosed: 1 });
    expect(ran.talk).toContain('(operation.cancelled)');
  });

  it('that comes twice leaves at once', async () => {
    const ran = await syncing(({ press }) => {
      press('SIGINT', 0);
      press('SIGINT', 1000);
    });
    expect(ran.exits).toEqual([130]);
  });

  it('that npm and the terminal both send counts once', async () => {
    const ran = await syncing(({ press }) => {
      press('SIGINT', 0);
      press('SIGINT', 20);
    });
    expect(ran).toMatchObject({ code: 130, exits: [] });
  });

  it('leaves a command that only reads at once', async () => {
    const ran = await runWords(['status'], { 'archive.status': (_, { press }) => { press('SIGINT', 0); return { tenants: [] }; } });
    expect(ran.exits).toEqual([130]);
  });

  it('is nothing any more once the command is done', async () => {
    let late: AnswerHelp | null = null;
    const ran = await syncing(help => { late = help; });
    (late as AnswerHelp | null)?.press('SIGINT', 0);
    expect(ran).toMatchObject({ code: 0, exits: [] });
  });

  it('of a sync says until when it waits for Auth0', async () => {
    const ran = await runWords(['sync', '--tenant', 'acme'], {
      'tenant.sync': (_, { push }) => {
        push({ name: 'auth0.waiting', value: { tenant: 'acme', until: '2026-03-01T12:34:56.789Z' } });
        return receipt;
      },
    });
    expect(ran.talk).toBe('acme: waiting for Auth0 until 12:34:56 UTC\n');
  });

  it('shows the progress of a sync until its receipt', async () => {
    const ran = await runWords(['sync', '--tenant', 'acme', '--follow', '2.5'], {
      'tenant.sync': (_, { push }) => {
        push({ name: 'sync.progress', value: { tenant: 'acme', read: 5, stored: 5, duplicates: 0, rate: 0, etaMs: null, readUpTo: null, budget: null, state: 'reading' } });
        push({ name: 'export.progress', value: { tenant: 'acme', rows: 1, total: null } });
        return receipt;
      },
    }, { talkWindow: 80 });
    expect(ran.asked[0]?.input).toEqual({ tenant: 'acme', followSeconds: 2.5 });
    expect(ran.talk).toBe('\r\x1b[Kacme: 5 read, 5 stored\r\x1b[K');
    expect(ran.out).toBe('acme: 0 read, 0 stored, 0 duplicates, 0 revisions, 0 set aside.\n');
  });
});
