/** When the holder of a lock counts as dead. */
import { describe, expect, it } from 'vitest';
import { isHolderDead, parseHolder, processState, thisProcess } from '../../electron/node/lock-holder';

const holder = { pid: 4711, startedAt: 'boot/100', host: 'here.example', nonce: '0'.repeat(32) };
const alive = { isAlive: true, startedAt: 'boot/100' };
const view = (process: { isAlive: boolean; startedAt: string | null }, heartbeatAgeMs = 0, host = 'here.example') =>
  ({ host, process: () => process, heartbeatAgeMs });

describe('on the holder\'s own machine', () => {
  it('lives while its process does, however old its heartbeat is', () => {
    expect(isHolderDead(holder, view(alive, 3_600_000))).toBe(false);
  });

  it('is dead at once when its process is gone', () => {
    expect(isHolderDead(holder, view({ isAlive: false, startedAt: null }))).toBe(true);
  });

  it('is dead when the number belongs to a process that started at another time, or in another boot', () => {
    expect(isHolderDead(holder, view({ isAlive: true, startedAt: 'boot/101' }))).toBe(true);
    expect(isHolderDead(holder, view({ isAlive: true, startedAt: 'reboot/100' }))).toBe(true);
  });

  it('lives where the system shows no start times', () => {
    expect(isHolderDead(holder, view({ isAlive: true, startedAt: null }))).toBe(false);
    expect(isHolderDead({ ...holder, startedAt: null }, view(alive))).toBe(false);
  });
});

describe('on another machine', () => {
  it.each([[0, false], [60_000, false], [60_001, true], [-5_000, false]])('%i ms after its heartbeat: dead is %s', (age, dead) => {
    expect(isHolderDead(holder, view({ isAlive: false, startedAt: null }, age, 'there.example'))).toBe(dead);
  });
});

describe('a process', () => {
  it('knows itself again', () => {
    expect(isHolderDead(thisProcess(holder.nonce), { host: thisProcess(holder.nonce).host, process: processState, heartbeatAgeMs: 0 })).toBe(false);
  });

  it('that does not exist is not alive, one of another user is', () => {
    expect(processState(4_194_305).isAlive).toBe(false);
    expect(processState(1).isAlive).toBe(true);
  });
});

it.each(['', '{', 'null', '[]', '{}', '{"pid":0}', '{"pid":"1"}', JSON.stringify({ ...holder, pid: -1 }), JSON.stringify({ ...holder, nonce: '../x' })])(
  'takes %j for garbage', text => expect(parseHolder(text)).toBeNull(),
);

it('reads a holder', () => {
  expect(parseHolder(JSON.stringify(holder))).toEqual(holder);
});
