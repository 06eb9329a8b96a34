import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { operations } from '../../shared/contract';
import { bundledLicenses } from '../../scripts/bundled-licenses.mjs';

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { readonly dependencies: Readonly<Record<string, string>> };

it('every package the application is built from is listed with its version, its licence and the text of it', () => {
  const licenses = bundledLicenses();
  for (const [name, version] of Object.entries(manifest.dependencies)) expect(licenses).toContainEqual(expect.objectContaining({ name, version }));
  for (const { name, license, text } of licenses) {
    expect(license, name).toMatch(/^(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|CC0-1\.0)$/);
    expect(text.length, name).toBeGreaterThan(200);
  }
  expect(operations['app.licenses'].output.safeParse({ licenses }).success).toBe(true);
});

it('nothing that is used only to build or to test is listed', () => {
  const licenses = bundledLicenses();
  const names = licenses.map(({ name }) => name);
  for (const name of ['vite', 'vitest', 'typescript', 'eslint', 'electron-builder']) expect(names).not.toContain(name);
  expect(names.filter(name => name.startsWith('@types/'))).toEqual([]);
  expect(new Set(licenses.map(({ name, version }) => `${name} ${version}`)).size).toBe(licenses.length);
});
