/** The built command, as a process; `npm test` builds it first. */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const built = path.resolve('out/main/cli.js');

type Ended = { readonly code: number | null; readonly out: string; readonly talk: string };

/** `reader`: what happens to standard output; one that leaves does so before anything is written. */
function start(file: string, words: readonly string[], reader: 'reads' | 'leaves' = 'reads'): Promise<Ended> {
  const child = spawn(process.execPath, [file, ...words], { env: { PATH: process.env['PATH'] }, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let talk = '';
  if (reader === 'leaves') child.stdout.destroy();
  else child.stdout.on('data', chunk => { out += String(chunk); });
  child.stderr.on('data', chunk => { talk += String(chunk); });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve({ code, out, talk }));
  });
}

/** Copies a module and what it imports before anything else: not what it would load when it is needed. */
function copyWithImports(file: string, copy: string): void {
  mkdirSync(path.dirname(copy), { recursive: true });
  copyFileSync(file, copy);
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*"(\.[^"]+)"/g)) {
    const next = path.resolve(path.dirname(copy), name);
    if (!existsSync(next)) copyWithImports(path.resolve(path.dirname(file), name), next);
  }
}

describe.skipIf(!existsSync(built))('the built command', () => {
  let folder = '';
  let alone = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'tenantscope-cli-'));
    alone = path.join(folder, 'cli.js');
    copyWithImports(built, alone);
    writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('can be started by its name', () => {
    expect(readFileSync(built, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(statSync(built).mode & 0o111).toBe(0o111);
  });

  it('helps, tells its version and refuses nonsense without the engine, which is not even there', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await start(alone, ['--version'])).toEqual({ code: 0, out: `${version}\n`, talk: '' });
    expect(await start(alone, ['view', '--help'])).toMatchObject({ code: 0, talk: '' });
    expect(await start(alone, ['nosuch', '--json'])).toMatchObject({ code: 2, talk: expect.stringContaining('(usage.command-unknown)') as string });
    expect(await start(alone, ['views'])).toMatchObject({ code: 1, out: '', talk: expect.stringContaining('(internal.command-line)') as string });
  });

  it('answers from any folder, with nothing installed beside it', async () => {
    const { code, out, talk } = await start(built, ['views', '--json']);
    expect({ code, talk }).toEqual({ code: 0, talk: '' });
    expect((JSON.parse(out) as { views: { id: string }[] }).views.map(view => view.id)).toContain('audit-timeline');
  });

  it('ends quietly when the reader of its answer has left', async () => {
    expect(await start(built, ['views', '--json'], 'leaves')).toEqual({ code: 0, out: '', talk: '' });
    expect(await start(built, ['--help'], 'leaves')).toEqual({ code: 0, out: '', talk: '' });
  });
});
