/** Key files are the old ones or the new ones, never something between. */
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createVaultFiles } from '../../electron/node/vault-files';
import { temporaryFolder } from './temporary-folder';

const failure = (code: string, details: object = {}) => expect.objectContaining({ code, details: expect.objectContaining(details) as unknown });
const text = (content: string): Uint8Array => new TextEncoder().encode(content);

function setUp() {
  const root = join(temporaryFolder(), 'data');
  const files = createVaultFiles(root);
  return { root, files };
}

it('reads nothing and makes nothing where there is no data folder', () => {
  const { root, files } = setUp();
  expect(files.list('')).toEqual([]);
  expect(files.list('tenants')).toEqual([]);
  expect(files.read('vault.json')).toBeNull();
  expect(() => readdirSync(root)).toThrow('ENOENT');
});

it('replaces a file, for its owner alone, and leaves nothing else behind', () => {
  const { root, files } = setUp();
  files.makeFolder('tenants/t-acme');
  for (const content of ['one', 'two']) files.writeAtomically('tenants/t-acme/tenant.json', text(content));
  expect(files.read('tenants/t-acme/tenant.json')).toEqual(text('two'));
  expect(statSync(join(root, 'tenants/t-acme/tenant.json')).mode & 0o777).toBe(0o600);
  expect(files.list('tenants/t-acme')).toEqual(['tenant.json']);
});

it('replaces what a killed write left behind, without following a link there', () => {
  const { root, files } = setUp();
  files.makeFolder('');
  writeFileSync(join(root, 'elsewhere'), 'untouched');
  symlinkSync(join(root, 'elsewhere'), join(root, 'vault.json.tmp'));
  files.writeAtomically('vault.json', text('new'));
  expect(readFileSync(join(root, 'elsewhere'), 'utf8')).toBe('untouched');
  expect(statSync(join(root, 'vault.json')).isFile()).toBe(true);
  expect(files.list('')).toEqual(['elsewhere', 'vault.json']);
});

it('keeps the old file when the new one cannot take its place', () => {
  const { root, files } = setUp();
  mkdirSync(join(root, 'vault.json'), { recursive: true });
  expect(() => files.writeAtomically('vault.json', text('new'))).toThrow(failure('archive.unwritable', { problem: 'EISDIR' }));
  expect(() => files.writeAtomically('missing/vault.json', text('new'))).toThrow(failure('archive.unwritable', { problem: 'ENOENT' }));
  expect(files.list('')).toEqual(['vault.json']);
  expect(() => files.read('vault.json')).toThrow(failure('archive.unreadable', { file: 'vault.json', problem: 'EISDIR' }));
});

it('stays inside the data folder', () => {
  const { files } = setUp();
  expect(() => files.read('../x')).toThrow(failure('archive.unreadable'));
  expect(() => files.writeAtomically('../x', text(''))).toThrow(failure('archive.unreadable'));
});
