import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEngineLink } from '../../electron/node/engine-link';
import type { EngineLink } from '../../electron/node/engine-link';
import { closedDoors } from '../../electron/node/engine-answers';
import { temporaryFolder } from './temporary-folder';

const never = new AbortController().signal;

/** A worker that answers each call with its data folder. */
const answering = `
import { parentPort, workerData } from 'node:worker_threads';
parentPort.on('message', message => {
  if (message.kind === 'call') parentPort.postMessage({ kind: 'reply', id: message.id, reply: { ok: true, value: workerData.dataDir } });
  if (message.kind === 'close') parentPort.postMessage({ kind: 'closed' });
});`;
const dying = 'throw new Error("canary");';

function linkTo(folder: string, faults: string[] = []): EngineLink {
  const path = join(folder, 'worker.mjs');
  writeFileSync(join(folder, 'sql.wasm'), 'bytes');
  const link = createEngineLink({
    paths: () => Promise.resolve({ workerPath: path, wasmPath: join(folder, 'sql.wasm'), licensesPath: '', countriesPath: '' }),
    start: { dataDir: folder, now: null, isDebugging: false, files: 'paths' },
    answers: { ...closedDoors, dataKey: () => Promise.resolve(null), createDataKey: () => Promise.reject(new Error('no')), tenants: () => Promise.resolve([]), logs: () => Promise.reject(new Error('no')), forgetTenant: () => Promise.reject(new Error('no')), retentionDays: () => Promise.resolve(0), homeOf: () => Promise.resolve('disk'), putInPlace: () => Promise.reject(new Error('no')) },
    onPush: () => undefined,
    keepFault: error => {
      faults.push(String(error));
      return `reference-${String(faults.length)}`;
    },
    onFault: () => undefined,
  });
  onTestFinished(() => link.close());
  return link;
}

describe('the engine of a host', () => {
  it('answers what waits when its thread dies, and starts anew for the next call', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'worker.mjs'), dying);
    const faults: string[] = [];
    const link = linkTo(folder, faults);
    expect(await link.call('view.list', {}, never)).toMatchObject({ ok: false, error: { code: 'internal', details: { reference: 'reference-1' } } });
    expect(faults).toEqual(['Error: canary']);
    writeFileSync(join(folder, 'worker.mjs'), answering);
    expect(await link.call('view.list', {}, never)).toEqual({ ok: true, value: folder });
    expect(await link.call('view.list', {}, never)).toEqual({ ok: true, value: folder });
  });

  it('can be asked again when it could not be started', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'worker.mjs'), answering);
    const link = linkTo(folder);
    rmSync(join(folder, 'sql.wasm'));
    await expect(link.call('view.list', {}, never)).rejects.toMatchObject({ code: 'ENOENT' });
    writeFileSync(join(folder, 'sql.wasm'), 'bytes');
    expect((await link.call('view.list', {}, never)).ok).toBe(true);
  });

  it('is started once for calls made at the same time', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'worker.mjs'), answering.replace('workerData.dataDir', 'threadId').replace('workerData }', 'threadId }'));
    const link = linkTo(folder);
    const replies = await Promise.all(Array.from({ length: 5 }, () => link.call('view.list', {}, never)));
    expect(new Set(replies.map(reply => (reply.ok ? reply.value : null))).size).toBe(1);
  });

  it('is another one after a rest, which whoever asks meanwhile waits for', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'worker.mjs'), `
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { parentPort, threadId, workerData } from 'node:worker_threads';
const open = workerData.dataDir + '/open';
const others = existsSync(open);
writeFileSync(open, '');
parentPort.on('message', message => {
  if (message.kind === 'call') parentPort.postMessage({ kind: 'reply', id: message.id, reply: { ok: true, value: [threadId, others] } });
  if (message.kind === 'close') setTimeout(() => { rmSync(open); parentPort.postMessage({ kind: 'closed' }); }, 50);
});`);
    const link = linkTo(folder);
    const ask = async (): Promise<readonly [number, boolean]> => ((await link.call('view.list', {}, never)) as unknown as { value: readonly [number, boolean] }).value;
    const [first] = await ask();
    const resting = link.rest();
    const [second, foundAnother] = await ask();
    await resting;
    expect(second).not.toBe(first);
    expect(foundAnother).toBe(false);
    await link.rest();
    await link.rest();
    expect((await ask())[1]).toBe(false);
  });
});
