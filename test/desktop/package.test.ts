/** What a package would hold and how it is locked down: the builder's configuration by its schema, the archive packed and run from, the fuses. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createPackage, extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const { resolve } = createRequire(import.meta.url);
const json = (file: string): Record<string, unknown> => JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, unknown>;
const builder = json('electron-builder.json');
type Targets = { readonly target: readonly { readonly target: string; readonly arch: readonly string[] }[] };

describe('electron-builder\'s configuration', () => {
  it('is one that electron-builder accepts', () => {
    const builderFolder = dirname(resolve('app-builder-lib/package.json'));
    type Check = { (value: unknown): boolean; readonly errors?: unknown };
    const required = createRequire(join(builderFolder, 'package.json'))('ajv') as { readonly default?: unknown };
    const Ajv = (required.default ?? required) as new (options: object) => { readonly compile: (schema: unknown) => Check };
    const check = new Ajv({ strict: false, allErrors: true, logger: false, validateFormats: false }).compile(JSON.parse(readFileSync(join(builderFolder, 'scheme.json'), 'utf8')));
    expect([check(builder), check.errors]).toEqual([true, null]);
    expect(check({ ...builder, electronFuses: { runAsNode: 'no' } })).toBe(false);
    expect(check({ ...builder, asarr: true })).toBe(false);
  });

  it('makes every package of every system, for both processors', () => {
    const targets = (platform: string): string[] => (builder[platform] as Targets).target.flatMap(({ target, arch }) => arch.map(name => `${target} ${name}`)).sort();
    expect(targets('win')).toEqual(['nsis arm64', 'nsis x64', 'portable arm64', 'portable x64', 'zip arm64', 'zip x64']);
    expect(targets('mac')).toEqual(['dmg universal', 'zip universal']);
    expect(targets('linux')).toEqual(['AppImage arm64', 'AppImage x64', 'deb arm64', 'deb x64', 'rpm arm64', 'rpm x64']);
    expect(builder).toMatchObject({ appId: 'org.tenantscope.app', asar: true, npmRebuild: false, publish: null, mac: { hardenedRuntime: true }, extraMetadata: { main: 'out/main/desktop.js' } });
  });

  it('packs what is built and nothing else', () => {
    expect(builder['files']).toEqual(['out/**/*', 'package.json', '!**/node_modules/**/*', '!**/*.map', '!out/build-stamp', '!out/build-lock']);
    for (const name of ['extraResources', 'extraFiles', 'asarUnpack']) expect(builder).not.toHaveProperty(name);
    for (const name of ['icon', 'entitlements'] as const) expect(existsSync(join(root, String((builder['mac'] as Record<string, unknown>)[name])))).toBe(true);
  });

  it('lets the hardened runtime compile, and nothing more', () => {
    const keys = [...readFileSync(join(root, 'build/entitlements.mac.plist'), 'utf8').matchAll(/<key>([^<]+)<\/key>/g)].map(match => match[1]);
    expect(keys).toEqual(['com.apple.security.cs.allow-jit']);
  });
});

describe('the fuses', () => {
  type Fuses = { readonly fuseConfig: (fuses: unknown) => Record<string, unknown>; readonly afterPack: (context: object) => Promise<void> };
  const load = async (): Promise<Fuses> => (await import(pathToFileURL(join(root, 'scripts/set-fuses.mjs')).href)) as Fuses;
  const wanted: Readonly<Record<keyof typeof FuseV1Options, boolean>> = {
    RunAsNode: false, EnableCookieEncryption: true, EnableNodeOptionsEnvironmentVariable: false, EnableNodeCliInspectArguments: false, EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true, LoadBrowserProcessSpecificV8Snapshot: false, GrantFileProtocolExtraPrivileges: false, WasmTrapHandlers: true,
  };

  it('are all nine set on purpose, and a tenth would fail the build', async () => {
    const config = (await load()).fuseConfig(builder['electronFuses']);
    const names = Object.keys(FuseV1Options).filter(name => Number.isNaN(Number(name))) as (keyof typeof FuseV1Options)[];
    expect(names.sort()).toEqual(Object.keys(wanted).sort());
    for (const name of names) expect([name, config[FuseV1Options[name]]]).toEqual([name, wanted[name]]);
    expect(config).toMatchObject({ strictlyRequireAllFuses: true });
  });

  it.each([['linux', 'tenantscope-desktop'], ['win32', 'Tenantscope.exe']])('are set in the packed binary on %s, once the halves of a universal application are one', async (platform, name) => {
    const { afterPack } = await load();
    const folder = mkdtempSync(join(tmpdir(), 'tenantscope-fuses-'));
    try {
      // As much of Electron's binary as the tool looks for: the sentinel, a version, a length, and one state a fuse.
      const names = Object.keys(wanted) as (keyof typeof FuseV1Options)[];
      writeFileSync(join(folder, name), Buffer.concat([Buffer.from('code dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, names.length]), Buffer.from('010010110'), Buffer.from('code')]));
      const context = { electronPlatformName: platform, packager: { config: builder, executableName: 'tenantscope-desktop', appInfo: { productFilename: 'Tenantscope' } } };
      await afterPack({ ...context, appOutDir: '/dist/mac-universal-x64-temp' });
      await afterPack({ ...context, appOutDir: folder });
      const wire = await getCurrentFuseWire(join(folder, name));
      for (const fuse of names) expect([fuse, wire[FuseV1Options[fuse]]]).toEqual([fuse, (wanted[fuse] ? '1' : '0').charCodeAt(0)]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('the packed application', () => {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tenantscope-package-'));
    mkdirSync(join(folder, 'app'));
    cpSync(join(root, 'out'), join(folder, 'app', 'out'), { recursive: true, filter: from => !/build-(?:stamp|lock)$/.test(from) });
    cpSync(join(root, 'package.json'), join(folder, 'app', 'package.json'));
    await createPackage(join(folder, 'app'), join(folder, 'app.asar'));
    extractAll(join(folder, 'app.asar'), join(folder, 'extracted'));
  });
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

  it('holds the main, the preload, the page and the engine, and no node_modules', () => {
    const names = listPackage(join(folder, 'app.asar'), { isPack: false }).map(name => name.split(sep).join('/'));
    for (const name of ['/package.json', '/out/main/desktop.js', '/out/main/cli.js', '/out/main/licenses.json', '/out/preload/preload.cjs', '/out/renderer/index.html']) expect(names).toContain(name);
    expect(names.some(name => /\/sql-wasm-[^/]+\.wasm$/.test(name))).toBe(true);
    expect(names.filter(name => /node_modules|\.map$|\.ts$/.test(name))).toEqual([]);
  });

  it('imports nothing but Node and Electron', () => {
    const outside = readdirSync(join(folder, 'extracted/out/main'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.js')).flatMap(name =>
      [...readFileSync(join(folder, 'extracted/out/main', name), 'utf8').matchAll(/(?:^|[;}\n])(?:import|export)[^"'`;()]*?from\s*["']([^"']+)["']|(?:^|[;}\n])import\s*["']([^"']+)["']/g)].map(match => match[1] ?? match[2] ?? ''));
    expect([...new Set(outside)].filter(name => !isBuiltin(name) && !/^(?:\.{1,2}\/|electron$)/.test(name))).toEqual([]);
    expect(outside.length).toBeGreaterThan(10);
  });

  it('runs its engine from the extracted archive', async () => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, TENANTSCOPE_DATA_DIR: join(folder, 'data') };
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'extracted/out/main/cli.js'), 'status', '--tenant', 'sample', '--json'], { cwd: folder, env });
    expect(JSON.parse(stdout)).toMatchObject({ tenants: [{ tenant: 'sample', events: expect.any(Number) as number }] });
  });
});
