/** A backup holds all of a data folder, brings it back whole, and is a valid archive even when it was taken while events came in. */
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backUp, restore } from '../../electron/node/backup';
import { logEvent } from '../builders/log-event';
import { archiveFolder, backupOf, filesIn, fill, inPieces, modesIn, never, restoreInto } from './backup-folders';
import { temporaryFolder } from './temporary-folder';

const failure = (code: string, details: object = {}) => expect.objectContaining({ code, details: expect.objectContaining(details) as unknown });
const journal = 'tenants/t-acme/journal';
const digestOf = (count: number): string =>
  createHash('sha256').update(Array.from({ length: count }, (_, index) => logEvent(index).log_id).sort().join('\n')).digest('hex');

describe('a backup', () => {
  it('brings everything back, readable for its owner only', async () => {
    const { dataDir, engine, importEvents } = archiveFolder();
    await importEvents(250, 0);
    fill(dataDir, { 'settings.json': '{"theme":"dark"}\n' });
    const before = await engine.call('archive.status', {});
    await engine.close();
    const { bytes } = await backupOf(dataDir);

    const root = temporaryFolder();
    const progress: number[] = [];
    const restored = await restore(join(root, 'data'), inPieces(bytes), { signal: never, onProgress: told => progress.push(told.bytes) });
    const files = filesIn(dataDir);
    expect(filesIn(join(root, 'data'))).toEqual(files);
    expect(restored).toEqual({ tenants: ['acme'], files: 5, bytes: Object.values(files).reduce((sum, file) => sum + file.length, 0) });
    expect(progress.at(-1)).toBe(bytes.length);
    expect(modesIn(root)).toEqual(expect.objectContaining({ 'data': '700', [`data/${journal}`]: '700', 'data/vault.json': '600', [`data/${journal}/head`]: '600' }));
    expect([...new Set(Object.values(modesIn(root)))].sort()).toEqual(['600', '700']);

    const again = archiveFolder(root);
    expect(await again.engine.call('archive.status', {})).toEqual(before);
    await again.importEvents(10, 245);
    expect((await again.engine.call('archive.status', {})).tenants[0]).toMatchObject({ events: 255, digest: digestOf(255), gaps: [] });
  });

  it('tells its length, its digest and how far it is', async () => {
    const folder = temporaryFolder();
    fill(folder, { 'vault.json': '{}', [`${journal}/00000001.tsj`]: new Uint8Array(randomBytes(2_500_000)) });
    const { bytes, receipt, progress } = await backupOf(folder);
    expect(receipt).toEqual({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    expect(progress.every(({ totalBytes }) => totalBytes === bytes.length)).toBe(true);
    expect(progress.map(told => told.bytes)).toEqual(progress.map(told => told.bytes).toSorted((a, b) => a - b));
    expect(progress.at(-1)?.bytes).toBe(bytes.length);
    await restoreInto(join(folder, 'restored'), bytes, [1_000_000]);
    expect(filesIn(join(folder, 'restored'))[`${journal}/00000001.tsj`]?.equals(readFileSync(join(folder, journal, '00000001.tsj')))).toBe(true);
  });

  it('leaves out locks, logs, beginnings and whatever else lies about', async () => {
    const [folder, target] = [temporaryFolder(), join(temporaryFolder(), 'data')];
    const kept = { 'vault.json': '{}', 'settings.json': '{}', 'tenants/t-a/tenant.json': '{}', 'tenants/t-a/journal/head': 'h', 'tenants/t-a/journal/00000001.tsj': 's', 'tenants/t-dot._/tenant.json': '{}' };
    fill(folder, {
      ...kept, 'writer.lock': '{}', 'vault.json.tmp': '{', 'settings.json.corrupt-1': 'x', 'logs/main.log': 'x', 'restore.1.0123456789abcdef.tmp/vault.json': 'x', 'old.tsbackup': 'x',
      'tenants/t-a/tenant.json.tmp': '{', 'tenants/t-a/notes.txt': 'x', 'tenants/t-a/journal/1.tsj': 'x', 'tenants/t-a/journal/00000001.tsj.aside': 'x', 'tenants/stray/tenant.json': '{}', 'tenants/t-sample/tenant.json': '{}',
    });
    mkdirSync(join(folder, 'tenants/t-empty'));
    expect(await restoreInto(target, (await backupOf(folder)).bytes)).toMatchObject({ tenants: ['a', 'dot.'], files: 6 });
    expect(filesIn(target)).toEqual(Object.fromEntries(Object.entries(kept).map(([path, text]) => [path, Buffer.from(text)])));
  });

  it('of the golden archive is that archive', async () => {
    const [folder, target] = [temporaryFolder(), join(temporaryFolder(), 'data')];
    const golden = join(import.meta.dirname, '../fixtures/archives/version-1');
    cpSync(golden, folder, { recursive: true });
    await restoreInto(target, (await backupOf(folder)).bytes);
    expect(filesIn(target)).toEqual(filesIn(golden));
  });

  it('is read in pieces of any size', async () => {
    const folder = temporaryFolder();
    fill(folder, { 'vault.json': '{"version":1}', 'tenants/t-a/tenant.json': '', 'tenants/t-a/journal/head': 'x'.repeat(256) });
    const { bytes } = await backupOf(folder);
    await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), async sizes => {
      const target = join(folder, 'restored');
      expect(await restoreInto(target, bytes, sizes)).toMatchObject({ files: 3 });
      expect(filesIn(target)).toMatchObject({ 'tenants/t-a/tenant.json': Buffer.alloc(0) });
      rmSync(target, { recursive: true });
    }), { seed: 41, numRuns: 25 });
  });

  it('of a folder that holds nothing is refused, and so is one without its key file', async () => {
    const folder = temporaryFolder();
    await expect(backupOf(folder)).rejects.toThrow(failure('vault.not-made'));
    await expect(backupOf(join(folder, 'missing'))).rejects.toThrow(failure('vault.not-made'));
    fill(folder, { 'tenants/t-a/tenant.json': '{}' });
    await expect(backupOf(folder)).rejects.toThrow(failure('vault.damaged', { file: 'vault.json' }));
  });

  it('stops when it is asked to, and when its bytes cannot be written', async () => {
    const folder = temporaryFolder();
    fill(folder, { 'vault.json': '{}', [`${journal}/00000001.tsj`]: 'x'.repeat(1_000) });
    const stop = new AbortController();
    const written: number[] = [];
    const stopped = backUp(folder, bytes => { written.push(bytes.length); stop.abort(); }, { signal: stop.signal, onProgress: () => undefined });
    await expect(stopped).rejects.toThrow(failure('operation.cancelled'));
    expect(written).toHaveLength(1);
    await expect(backupOf(folder, () => Promise.reject(new Error('full')))).rejects.toThrow('full');
  });
});

describe('a backup taken while a writer is at work', () => {
  it('is the archive as it stood at some instant', async () => {
    const { dataDir, importEvents } = archiveFolder();
    await importEvents(30, 0);
    let stored = 30;
    const { bytes } = await backupOf(dataDir, async () => {
      await importEvents(7, stored);
      stored += 7;
    });
    const root = temporaryFolder();
    await restoreInto(join(root, 'data'), bytes);
    const { engine, importEvents: importAgain } = archiveFolder(root);
    const [status] = (await engine.call('archive.status', {})).tenants;
    expect(status?.events).toBeGreaterThan(30);
    expect(status?.events).toBeLessThan(stored);
    expect(status).toMatchObject({ digest: digestOf(status?.events ?? 0), gaps: [], setAside: 0 });
    await importAgain(stored, 0);
    expect((await engine.call('archive.status', {})).tenants[0]).toMatchObject({ events: stored, digest: digestOf(stored), gaps: [] });
  });

  it('is whole when the writer cuts off what it never acknowledged', async () => {
    const { dataDir, engine, importEvents } = archiveFolder();
    await importEvents(30, 0);
    await engine.close();
    const segment = join(dataDir, journal, '00000001.tsj');
    const whole = readFileSync(segment);
    writeFileSync(segment, Buffer.concat([whole, Buffer.from('TSJF'), randomBytes(2_000_000)]));
    let turn = 0;
    // After the segment's size was announced, and before its last bytes are read.
    const { bytes } = await backupOf(dataDir, () => { if ((turn += 1) === 9) truncateSync(segment, whole.length); });
    const root = temporaryFolder();
    await restoreInto(join(root, 'data'), bytes);
    expect(readFileSync(join(root, 'data', journal, '00000001.tsj')).length).toBe(whole.length + 2_000_004);
    const restored = archiveFolder(root);
    await restored.importEvents(5, 30);
    expect((await restored.engine.call('archive.status', {})).tenants[0]).toMatchObject({ events: 35, digest: digestOf(35), gaps: [] });
  });
});
