/** A restore is all or nothing: damaged, hostile and misplaced backups leave a folder as it was. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restore } from '../../electron/node/backup';
import { Failure } from '../../shared/errors';
import { backupOf, filesIn, fill, inPieces, never, plantedBackup, replanted, restoreInto } from './backup-folders';
import { temporaryFolder } from './temporary-folder';

const failure = (code: string, details: object = {}) => expect.objectContaining({ code, details: expect.objectContaining(details) as unknown });
const vault = ['vault.json', '{"version":1}'] as const;
const settings = ['settings.json', '{}'] as const;
const small = plantedBackup([vault, settings, ['tenants/t-a/tenant.json', '{"a":1}'], ['tenants/t-a/journal/head', 'x'.repeat(256)], ['tenants/t-a/journal/00000001.tsj', 'y'.repeat(700)]]);

/** Refused so, and the folder is not even made. */
async function expectRefusal(bytes: Uint8Array, code = 'backup.damaged'): Promise<void> {
  const root = temporaryFolder();
  await expect(restoreInto(join(root, 'new', 'data'), bytes)).rejects.toThrow(failure(code));
  expect(readdirSync(root)).toEqual([]);
}

describe('a damaged backup', () => {
  it('is refused wherever it is cut', async () => {
    const root = temporaryFolder();
    for (let length = 0; length < small.length; length += length < 100 ? 1 : 13) {
      await expect(restoreInto(join(root, 'data'), small.subarray(0, length))).rejects.toThrow(failure('backup.damaged'));
      expect(readdirSync(root)).toEqual([]);
    }
    await expect(restoreInto(join(root, 'data'), small)).resolves.toMatchObject({ files: 5 });
  });

  it('is refused whichever bit is changed', async () => {
    const root = temporaryFolder();
    await fc.assert(fc.asyncProperty(fc.nat({ max: small.length * 8 - 1 }), async bit => {
      const bytes = small.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      const told: unknown = await restoreInto(join(root, 'data'), bytes).catch((error: unknown) => error);
      expect(told).toBeInstanceOf(Failure);
      expect(['backup.damaged', 'archive.newer-format']).toContain((told as Failure).code);
      expect(readdirSync(root)).toEqual([]);
    }), { seed: 42, numRuns: 150 });
  });

  it.each([
    ['is empty', Buffer.alloc(0)], ['is something else', Buffer.from(`${JSON.stringify({ log_id: '1' })}\n`)],
    ['is a segment of a journal', readFileSync(join(import.meta.dirname, '../fixtures/archives/version-1/tenants/t-golden/journal/00000001.tsj'))],
    ['goes on behind its end', Buffer.concat([small, Buffer.from('x')])], ['holds a second one', Buffer.concat([small, small])],
    ['has no key file', plantedBackup([settings, ['tenants/t-a/tenant.json', '{}']])], ['is empty of files', plantedBackup([])],
    ['counts fewer files than it has', plantedBackup([vault, settings], 1)], ['counts more', plantedBackup([vault], 2 ** 40)],
    ['claims a size beyond all numbers', replanted(small, copy => copy.writeBigUInt64LE(2n ** 64n - 1n, 24))],
    ['claims a size beyond its end', replanted(small, copy => copy.writeBigUInt64LE(2n ** 50n, 24))],
    ['claims version 0', replanted(small, copy => copy.writeUInt16LE(0, 8))],
    ['has a name of no length', replanted(small, copy => copy.writeUInt16LE(0, 20))], ['has a name longer than any', replanted(small, copy => copy.writeUInt16LE(65_535, 20))],
    ['has a name that is not text', replanted(small, copy => copy.writeUInt8(0xff, 32))],
  ])('that %s is refused', async (_what, bytes) => { await expectRefusal(bytes); });

  it('of a newer version asks for an update', async () => {
    await expectRefusal(replanted(small, copy => copy.writeUInt16LE(2, 8)), 'archive.newer-format');
  });
});

describe('a hostile backup', () => {
  it.each([
    '../vault.json', '..', '.', '/', '/etc/passwd', './vault.json', 'vault.json/', '/vault.json', 'a/../vault.json', 'tenants/../vault.json', 'tenants/t-a/../../../x', 'C:\\x', 'C:x', '\\\\host\\x', 'tenants\\t-a\\tenant.json',
    'vault.json\0', '\ufeffvault.json', 'VAULT.JSON', 'vault.json.tmp', 'vault.json:x', 'writer.lock', 'logs/main.log', 'settings.json/x', 'x', 'restore.1.0123456789abcdef.tmp/vault.json',
    'tenants', 'tenants/', 'tenants/t-a', 'tenants/t-a/', 'tenants/t-a/other', 'tenants/t-a/TENANT.JSON', 'tenants/a/tenant.json', 'tenants/t-/tenant.json', 'tenants/t-A/tenant.json', 'tenants/t-a/tenant.json/x', 'tenants/t-../tenant.json', 'tenants/t-a./tenant.json', 'tenants/t-sample/tenant.json',
    'tenants/t-a/journal', 'tenants/t-a/journal/', 'tenants/t-a/journal/head/x', 'tenants/t-a/journal/1.tsj', 'tenants/t-a/journal/00000001.tsj/x', 'tenants/t-a/journal/00000001.TSJ', 'tenants/t-a/journal/../tenant.json', 'tenants/t-a/journal//head', `tenants/t-${'a'.repeat(300)}/tenant.json`,
  ])('cannot place a file at %j', async path => {
    await expectRefusal(plantedBackup([vault, [path, 'planted']]));
  });

  it('cannot place a file twice', async () => {
    await expectRefusal(plantedBackup([vault, settings, vault]));
  });
});

describe('a folder', () => {
  it.each([{ 'vault.json': 'x' }, { 'tenants/t-b/tenant.json': 'x' }, { 'tenants/stray': 'x' }])('that holds %j is not restored into, and stays', async files => {
    const dataDir = temporaryFolder();
    fill(dataDir, files);
    const before = filesIn(dataDir);
    await expect(restoreInto(dataDir, small)).rejects.toThrow(failure('archive.not-empty'));
    expect(filesIn(dataDir)).toEqual(before);
  });

  it('that came to be used while a backup was read stays as it came to be', async () => {
    const dataDir = temporaryFolder();
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield small.subarray(0, 500);
      await Promise.resolve();
      fill(dataDir, { 'vault.json': 'made meanwhile' });
      yield small.subarray(500);
    }
    await expect(restore(dataDir, chunks(), { signal: never, onProgress: () => undefined })).rejects.toThrow(failure('archive.not-empty'));
    expect(filesIn(dataDir)).toEqual({ 'vault.json': Buffer.from('made meanwhile') });
  });

  it('may have settings, a lock and an empty place for tenants, and what a killed restore left is cleared away', async () => {
    const dataDir = temporaryFolder();
    fill(dataDir, { 'settings.json': 'older', 'writer.lock': '{}', 'restore.1.0123456789abcdef.tmp/vault.json': 'half' });
    mkdirSync(join(dataDir, 'tenants'));
    await restoreInto(dataDir, small);
    expect(readdirSync(dataDir).sort()).toEqual(['settings.json', 'tenants', 'vault.json', 'writer.lock']);
    expect(readFileSync(join(dataDir, 'settings.json'), 'utf8')).toBe('{}');
  });

  it('keeps its settings when the backup has none', async () => {
    const dataDir = temporaryFolder();
    fill(dataDir, { 'settings.json': 'older' });
    await restoreInto(dataDir, plantedBackup([vault]));
    expect(filesIn(dataDir)).toMatchObject({ 'settings.json': Buffer.from('older') });
  });

  it('has nothing of a backup in it when only one of the moves into place fails', async () => {
    const dataDir = temporaryFolder();
    fill(dataDir, { 'settings.json/a folder': 'that no file can replace' });
    await expect(restoreInto(dataDir, small)).rejects.toThrow(failure('archive.unwritable'));
    expect(readdirSync(dataDir)).toEqual(['settings.json']);
    expect(Object.keys(filesIn(dataDir))).toEqual(['settings.json/a folder']);
  });

  it('takes one of two backups that are restored at a time', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const other = plantedBackup([vault, ['tenants/t-b/tenant.json', '{}']]);
    const done = await Promise.allSettled([restoreInto(dataDir, small, [50]), restoreInto(dataDir, other, [50])]);
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(readdirSync(join(dataDir, 'tenants'))).toHaveLength(1);
    expect(readdirSync(dataDir).filter(name => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('a restore that is stopped', () => {
  it.each(['before it begins', 'in the middle', 'while it waits for more'])('%s leaves nothing', async when => {
    const root = temporaryFolder();
    const stop = new AbortController();
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield small.subarray(0, 400);
      if (when === 'while it waits for more') await new Promise(() => { setTimeout(() => { stop.abort(); }, 5); });
      if (when === 'in the middle') stop.abort();
      yield small.subarray(400);
    }
    if (when === 'before it begins') stop.abort();
    await expect(restore(join(root, 'data'), chunks(), { signal: stop.signal, onProgress: () => undefined })).rejects.toThrow(failure('operation.cancelled'));
    expect(readdirSync(root)).toEqual([]);
  });

  it('by its source says what the source said, and closes it', async () => {
    const root = temporaryFolder();
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield small.subarray(0, 400);
      await Promise.resolve();
      throw new Failure('import.unreadable', { file: 'backup', problem: 'gone' });
    }
    await expect(restore(join(root, 'data'), broken(), { signal: never, onProgress: () => undefined })).rejects.toThrow(failure('import.unreadable'));
    let closed = false;
    async function* closing(): AsyncGenerator<Uint8Array> {
      try {
        yield* inPieces(small.subarray(16), [100]);
      } finally {
        closed = true;
      }
    }
    await expect(restore(join(root, 'data'), closing(), { signal: never, onProgress: () => undefined })).rejects.toThrow(failure('backup.damaged'));
    expect(closed).toBe(true);
    expect(existsSync(join(root, 'data'))).toBe(false);
  });
});

it('what was restored can be backed up to the same bytes, which are those of the format', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  await restoreInto(dataDir, small);
  const { bytes, receipt } = await backupOf(dataDir);
  expect(bytes.equals(small)).toBe(true);
  expect(receipt.sha256).toBe('88a26166350da65e1141426c2a1697b276163dec2558f187244eaa52da3f10ff');
});
