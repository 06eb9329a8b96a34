import { beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../shared/errors';
import type { Vault } from '../../electron/vault';
import { openVault } from '../../electron/vault';
import type { DiskContent } from '../builders/crash-state';
import { crashKinds } from '../builders/crash-state';
import { contentDigestOfEvents, faultEvents, isFull, smallPages } from '../builders/fault-world';
import { recordedVaultFiles } from '../builders/recorded-vault-files';
import type { RecordingFiles } from '../builders/recording-files';
import { recordingFiles } from '../builders/recording-files';
import { seededRandom } from '../builders/seeded-random';
import type { TestEngine } from '../builders/test-engine';
import { openSql, testEngine } from '../builders/test-engine';
import { toJsonLines } from '../builders/log-event';
import { acme, quickCrypto, withoutKeychain } from '../vault/memory-vault';

const seed = 83;
const { tenant } = acme;
const other = 'other.eu.auth0.com';
const events = faultEvents(60);
const digest = contentDigestOfEvents(events);
const anew = faultEvents(5, 9_000);
const sharedSql = openSql();

async function* inOnePiece(text: string): AsyncGenerator<Uint8Array> {
  yield Promise.resolve(new TextEncoder().encode(text));
}

type Folder = { readonly recording: RecordingFiles; readonly vault: Vault; readonly engine: TestEngine };

function folderOn(recording: RecordingFiles): Folder {
  const vault = openVault({ files: recordedVaultFiles(recording), crypto: quickCrypto, passphrase: () => Promise.resolve('correct horse'), keychain: withoutKeychain });
  const keys = { dataKey: vault.dataKey, createDataKey: vault.createDataKey, tenants: () => Promise.resolve(vault.tenants().map(found => found.tenant)) };
  const userFiles = {
    openImport: (name: string) => ({ size: null, chunks: inOnePiece(toJsonLines(name === 'events' ? events : anew)) }),
    createExport: () => { throw new Error('nothing is exported here'); },
  };
  const forgetTenant = (name: string): Promise<void> => new Promise(resolve => { resolve(vault.forgetTenant(name)); });
  const engine = testEngine({ root: 'never made', auth0: smallPages(events, 10), ports: { archiveFiles: recording.files, keys, userFiles, forgetTenant, openSql: () => sharedSql } });
  return { recording, vault, engine };
}

let whole: DiskContent;
/** What the tenant's key is sealed in. */
let keyFile: Buffer;
beforeAll(async () => {
  const { recording, vault, engine } = folderOn(recordingFiles());
  await vault.saveConnection(acme);
  await vault.createDataKey(other);
  await engine.call('tenant.sync', { tenant });
  await engine.call('archive.import', { tenant: other, files: ['events'] });
  await engine.close();
  whole = recording.content();
  keyFile = Buffer.from(whole.get(`tenants/t-${tenant}/tenant.json`)!);
});

const codeOf = (error: unknown): string => (error instanceof Failure ? error.code : String(error));
const holdsKey = (disk: DiskContent): boolean => [...disk.values()].some(bytes => Buffer.from(bytes).includes(keyFile.subarray(keyFile.length >> 1)));
const left = (disk: DiskContent): readonly string[] => [...disk.keys()].filter(path => path.includes(tenant) || path.includes('forgotten-'));
const contentDigestIn = async ({ engine }: Folder, name: string): Promise<string | undefined> => (await engine.call('archive.status', { tenant: name })).tenants[0]?.contentDigest;

/** `unknown`: asked once more, it was told that there is no such tenant; then only noise may be left, until the next writer. */
type Said = 'nothing' | 'done' | 'unknown';

/** What is wrong with what a fault left; null when nothing is. `finishForgetting` is what every writer begins with. */
async function wrongOn(disk: DiskContent, said: Said): Promise<string | null> {
  if ((said !== 'nothing' && holdsKey(disk)) || (said === 'done' && left(disk).length > 0)) return `it was said to be forgotten, and there is still ${left(disk).join(', ')}`;
  const folder = folderOn(recordingFiles(disk));
  try {
    folder.vault.finishForgetting();
    const isThere = folder.vault.tenants().some(found => found.tenant === tenant);
    if (said !== 'nothing' && isThere) return 'it is back';
    if (isThere && await contentDigestIn(folder, tenant) !== digest) return 'it is there, and not whole';
    if (isThere) await folder.engine.call('tenant.forget', { tenant });
    const content = folder.recording.content();
    if (holdsKey(content) || left(content).length > 0) return `at last, there is still ${left(content).join(', ')}`;
    if (await contentDigestIn(folder, other) !== digest) return 'another tenant is not whole';
    await folder.engine.call('archive.import', { tenant, files: ['anew'] });
    return await contentDigestIn(folder, tenant) === contentDigestOfEvents(anew) ? null : 'made anew, it does not hold just what is new';
  } catch (error) {
    return `it ends with ${codeOf(error)}`;
  } finally {
    await folder.engine.close();
  }
}

describe('while a tenant is forgotten,', () => {
  it('a crash behind any operation leaves it whole or gone, and never takes back what was said', async () => {
    const { recording, engine } = folderOn(recordingFiles(whole));
    await engine.call('tenant.forget', { tenant });
    await engine.close();
    expect(recording.ops.map(op => op.kind)).toEqual(expect.arrayContaining(['rename-folder', 'sync-folder', 'write', 'sync', 'remove', 'remove-folder']));
    const wrong: string[] = [];
    for (let count = 0; count <= recording.ops.length; count += 1) {
      for (const kind of crashKinds.filter((_, nth) => isFull || nth % 2 === count % 2)) {
        const problem = await wrongOn(recording.crash(count, kind, seededRandom(seed + count)), count === recording.ops.length ? 'done' : 'nothing');
        if (problem !== null) wrong.push(`seed ${String(seed)}, ${kind} behind operation ${String(count)} of ${String(recording.ops.length)}: ${problem}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 600_000);

  it.each(['fails', 'kills'] as const)('an operation that %s leaves it whole or gone, and doing it again ends it for good', async how => {
    const wrong: string[] = [];
    for (let number = 1; ; number += 1) {
      const problem = await struck(number, how);
      if (problem === 'not met') break;
      if (problem !== null) wrong.push(`seed ${String(seed)}, operation ${String(number)} ${how}: ${problem}`);
    }
    expect(wrong).toEqual([]);
  }, 600_000);
});

async function struck(number: number, how: 'fails' | 'kills'): Promise<string | null> {
  const folder = folderOn(recordingFiles(whole));
  const { recording } = folder;
  // A reader has the archive open.
  await contentDigestIn(folder, tenant);
  let count = 0;
  recording.strike = op => {
    count += 1;
    const isStruck = how === 'fails' ? count === number : count >= number;
    return isStruck ? { failure: new Failure('archive.unwritable', { problem: 'EIO' }), written: op.kind === 'write' ? op.bytes.length >> 1 : 0, isDeath: how === 'kills' } : null;
  };
  const told = await folder.engine.call('tenant.forget', { tenant }).then(() => 'ok', codeOf);
  recording.strike = null;
  if (count < number) return 'not met';
  const next = how === 'fails' ? folder : folderOn(recording);
  next.vault.finishForgetting();
  const again = await next.engine.call('tenant.forget', { tenant }).then(() => 'ok', codeOf);
  if (told === 'ok' || (again !== 'ok' && again !== 'tenant.unknown')) return `it ends with ${told}, and again with ${again}`;
  const said = again === 'ok' ? 'done' : 'unknown';
  const problem = await wrongOn(recording.content(), said) ?? await wrongOn(recording.crash(recording.ops.length, 'power-lost', seededRandom(seed)), said);
  await next.engine.close();
  return problem === null ? null : `told ${told}, then ${again}: ${problem}`;
}
