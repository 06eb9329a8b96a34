import { describe, expect, it } from 'vitest';
import { createEngineClient } from '../../renderer/engine-client';
import type { Connection, Transport } from '../../renderer/engine-client';
import type { Push, Reply } from '../../shared/contract';
import { Failure } from '../../shared/errors';

type Line = Transport & { readonly sent: unknown[]; readonly push: (push: Push) => void; readonly drop: (state: Connection) => void; readonly listening: () => boolean };

function fakeLine(answer: (message: { readonly name?: string }) => Promise<Reply>): Line {
  const sent: unknown[] = [];
  const heard: { push: (push: Push) => void; state: (state: Connection) => void }[] = [];
  return {
    sent,
    send: message => { sent.push(message); return answer(message as { name?: string }); },
    listen: (push, state) => { heard.push({ push, state }); return () => { heard.length = 0; }; },
    push: push => { for (const one of heard) one.push(push); },
    drop: state => { for (const one of heard) one.state(state); },
    listening: () => heard.length > 0,
  };
}

const ok = (value: unknown): Promise<Reply> => Promise.resolve({ ok: true, value });

describe('the engine client', () => {
  it('asks by name with an id of its own and hands back the value', async () => {
    const line = fakeLine(() => ok({ tenants: [] }));
    const client = createEngineClient(line);
    expect(await client.call('tenant.list', {})).toEqual({ tenants: [] });
    await client.call('tenant.list', {});
    expect(line.sent).toMatchObject([{ name: 'tenant.list', input: {} }, { name: 'tenant.list', input: {} }]);
    expect(new Set((line.sent as { id: string }[]).map(message => message.id)).size).toBe(2);
  });

  it('throws the failure that the other side reports', async () => {
    const failure = new Failure('tenant.unknown', { tenant: 'acme' });
    const client = createEngineClient(fakeLine(() => Promise.resolve({ ok: false, error: failure.report() })));
    await expect(client.call('archive.status', { tenant: 'acme' })).rejects.toMatchObject({ code: 'tenant.unknown', message: failure.message });
  });

  it('says that the host is gone when there is no answer, to the caller and to whoever watches the line', async () => {
    const client = createEngineClient(fakeLine(() => Promise.reject(new TypeError('connection refused'))));
    const states: Connection[] = [];
    client.onConnection(state => { states.push(state); });
    await expect(client.call('app.info', {})).rejects.toMatchObject({ code: 'host.gone' });
    expect(states).toEqual(['gone']);
  });

  it('cancels by the id of the call and waits for what the other side makes of it', async () => {
    const stop = new AbortController();
    const waiting: ((reply: Reply) => void)[] = [];
    const line = fakeLine(message => (message.name === undefined ? ok(null) : new Promise(resolve => waiting.push(resolve))));
    const running = createEngineClient(line).call('tenant.sync', { tenant: 'acme' }, { signal: stop.signal });
    stop.abort();
    waiting[0]!({ ok: false, error: new Failure('operation.cancelled').report() });
    await expect(running).rejects.toMatchObject({ code: 'operation.cancelled' });
    expect(line.sent[1]).toEqual({ cancel: (line.sent[0] as { id: string }).id });
  });

  it('asks nothing for a call that was cancelled before it began', async () => {
    const line = fakeLine(() => ok({}));
    await expect(createEngineClient(line).call('app.info', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'operation.cancelled' });
    expect(line.sent).toEqual([]);
  });

  it('listens while anybody does, and tells every listener', () => {
    const line = fakeLine(() => ok({}));
    const client = createEngineClient(line);
    const heard: string[] = [];
    const offs = [client.onPush(push => { heard.push(`a ${push.name}`); }), client.onPush(push => { heard.push(`b ${push.name}`); })];
    line.push({ name: 'backup.progress', value: { bytes: 1, totalBytes: null } });
    expect(heard).toEqual(['a backup.progress', 'b backup.progress']);
    offs[0]!();
    expect(line.listening()).toBe(true);
    offs[1]!();
    expect(line.listening()).toBe(false);
    client.onPush(() => undefined);
    expect(line.listening()).toBe(true);
  });
});
