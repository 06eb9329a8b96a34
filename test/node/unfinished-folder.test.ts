import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type * as DurableFiles from '../../electron/node/durable-files';
import { newUnfinished, putInPlace } from '../../electron/node/unfinished-folder';
import { temporaryFolder } from './temporary-folder';

const disk = vi.hoisted(() => ({ failure: null as Error | null }));

vi.mock('../../electron/node/durable-files', async importOriginal => ({
  ...await importOriginal<typeof DurableFiles>(),
  syncFolderAt: () => { if (disk.failure !== null) throw disk.failure; },
}));

describe('what is prepared beside its place', () => {
  it('is taken back when the disk does not make its place durable, and comes into it when that works', () => {
    const dataDir = temporaryFolder();
    const unfinished = join(dataDir, newUnfinished('keep'));
    mkdirSync(join(unfinished, 'tenants'), { recursive: true });
    for (const name of ['vault.json', 'tenants/stays']) writeFileSync(join(unfinished, name), name);
    disk.failure = Object.assign(new Error('the disk'), { code: 'EIO' });
    expect(() => { putInPlace(dataDir, unfinished, ['vault.json', 'tenants']); }).toThrow('the disk');
    expect(readdirSync(unfinished).sort()).toEqual(['tenants', 'vault.json']);
    expect(['vault.json', 'tenants'].filter(name => existsSync(join(dataDir, name)))).toEqual([]);
    disk.failure = null;
    putInPlace(dataDir, unfinished, ['vault.json', 'tenants']);
    expect(readFileSync(join(dataDir, 'tenants/stays'), 'utf8')).toBe('tenants/stays');
  });
});
