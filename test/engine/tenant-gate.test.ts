import { describe, expect, it } from 'vitest';
import { TenantGate } from '../../electron/engine/tenant-gate';

const never = new AbortController().signal;

/** Work that ends when the test says so. */
function held(log: string[], name: string) {
  let end = (): void => undefined;
  const done = new Promise<void>(resolve => { end = resolve; });
  const work = async (): Promise<void> => {
    log.push(`${name} in`);
    await done;
    log.push(`${name} out`);
  };
  return { work, end };
}
const settle = async (): Promise<void> => { for (let count = 0; count < 10; count += 1) await Promise.resolve(); };

describe('the gate of a tenant', () => {
  it('lets writers in together, a rewriting alone, and all in the order in which they came', async () => {
    const gate = new TenantGate();
    const log: string[] = [];
    const [a, b, rewriting, c] = ['a', 'b', 'rewriting', 'c'].map(name => held(log, name)) as [ReturnType<typeof held>, ReturnType<typeof held>, ReturnType<typeof held>, ReturnType<typeof held>];
    const all = [gate.shared('acme', never, a.work), gate.shared('acme', never, b.work), gate.alone('acme', never, rewriting.work), gate.shared('acme', never, c.work)];
    await settle();
    expect(log).toEqual(['a in', 'b in']);
    for (const { end } of [a, b, rewriting, c]) {
      end();
      await settle();
    }
    await Promise.all(all);
    expect(log).toEqual(['a in', 'b in', 'a out', 'b out', 'rewriting in', 'rewriting out', 'c in', 'c out']);
  });

  it('is one of each tenant', async () => {
    const gate = new TenantGate();
    const log: string[] = [];
    const [a, b] = [held(log, 'a'), held(log, 'b')];
    const all = [gate.alone('acme', never, a.work), gate.alone('other', never, b.work)];
    await settle();
    expect(log).toEqual(['a in', 'b in']);
    a.end();
    b.end();
    await Promise.all(all);
  });

  it('lets who waits go away, and those behind in', async () => {
    const gate = new TenantGate();
    const log: string[] = [];
    const [a, rewriting, b] = [held(log, 'a'), held(log, 'rewriting'), held(log, 'b')];
    const leaving = new AbortController();
    const first = gate.shared('acme', never, a.work);
    const waiting = gate.alone('acme', leaving.signal, rewriting.work);
    const last = gate.shared('acme', never, b.work);
    await settle();
    leaving.abort();
    await expect(waiting).rejects.toThrow(expect.objectContaining({ code: 'operation.cancelled' }) as unknown as Error);
    expect(log).toEqual(['a in', 'b in']);
    a.end();
    b.end();
    await Promise.all([first, last]);
  });

  it('opens again when the work inside fails', async () => {
    const gate = new TenantGate();
    await expect(gate.alone('acme', never, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(gate.alone('acme', never, () => Promise.resolve(5))).resolves.toBe(5);
  });

  it('is shut at every tenant for work that concerns all: those inside leave first, in their order, and whoever comes later waits', async () => {
    const gate = new TenantGate();
    const log: string[] = [];
    const [a, b, everywhere, late, other] = ['a', 'b', 'everywhere', 'late', 'other'].map(name => held(log, name)) as [ReturnType<typeof held>, ReturnType<typeof held>, ReturnType<typeof held>, ReturnType<typeof held>, ReturnType<typeof held>];
    const gone = new AbortController();
    const all = [gate.shared('acme', never, a.work), gate.alone('acme', never, b.work), gate.everywhere(everywhere.work), gate.shared('acme', never, late.work), gate.alone('other', never, other.work)];
    const impatient = gate.shared('third', gone.signal, () => Promise.resolve(log.push('impatient')));
    gone.abort();
    await expect(impatient).rejects.toMatchObject({ code: 'operation.cancelled' });
    for (const { end } of [a, b, everywhere, late, other]) {
      await settle();
      end();
    }
    await Promise.all(all);
    expect(log).toEqual(['a in', 'a out', 'b in', 'b out', 'everywhere in', 'everywhere out', 'late in', 'other in', 'late out', 'other out']);
  });

  it('opens again after work everywhere that failed, and does such work one after the other', async () => {
    const gate = new TenantGate();
    const failed = gate.everywhere(() => Promise.reject(new Error('no')));
    const log: string[] = [];
    const [first, second] = [held(log, 'first'), held(log, 'second')];
    const both = [gate.everywhere(first.work), gate.everywhere(second.work)];
    await expect(failed).rejects.toThrow('no');
    await settle();
    expect(log).toEqual(['first in']);
    for (const { end } of [first, second]) {
      end();
      await settle();
    }
    await Promise.all(both);
    expect(await gate.shared('acme', never, () => Promise.resolve('inside'))).toBe('inside');
    expect(log).toEqual(['first in', 'first out', 'second in', 'second out']);
  });

  it.each(['shared', 'alone'] as const)('is not left standing by who had gone before they came to it (%s): work everywhere begins', async kind => {
    const gate = new TenantGate();
    const gone = new AbortController();
    gone.abort();
    await expect(gate[kind]('acme', gone.signal, () => Promise.resolve('inside'))).rejects.toMatchObject({ code: 'operation.cancelled' });
    const log: string[] = [];
    void gate.everywhere(() => Promise.resolve(log.push('everywhere')));
    await settle();
    expect(log).toEqual(['everywhere']);
  });

  it('is not left standing by who goes away in the moment in which it opens again', async () => {
    const gate = new TenantGate();
    const log: string[] = [];
    const first = held(log, 'first');
    const leaving = new AbortController();
    const everywhere = gate.everywhere(first.work);
    const late = gate.shared('acme', leaving.signal, () => Promise.resolve('inside'));
    await settle();
    first.end();
    await everywhere;
    leaving.abort();
    await late.catch(() => undefined);
    void gate.everywhere(() => Promise.resolve(log.push('again')));
    await settle();
    expect(log).toEqual(['first in', 'first out', 'again']);
  });
});
