import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSyncOutcomes, reportOf } from '../../electron/node/sync-outcomes';
import type { SyncOutcome, SyncOutcomes } from '../../electron/node/sync-outcomes';
import { outcomeOf, restored } from '../../electron/node/sync-record';
import { errorCatalogue, Failure } from '../../shared/errors';
import type { ErrorCode } from '../../shared/errors';
import { acme, receiptOf, world } from '../builders/sync-world';
import { settle } from '../builders/fake-clock';
import { temporaryFolder } from './temporary-folder';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const noon = Date.UTC(2026, 5, 1, 12);
const unreachable = new Failure('auth0.unreachable', { host: acme, problem: 'refused' });
const fine: SyncOutcome = { startedAt: 1, finishedAt: 2, failingSince: null, isTold: false, error: null };

function kept(dataDir = join(temporaryFolder(), 'data')): { readonly dataDir: string; readonly outcomes: SyncOutcomes; readonly damage: { count: number }; readonly text: () => string } {
  const damage = { count: 0 };
  const outcomes = openSyncOutcomes({ dataDir, now: () => Date.UTC(2026, 10, 21), onDamage: () => { damage.count += 1; } });
  return { dataDir, outcomes, damage, text: () => readFileSync(join(dataDir, 'syncs.json'), 'utf8') };
}

describe('how the last syncs ended', () => {
  it('is not known where nothing was synced, and asking makes no folder', () => {
    const { dataDir, outcomes } = kept();
    expect(outcomes.of(acme)).toBeNull();
    expect(() => statSync(dataDir)).toThrow();
  });

  it('lies in a file that only its owner reads, tenant by tenant, until a tenant is forgotten', () => {
    const { dataDir, outcomes } = kept();
    outcomes.keep(acme, fine);
    outcomes.keep('old-logs', { ...fine, finishedAt: 3 });
    expect(readdirSync(dataDir)).toEqual(['syncs.json']);
    if (process.platform !== 'win32') expect(statSync(join(dataDir, 'syncs.json')).mode & 0o777).toBe(0o600);
    expect(kept(dataDir).outcomes.of(acme)).toEqual(fine);
    outcomes.forget(acme);
    expect([outcomes.of(acme), outcomes.of('old-logs')]).toEqual([null, { ...fine, finishedAt: 3 }]);
    expect(kept(dataDir).text()).not.toContain(acme);
    expect(outcomes.of('constructor')).toBeNull();
  });

  it.each([
    ['half a file', '{"version":1'], ['nothing', ''], ['a list', '[]'], ['a version of later', '{"version":2,"tenants":{}}'], ['an impossible name', '{"version":1,"tenants":{"../x":{}}}'],
    ['an unknown error', JSON.stringify({ version: 1, tenants: { acme: { ...fine, error: { code: 'toString', details: {} } } } })],
    ['an impossible instant', JSON.stringify({ version: 1, tenants: { acme: { ...fine, failingSince: 1e300 } } })], ['far too much', ' '.repeat(2_000_000)],
  ])('begins anew from %s, keeps the damaged file, and says so once', (_what, content) => {
    const { dataDir, outcomes, damage } = kept(temporaryFolder());
    writeFileSync(join(dataDir, 'syncs.json'), content);
    expect([outcomes.of('acme'), outcomes.of('acme')]).toEqual([null, null]);
    expect(damage.count).toBe(1);
    expect(readdirSync(dataDir)).toEqual(['syncs.json.corrupt-20261121T000000000Z']);
    outcomes.keep('acme', fine);
    expect(outcomes.of('acme')).toEqual(fine);
  });

  it('is not known where the file cannot be read, and keeping it then fails nothing', () => {
    const { dataDir, outcomes } = kept(temporaryFolder());
    mkdirSync(join(dataDir, 'syncs.json'));
    outcomes.keep(acme, fine);
    expect(outcomes.of(acme)).toBeNull();
  });

  it('holds nothing of what a server or a person wrote, whatever the error', () => {
    const codes = Object.keys(errorCatalogue) as ErrorCode[];
    const words = fc.oneof(fc.constantFrom('maria@example.com', 'a secret of 40 characters', 'eyJhbGciOi.J9.sig'), fc.string({ minLength: 6 }));
    fc.assert(fc.property(fc.constantFrom(...codes), words, (code, text) => {
      const { outcomes, text: file } = kept();
      const names = [...`${errorCatalogue[code].title}${errorCatalogue[code].hint}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
      const failure = new Failure(code, Object.fromEntries(names.filter(name => name !== 'host').map(name => [name, text])));
      outcomes.keep(acme, outcomeOf({ ...restored(acme, fine, 3), error: failure.report() }));
      expect(file()).not.toContain(JSON.stringify(text).slice(1, -1));
      const told = reportOf(outcomes.of(acme)!.error!);
      expect(told.code).toBe(code);
      expect(`${told.title}${told.hint}`).not.toMatch(/[{}]/);
    }), { numRuns: 60, seed: 7 });
  });

  it('keeps the host, the scope and the status that an error names', () => {
    const { outcomes } = kept();
    const keptTitle = (failure: Failure): string => {
      outcomes.keep(acme, outcomeOf({ ...restored(acme, fine, 3), error: failure.report() }));
      return reportOf(outcomes.of(acme)!.error!).title;
    };
    expect(keptTitle(unreachable)).toBe('acme.eu.auth0.com cannot be reached');
    expect(keptTitle(new Failure('auth0.scope-missing', { scope: 'read:logs' }))).toBe('The application lacks the scope read:logs');
    expect(keptTitle(new Failure('auth0.refused', { status: 403, message: 'Hello maria@example.com' }))).toBe('Auth0 refused the request (403): …');
  });
});

describe('after a restart', () => {
  /** A process that fails for a while and ends; the next one begins `later`. */
  async function failing(options: { readonly forMs: number; readonly settings?: Parameters<typeof world>[0] }) {
    const { dataDir } = kept();
    const made = world({ answer: () => unreachable, outcomes: kept(dataDir).outcomes, ...options.settings });
    made.schedule.start();
    await made.clock.advance(options.forMs);
    await made.schedule.end();
    const again = (later: number, next: Parameters<typeof world>[0] = {}) => world({ answer: () => unreachable, outcomes: kept(dataDir).outcomes, startsAt: noon + options.forMs + later, ...options.settings, ...next });
    return { dataDir, made, again };
  }

  it('a failed sync is still told as failed, before anything is tried again', async () => {
    const { made, again } = await failing({ forMs: 20 * minute });
    const [before] = made.schedule.states();
    const [after] = again(hour).schedule.states();
    expect(after).toMatchObject({ state: 'failed', lastFinishedAt: before!.lastFinishedAt, error: { code: 'auth0.unreachable', title: before!.error!.title } });
  });

  it('a success is still told as one, with its time', async () => {
    const { made, again } = await failing({ forMs: 20 * minute, settings: { answer: receiptOf } });
    expect(again(hour).schedule.states()).toMatchObject([{ state: 'idle', error: null, lastFinishedAt: made.schedule.states()[0]!.lastFinishedAt }]);
  });

  it('one that was cut off by the end of the process leaves the outcome before it', async () => {
    const { again } = await failing({ forMs: 20 * minute });
    const cut = again(hour, { answer: () => 'wait' });
    cut.schedule.start();
    await cut.clock.advance(minute);
    expect(cut.schedule.states()).toMatchObject([{ state: 'running' }]);
    expect(again(2 * hour).schedule.states()).toMatchObject([{ state: 'failed', error: { code: 'auth0.unreachable' } }]);
  });

  it('the time of failing goes on, so that six hours in three processes are told once', async () => {
    const { again } = await failing({ forMs: 2 * hour });
    const second = again(hour);
    second.schedule.start();
    await second.clock.advance(2 * hour);
    await second.schedule.end();
    expect(second.notices).toEqual([]);
    const third = again(4 * hour);
    third.schedule.start();
    await third.clock.advance(hour);
    expect(third.notices).toEqual([expect.stringContaining(`${acme} has not been synced for 6 hours | ${acme} cannot be reached`)]);
    await third.schedule.end();
    const fourth = again(6 * hour);
    fourth.schedule.start();
    await fourth.clock.advance(30 * hour);
    expect(fourth.notices).toEqual([]);
    await fourth.schedule.end();
  });

  it('a new episode of failures is told again', async () => {
    const { again } = await failing({ forMs: 7 * hour });
    const second = again(hour, { answer: receiptOf });
    second.schedule.start();
    await second.clock.advance(minute);
    await second.schedule.end();
    const third = again(2 * hour);
    third.schedule.start();
    await third.clock.advance(7 * hour);
    expect(third.notices).toHaveLength(1);
    await third.schedule.end();
  });

  it('nothing is told of old failures when the sync at the start succeeds', async () => {
    const { again } = await failing({ forMs: hour });
    const later = again(5 * day, { answer: receiptOf });
    later.schedule.start();
    await later.clock.advance(hour);
    expect(later.notices).toEqual([]);
    await later.schedule.end();
  });

  it('rejected credentials are tried once more, as they may have been replaced meanwhile', async () => {
    const { again } = await failing({ forMs: hour, settings: { answer: () => new Failure('auth0.credentials-rejected') } });
    const next = again(hour);
    next.schedule.start();
    await next.clock.advance(2 * hour);
    expect(next.syncs).toHaveLength(1);
    expect(next.last()).toMatchObject({ state: 'failed', nextAt: null });
    await next.schedule.end();
  });

  it('a tenant that was forgotten and connected anew begins anew', async () => {
    const { dataDir, made, again } = await failing({ forMs: hour });
    kept(dataDir).outcomes.forget(acme);
    made.schedule.forgotten(acme);
    for (const { schedule } of [made, again(hour)]) expect(schedule.states()).toMatchObject([{ state: 'idle', error: null, lastFinishedAt: null }]);
  });

  it('what a tenant left that was removed during its sync is not kept', async () => {
    const { outcomes } = kept();
    const made = world({ answer: () => 'wait', outcomes });
    made.schedule.start();
    await made.clock.advance(minute);
    made.tenants = [];
    made.syncs[0]!.finish(receiptOf(acme));
    await settle();
    expect(outcomes.of(acme)).toBeNull();
  });
});

describe('several processes on one folder', () => {
  it('tell of the same failures once, and of none that another process has ended', async () => {
    const { dataDir } = kept();
    const one = world({ answer: () => unreachable, outcomes: kept(dataDir).outcomes });
    one.schedule.start();
    await one.clock.advance(5 * hour);
    const reading = () => world({ canStore: false, outcomes: kept(dataDir).outcomes, startsAt: noon + 5 * hour });
    const [other, third] = [reading(), reading()];
    for (const { schedule } of [other, third]) schedule.start();
    await third.clock.advance(minute);
    await one.clock.advance(2 * hour);
    await other.clock.advance(2 * hour);
    expect([one.notices.length, other.notices.length]).toEqual([1, 0]);
    one.answer = receiptOf;
    await one.clock.advance(hour);
    await third.clock.advance(5 * hour);
    expect(third.notices).toEqual([]);
    for (const { schedule } of [one, other, third]) await schedule.end();
  });

  it('count the failures from the last success of any of them, and none sets that back', async () => {
    const { dataDir, outcomes } = kept();
    const one = world({ answer: () => unreachable, outcomes: kept(dataDir).outcomes });
    one.schedule.start();
    await one.clock.advance(hour);
    const other = world({ canStore: false, answer: () => unreachable, outcomes: kept(dataDir).outcomes, startsAt: noon + hour });
    other.schedule.start();
    await other.clock.advance(minute);
    one.answer = receiptOf;
    await one.clock.advance(3 * hour);
    one.answer = () => unreachable;
    await one.clock.advance(hour);
    const { failingSince } = outcomes.of(acme)!;
    expect(failingSince).toBeGreaterThan(noon + 3 * hour);
    await other.clock.advance(5.5 * hour);
    expect(other.notices).toEqual([]);
    other.canStore = true;
    await other.clock.advance(hour);
    expect(outcomes.of(acme)).toMatchObject({ failingSince, isTold: false });
    await other.clock.advance(4 * hour);
    expect([other.notices.length, outcomes.of(acme)]).toMatchObject([1, { failingSince, isTold: true }]);
    for (const { schedule } of [one, other]) await schedule.end();
  });

  it('take no older failures for their own when a sync of theirs fails or is stopped', async () => {
    for (const answer of [() => unreachable, () => 'wait' as const]) {
      const { dataDir, outcomes } = kept();
      const one = world({ answer: () => unreachable, outcomes: kept(dataDir).outcomes });
      one.schedule.start();
      await one.clock.advance(hour);
      const other = world({ answer, outcomes: kept(dataDir).outcomes, startsAt: noon + hour });
      other.schedule.start();
      one.answer = receiptOf;
      await one.clock.advance(hour);
      await other.clock.advance(hour);
      await other.schedule.stop(acme, new AbortController().signal);
      expect(outcomes.of(acme)!.failingSince ?? Infinity).toBeGreaterThan(noon + hour);
      for (const { schedule } of [one, other]) await schedule.end();
    }
  });
});

describe('the patience with failing syncs', () => {
  const noticesAfter = async (hours: number, settings: NonNullable<Parameters<typeof world>[0]>['settings'] & object): Promise<readonly string[]> => {
    const made = world({ answer: () => unreachable, settings });
    made.schedule.start();
    await made.clock.advance(hours * hour);
    await made.schedule.end();
    return made.notices;
  };

  it.each([[1, 6], [5, 30], [10, 60], [30, 180]])('is a quarter of a retention of %i days: %i hours', async (days, hours) => {
    const settings = { planRetention: { [acme]: days }, syncEveryMinutes: 1440 };
    expect(await noticesAfter(hours - 0.1, settings)).toEqual([]);
    expect(await noticesAfter(hours + 0.2, settings)).toEqual([expect.stringContaining(days === 1 ? 'keeps the log for a day' : `keeps the log for ${String(days)} days`)]);
  });

  it('is that of the shortest plan, and says so, for a tenant of which nothing was said', async () => {
    expect(await noticesAfter(7, { planRetention: { 'other.auth0.com': 30 } })).toEqual([expect.stringContaining('may keep the log for only a day')]);
  });

  it('begins to count for whoever can be told: notifications that are switched on later tell of it then', async () => {
    const { outcomes } = kept();
    const made = world({ answer: () => unreachable, settings: { notifications: false }, outcomes });
    made.schedule.start();
    await made.clock.advance(8 * hour);
    expect([made.notices.length, outcomes.of(acme)?.isTold]).toEqual([0, false]);
    made.settings = { ...made.settings, notifications: true };
    await made.clock.advance(minute);
    expect(made.notices).toHaveLength(1);
    await made.schedule.end();
  });

  it('is not used up by a process that can tell nobody', async () => {
    const { outcomes } = kept();
    const made = world({ answer: () => unreachable, outcomes, audience: 'absent' });
    made.schedule.start();
    await made.clock.advance(8 * hour);
    expect(outcomes.of(acme)).toMatchObject({ isTold: false, failingSince: expect.any(Number) });
    await made.schedule.end();
  });
});
