import { MessageChannel } from 'node:worker_threads';
/** The clock: fixed when asked, and never a wait that outlives its signal. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { createClock } from '../../electron/node/clock';

const fakeTimers = (): void => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
};

it('tells the time of the system, or stands where it was fixed', () => {
  fakeTimers();
  vi.setSystemTime(1_000);
  const [running, fixed] = [createClock(null), createClock(42)];
  expect([running.now(), fixed.now()]).toEqual([1_000, 42]);
  vi.advanceTimersByTime(500);
  expect([running.now(), fixed.now()]).toEqual([1_500, 42]);
});

it('measures time that goes on even when the clock is fixed', () => {
  const clock = createClock(42);
  const before = clock.elapsed();
  for (let turns = 0; clock.elapsed() === before; turns += 1) expect(turns).toBeLessThan(10_000_000);
  expect(clock.elapsed()).toBeGreaterThan(before);
});

it('sleeps for the time asked', async () => {
  fakeTimers();
  let awake = false;
  const sleep = createClock(42).sleep(1_000).then(() => { awake = true; });
  await vi.advanceTimersByTimeAsync(999);
  expect(awake).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(awake).toBe(true);
  await sleep;
});

it('sleeps longer than a timer of the system can run', async () => {
  fakeTimers();
  let awake = false;
  void createClock(null).sleep(3_000_000_000).then(() => { awake = true; });
  await vi.advanceTimersByTimeAsync(2_999_999_999);
  expect(awake).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(awake).toBe(true);
});

it('wakes when the signal fires and leaves neither a timer nor a listener', async () => {
  fakeTimers();
  const controller = new AbortController();
  const removed = vi.spyOn(controller.signal, 'removeEventListener');
  const sleep = createClock(null).sleep(60_000, controller.signal);
  controller.abort();
  await sleep;
  expect(vi.getTimerCount()).toBe(0);
  expect(removed).toHaveBeenCalledOnce();
});

it('leaves no listener on a signal that never fires', async () => {
  fakeTimers();
  const { signal } = new AbortController();
  const removed = vi.spyOn(signal, 'removeEventListener');
  const sleep = createClock(null).sleep(10, signal);
  await vi.advanceTimersByTimeAsync(10);
  await sleep;
  expect(removed).toHaveBeenCalledOnce();
});

it('does not begin to sleep when the signal has fired ', async () => {
  fakeTimers();
  await createClock(null).sleep(60_000, AbortSignal.abort());
  expect(vi.getTimerCount()).toBe(0);
});

it.each([0, -5])('lets waiting messages through when it sleeps for %d ms', async ms => {
  const { port1, port2 } = new MessageChannel();
  let heard = false;
  port2.on('message', () => { heard = true; });
  port1.postMessage('a cancellation');
  for (let turn = 0; turn < 100 && !heard; turn += 1) await createClock(null).sleep(ms);
  port1.close();
  expect(heard).toBe(true);
});
