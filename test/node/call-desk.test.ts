import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../shared/contract';
import { operations } from '../../shared/contract';
import { errorCatalogue, Failure } from '../../shared/errors';
import { createCallDesk } from '../../electron/node/call-desk';
import type { Host } from '../../electron/node/host';

type Call = { readonly name: string; readonly input: unknown; readonly signal: AbortSignal };

/** A host whose calls end as the test says. */
function fakeHost(answer: (call: Call) => unknown): Host {
  return {
    call: async (name, input, options) => (await answer({ name, input, signal: options?.signal ?? new AbortController().signal })) as never,
    onPush: () => () => undefined, wouldLose: () => [],
    close: () => Promise.resolve(),
  };
}

/** Ends only when it is cancelled. */
const untilCancelled = ({ signal }: Call): Promise<never> => new Promise((_resolve, reject) => {
  signal.addEventListener('abort', () => { reject(new Failure('operation.cancelled')); });
});

const codeOf = (reply: Reply): string | null => (reply.ok ? null : reply.error.code);

describe('a call desk', () => {
  it('passes a call on and its answer back', async () => {
    const desk = createCallDesk(fakeHost(({ name, input }) => ({ name, input })));
    expect(await desk.handle({ id: 'a', name: 'view.list', input: { some: 'input' } })).toEqual({ ok: true, value: { name: 'view.list', input: { some: 'input' } } });
  });

  it('takes a call without input', async () => {
    const desk = createCallDesk(fakeHost(() => null));
    expect(await desk.handle({ id: 'a', name: 'view.list' })).toEqual({ ok: true, value: null });
  });

  it('answers with the failure of the catalogue', async () => {
    const desk = createCallDesk(fakeHost(() => { throw new Failure('tenant.unknown', { tenant: 'acme' }); }));
    expect(await desk.handle({ id: 'a', name: 'view.list', input: {} })).toMatchObject({ ok: false, error: { code: 'tenant.unknown', details: { tenant: 'acme' } } });
  });

  it('tells nothing of an error nobody foresaw', async () => {
    const desk = createCallDesk(fakeHost(() => { throw new Error('canary'); }));
    const reply = await desk.handle({ id: 'a', name: 'view.list', input: {} });
    expect(codeOf(reply)).toBe('internal');
    expect(JSON.stringify(reply)).not.toContain('canary');
  });

  it('cancels a call by its id, and answers the cancellation whether or not there is such a call', async () => {
    const desk = createCallDesk(fakeHost(untilCancelled));
    const call = desk.handle({ id: 'a', name: 'tenant.sync', input: {} });
    expect(await desk.handle({ cancel: 'b' })).toEqual({ ok: true, value: null });
    expect(await desk.handle({ cancel: 'a' })).toEqual({ ok: true, value: null });
    expect(codeOf(await call)).toBe('operation.cancelled');
    expect(await desk.handle({ cancel: 'a' })).toEqual({ ok: true, value: null });
  });

  it('refuses an id that is in use, and takes it again afterwards', async () => {
    const desk = createCallDesk(fakeHost(untilCancelled));
    const call = desk.handle({ id: 'a', name: 'tenant.sync', input: {} });
    expect(codeOf(await desk.handle({ id: 'a', name: 'tenant.sync', input: {} }))).toBe('operation.input-invalid');
    await desk.handle({ cancel: 'a' });
    await call;
    const again = desk.handle({ id: 'a', name: 'tenant.sync', input: {} });
    desk.cancelAll();
    expect(codeOf(await again)).toBe('operation.cancelled');
  });

  it('runs 64 calls at once and refuses the next', async () => {
    const desk = createCallDesk(fakeHost(untilCancelled));
    const calls = Array.from({ length: 64 }, (_, index) => desk.handle({ id: String(index), name: 'tenant.sync', input: {} }));
    expect(codeOf(await desk.handle({ id: 'one more', name: 'tenant.sync', input: {} }))).toBe('operation.too-many');
    await desk.handle({ cancel: '5' });
    await calls[5];
    const next = desk.handle({ id: 'one more', name: 'tenant.sync', input: {} });
    desk.cancelAll();
    expect(new Set((await Promise.all([...calls, next])).map(codeOf))).toEqual(new Set(['operation.cancelled']));
  });

  it.each([
    ['an inherited name', { id: 'a', name: 'constructor', input: {} }, 'operation.unknown'],
    ['__proto__', { id: 'a', name: '__proto__', input: {} }, 'operation.unknown'],
    ['an id too long', { id: 'a'.repeat(65), name: 'view.list', input: {} }, 'operation.input-invalid'],
    ['an empty id', { id: '', name: 'view.list', input: {} }, 'operation.input-invalid'],
    ['a number for an id', { id: 1, name: 'view.list', input: {} }, 'operation.input-invalid'],
    ['a member too many', { id: 'a', name: 'view.list', input: {}, more: 1 }, 'operation.input-invalid'],
    ['a call and a cancellation at once', { id: 'a', name: 'view.list', input: {}, cancel: 'a' }, 'operation.input-invalid'],
    ['nothing', undefined, 'operation.input-invalid'],
    ['a list', [], 'operation.input-invalid'],
    ['a message that throws when it is read', Object.defineProperty({}, 'cancel', { enumerable: true, get: () => { throw new Error('canary'); } }), 'internal'],
  ])('refuses %s', async (_what, message, code) => {
    const desk = createCallDesk(fakeHost(() => null));
    expect(codeOf(await desk.handle(message))).toBe(code);
  });

  it('answers whatever it is sent, and forgets nothing it has begun', async () => {
    const desk = createCallDesk(fakeHost(() => null));
    const names = fc.oneof(fc.constantFrom(...Object.keys(operations)), fc.string());
    const ids = fc.oneof(fc.string({ maxLength: 80 }), fc.anything());
    const messages = fc.oneof(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }), fc.record({ id: ids, name: names, input: fc.anything() }), fc.record({ cancel: ids }));
    await fc.assert(fc.asyncProperty(messages, async message => {
      const reply = await desk.handle(message);
      expect(typeof reply.ok).toBe('boolean');
      if (!reply.ok) expect(Object.hasOwn(errorCatalogue, reply.error.code)).toBe(true);
    }), { numRuns: process.env['TENANTSCOPE_TEST_FULL'] === '1' ? 10_000 : 3_000, seed: 7 });
    expect((await desk.handle({ id: 'last', name: 'view.list', input: {} })).ok).toBe(true);
  });
});
