import { describe, expect, it } from 'vitest';
import { Failure } from '../../shared/errors';
import { settle } from '../builders/fake-clock';
import { acme, receiptOf, world } from '../builders/sync-world';

const minute = 60_000;
const hour = 60 * minute;
const gap = { from: '2026-05-01T00:00:00.000Z', to: '2026-05-02T00:00:00.000Z', cause: 'retention' };

const never = new AbortController().signal;

describe('the schedule', () => {
  it('syncs what is there soon after the start and then on the interval', async () => {
    const { schedule, clock, syncs } = world();
    schedule.start();
    await clock.advance(hour);
    const times = syncs.map(({ at }) => at);
    expect(times[0]).toBeLessThan(minute);
    expect(times).toHaveLength(4);
    for (const [index, at] of times.entries()) expect(at - index * 15 * minute).toBeLessThan(5 * minute);
    await schedule.end();
  });

  it('tells when it runs, when it ended, what came of it and when the next one is due', async () => {
    const { schedule, clock, states } = world();
    schedule.start();
    await clock.advance(minute);
    expect(states.map(({ state }) => state)).toEqual(['running', 'idle']);
    expect(states[1]).toMatchObject({ tenant: acme, error: null, receipt: { stored: 5 } });
    expect(Date.parse(states[1]!.nextAt!) - Date.parse(states[1]!.lastFinishedAt!)).toBe(15 * minute);
    expect(schedule.states()).toMatchObject([{ tenant: acme, state: 'idle' }]);
  });

  it('does nothing by itself when the interval is off, and begins when it is set', async () => {
    const made = world({ settings: { syncEveryMinutes: 0 } });
    made.schedule.start();
    await made.clock.advance(24 * hour);
    expect(made.syncs).toHaveLength(0);
    expect(made.schedule.states()).toMatchObject([{ state: 'idle', nextAt: null }]);
    made.settings = { ...made.settings, syncEveryMinutes: 60 };
    made.schedule.reconsider();
    await made.clock.advance(minute);
    expect(made.syncs).toHaveLength(1);
  });

  it('waits, and says so, while the folder is locked or another process writes', async () => {
    const made = world({ canStore: false });
    made.schedule.start();
    await made.clock.advance(hour);
    expect(made.syncs).toHaveLength(0);
    expect(made.states.map(({ state }) => state)).toEqual(['waiting']);
    made.canStore = true;
    made.schedule.reconsider();
    await settle();
    expect(made.syncs).toHaveLength(1);
  });

  it('syncs at once after the machine slept through several intervals, and only once', async () => {
    const { schedule, clock, syncs } = world();
    schedule.start();
    await clock.advance(minute);
    clock.shiftWall(5 * hour);
    await clock.advance(minute);
    expect(syncs).toHaveLength(2);
  });

  it('does not put a sync off when the clock is set back', async () => {
    const { schedule, clock, syncs } = world();
    schedule.start();
    await clock.advance(minute);
    clock.shiftWall(-24 * hour);
    await clock.advance(20 * minute);
    expect(syncs.length).toBeGreaterThanOrEqual(1);
    clock.shiftWall(24 * hour);
    await clock.advance(minute);
    expect(syncs.length).toBeGreaterThanOrEqual(2);
  });

  it('syncs several tenants side by side, each once at a time', async () => {
    const made = world({ tenants: [acme, 'other.auth0.com'], answer: () => 'wait' });
    made.schedule.start();
    await made.clock.advance(2 * hour);
    expect(made.syncs.map(({ tenant }) => tenant)).toEqual([acme, 'other.auth0.com']);
    await made.schedule.end();
  });

  it('leaves a tenant connected later an interval before its first scheduled sync', async () => {
    const made = world({ tenants: [] });
    made.schedule.start();
    await made.clock.advance(minute);
    made.tenants = [acme];
    made.schedule.connected(acme);
    await made.clock.advance(10 * minute);
    expect(made.syncs).toHaveLength(0);
    await made.clock.advance(10 * minute);
    expect(made.syncs).toHaveLength(1);
  });

  it('stops its syncs when it ends', async () => {
    const made = world({ answer: () => 'wait' });
    made.schedule.start();
    await made.clock.advance(minute);
    await made.schedule.end();
    expect(made.schedule.states()).toMatchObject([{ state: 'idle' }]);
    await made.clock.advance(24 * hour);
    expect(made.syncs).toHaveLength(1);
  });
});

describe('a sync that somebody asks for', () => {
  it('joins the one under way and gets its receipt', async () => {
    const made = world({ answer: () => 'wait' });
    made.schedule.start();
    await made.clock.advance(minute);
    const asked = made.schedule.sync({ tenant: acme }, never);
    await settle();
    expect(made.syncs).toHaveLength(1);
    made.syncs[0]!.finish(receiptOf(acme));
    await expect(asked).resolves.toMatchObject({ stored: 5 });
  });

  it('stops the one it joined when it is cancelled, and the next comes an interval later', async () => {
    const made = world({ answer: () => 'wait' });
    made.schedule.start();
    await made.clock.advance(minute);
    const controller = new AbortController();
    const asked = made.schedule.sync({ tenant: acme }, controller.signal);
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'operation.cancelled' });
    expect(made.last()).toMatchObject({ state: 'idle', error: null });
    await made.clock.advance(10 * minute);
    expect(made.syncs).toHaveLength(1);
    await made.clock.advance(10 * minute);
    expect(made.syncs).toHaveLength(2);
    await made.schedule.end();
  });

  it('is stopped by anybody, as is one that began by itself, and the stop answers when it has ended', async () => {
    const made = world({ answer: () => 'wait' });
    expect(await made.schedule.stop(acme, never)).toBe(false);
    made.schedule.start();
    await made.clock.advance(minute);
    expect(await made.schedule.stop(acme, never)).toBe(true);
    expect(made.last()).toMatchObject({ state: 'idle', error: null });
    const asked = made.schedule.sync({ tenant: acme }, never).catch((error: unknown) => error);
    await settle();
    expect(await made.schedule.stop(acme, never)).toBe(true);
    expect(await asked).toMatchObject({ code: 'operation.cancelled' });
    expect(await made.schedule.stop(acme, never)).toBe(false);
  });

  it('puts the next scheduled one off', async () => {
    const made = world();
    made.schedule.start();
    await made.clock.advance(10 * minute);
    await made.schedule.sync({ tenant: acme }, never);
    await made.clock.advance(10 * minute);
    expect(made.syncs).toHaveLength(2);
  });

  it('waits for one under way when it is to follow the log', async () => {
    const made = world({ answer: () => 'wait' });
    made.schedule.start();
    await made.clock.advance(minute);
    const controller = new AbortController();
    const following = made.schedule.sync({ tenant: acme, followSeconds: 5 }, controller.signal);
    await settle();
    expect(made.syncs).toHaveLength(1);
    made.syncs[0]!.finish(receiptOf(acme));
    await settle();
    expect(made.syncs).toHaveLength(2);
    controller.abort();
    await expect(following).rejects.toMatchObject({ code: 'operation.cancelled' });
  });

  it('is passed on, and leaves no state behind, for a tenant that is not connected', async () => {
    const made = world({ answer: () => new Failure('tenant.unknown', { tenant: 'nobody' }) });
    await expect(made.schedule.sync({ tenant: 'nobody' }, never)).rejects.toMatchObject({ code: 'tenant.unknown' });
    expect(made.states).toEqual([]);
  });
});

describe('a sync that fails', () => {
  const unreachable = new Failure('auth0.unreachable', { host: acme, problem: 'refused' });
  const rejected = new Failure('auth0.credentials-rejected');

  it('is tried again on the interval, and its error is told until one succeeds', async () => {
    const made = world({ answer: () => unreachable });
    made.schedule.start();
    await made.clock.advance(20 * minute);
    expect(made.syncs).toHaveLength(2);
    expect(made.last()).toMatchObject({ state: 'failed', error: { code: 'auth0.unreachable' } });
    made.answer = tenant => receiptOf(tenant);
    await made.clock.advance(20 * minute);
    expect(made.last()).toMatchObject({ state: 'idle', error: null });
  });

  it('is not tried again by itself when the credentials are at fault', async () => {
    const made = world({ answer: () => rejected });
    made.schedule.start();
    await made.clock.advance(24 * hour);
    expect(made.syncs).toHaveLength(1);
    expect(made.last()).toMatchObject({ state: 'failed', nextAt: null, error: { code: 'auth0.credentials-rejected' } });
  });

  it('is tried at once after a reconnect', async () => {
    const made = world({ answer: () => rejected });
    made.schedule.start();
    await made.clock.advance(hour);
    made.answer = tenant => receiptOf(tenant);
    made.schedule.connected(acme);
    await settle();
    expect(made.syncs).toHaveLength(2);
    await made.clock.advance(20 * minute);
    expect(made.syncs).toHaveLength(3);
  });

  it('goes on by itself after one by hand that succeeded', async () => {
    const made = world({ answer: () => rejected });
    made.schedule.start();
    await made.clock.advance(hour);
    made.answer = tenant => receiptOf(tenant);
    await made.schedule.sync({ tenant: acme }, never);
    await made.clock.advance(20 * minute);
    expect(made.syncs).toHaveLength(3);
  });
});

describe('a notification', () => {
  const unreachable = new Failure('auth0.unreachable', { host: acme, problem: 'refused' });

  it('comes once when syncs have failed for six hours, and again only in a new episode', async () => {
    const made = world({ answer: () => unreachable });
    made.schedule.start();
    await made.clock.advance(5.9 * hour);
    expect(made.notices).toHaveLength(0);
    await made.clock.advance(12 * hour);
    expect(made.notices).toHaveLength(1);
    expect(made.notices[0]).toContain('cannot be reached');
    made.answer = tenant => receiptOf(tenant);
    await made.clock.advance(hour);
    made.answer = () => unreachable;
    await made.clock.advance(8 * hour);
    expect(made.notices).toHaveLength(2);
    await made.schedule.end();
  });

  it('comes for rejected credentials too, though nothing is tried any more', async () => {
    const made = world({ answer: () => new Failure('auth0.credentials-rejected') });
    made.schedule.start();
    await made.clock.advance(30 * hour);
    expect(made.notices).toHaveLength(1);
  });

  it('comes when a sync found a gap', async () => {
    const made = world();
    made.answer = tenant => receiptOf(tenant, made.syncs.length === 1 ? [gap] : []);
    made.schedule.start();
    await made.clock.advance(5 * hour);
    expect(made.notices).toHaveLength(1);
    expect(made.notices[0]).toContain('2026-05-01');
  });

  it('never comes when they are switched off', async () => {
    const made = world({ answer: () => unreachable, settings: { notifications: false } });
    made.schedule.start();
    await made.clock.advance(48 * hour);
    expect(made.notices).toHaveLength(0);
  });
});
