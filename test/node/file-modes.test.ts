import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closeFolderToOthers, makePrivateFolder } from '../../electron/node/file-modes';
import { temporaryFolder } from './temporary-folder';

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const tenant = 'tenants/t-acme.eu.auth0.com';

/** A data folder that was copied with the modes of a careless tool, and in which somebody keeps other things too. */
function copied(): string {
  const dataDir = join(temporaryFolder(), 'data');
  for (const folder of ['', 'logs', tenant, `${tenant}/journal`, 'tenants/forgotten-1', 'mine']) mkdirSync(join(dataDir, folder), { recursive: true });
  for (const file of ['vault.json', 'settings.json', 'settings.json.corrupt-1', 'syncs.json', 'logs/hash-key', 'logs/tenantscope.log', 'logs/other.log', `${tenant}/tenant.json`, `${tenant}/journal/0001`, 'mine/notes', 'notes']) writeFileSync(join(dataDir, file), 'x');
  for (const path of ['', tenant, `${tenant}/journal`, 'tenants/forgotten-1', 'mine', 'logs']) chmodSync(join(dataDir, path), 0o755);
  for (const path of ['vault.json', 'settings.json', 'settings.json.corrupt-1', 'syncs.json', 'logs/hash-key', 'logs/tenantscope.log', 'logs/other.log', `${tenant}/tenant.json`, `${tenant}/journal/0001`, 'mine/notes', 'notes']) chmodSync(join(dataDir, path), 0o644);
  return dataDir;
}

describe.skipIf(process.platform === 'win32')('a data folder that others could read', () => {
  it('is closed to them, folders 0700 and files 0600, and what Tenantscope did not make is left as it is', () => {
    const dataDir = copied();
    expect(closeFolderToOthers(dataDir)).toEqual({ repaired: 12, open: 0 });
    for (const folder of ['', tenant, `${tenant}/journal`, 'tenants/forgotten-1']) expect(modeOf(join(dataDir, folder)), folder).toBe('700');
    for (const file of ['vault.json', 'settings.json', 'settings.json.corrupt-1', 'syncs.json', 'logs/hash-key', 'logs/tenantscope.log', `${tenant}/tenant.json`, `${tenant}/journal/0001`]) expect(modeOf(join(dataDir, file)), file).toBe('600');
    for (const other of ['notes', 'mine/notes', 'logs/other.log']) expect(modeOf(join(dataDir, other)), other).toBe('644');
    expect(modeOf(join(dataDir, 'mine'))).toBe('755');
    expect(closeFolderToOthers(dataDir)).toEqual({ repaired: 0, open: 0 });
  });

  it('is told of as open where the system refuses, or keeps its own modes', () => {
    const refuse = (): never => { throw Object.assign(new Error('no'), { code: 'EPERM' }); };
    for (const changeMode of [refuse, () => undefined]) expect(closeFolderToOthers(copied(), changeMode)).toEqual({ repaired: 0, open: 12 });
  });

  it('is not followed out of itself by a link', () => {
    const dataDir = copied();
    const outside = join(temporaryFolder(), 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'file'), 'x');
    for (const [path, mode] of [[outside, 0o755], [join(outside, 'file'), 0o644]] as const) chmodSync(path, mode);
    symlinkSync(outside, join(dataDir, tenant, 'link'));
    symlinkSync(outside, join(dataDir, 'tenants', 't-linked'));
    symlinkSync(join(outside, 'file'), join(dataDir, 'logs', 'tenantscope.1.log'));
    closeFolderToOthers(dataDir);
    expect([modeOf(outside), modeOf(join(outside, 'file'))]).toEqual(['755', '644']);
  });
});

describe('a folder that is no data folder', () => {
  it('keeps its modes, and one that is not there is not made', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    expect(closeFolderToOthers(folder)).toEqual({ repaired: 0, open: 0 });
    expect(closeFolderToOthers(join(folder, 'none'))).toEqual({ repaired: 0, open: 0 });
    if (process.platform !== 'win32') expect(modeOf(folder)).toBe('755');
    expect(makePrivateFolder(join(folder, 'new'))).toBe(join(folder, 'new'));
  });
});
