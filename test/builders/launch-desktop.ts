/** Runs the built desktop over a fake Electron: the built main, the built preload in a room of its own, a pipe that clones both ways. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import type { Push, Reply } from '../../shared/contract';
import { createFakeElectron } from './fake-electron';
import type { FakeElectron, FakeWindow } from './fake-electron';

export const builtFolder = join(import.meta.dirname, '../../out');
const globalName = 'tenantscopeFakeElectron';

/** `window.tenantscope`, as a page has it. */
export type PageBridge = {
  readonly call: (message: unknown) => Promise<Reply>;
  readonly onPush: (listener: (push: Push) => void) => () => void;
  readonly pathForFile: (file: unknown) => string;
};

export type Desktop = {
  readonly electron: FakeElectron;
  readonly folder: string;
  readonly dataDir: string;
  /** The built preload of a window, run as Electron would, with what it exposed. */
  readonly page: (window: FakeWindow, sender?: Partial<SenderFrame>) => PageBridge;
  readonly quit: () => Promise<void>;
};

export type SenderFrame = { readonly origin: string; readonly url: string; readonly parent: unknown };

/** Resolves once `test` is true; the caller's own time limit ends it otherwise. */
export async function until(test: () => boolean): Promise<void> {
  while (!test()) await new Promise(resolve => setTimeout(resolve, 5));
}

/** A package of the name `electron` beside a copy of the built application, so that both the bundle and its imports are as shipped. */
function installBeside(folder: string, electron: FakeElectron): string {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'electron'), { recursive: true });
  writeFileSync(join(modules, 'electron', 'package.json'), '{"name":"electron","type":"module","main":"index.js"}');
  const names = Object.keys(electron.module).join(', ');
  writeFileSync(join(modules, 'electron', 'index.js'), `export const { ${names} } = globalThis.${globalName};`);
  cpSync(builtFolder, join(modules, 'tenantscope', 'out'), { recursive: true });
  writeFileSync(join(modules, 'tenantscope', 'package.json'), '{"type":"module"}');
  return join(modules, 'tenantscope', 'out', 'main', 'desktop.js');
}

export async function launchDesktop(options: Omit<Parameters<typeof createFakeElectron>[0], 'downloads'> & { readonly words?: readonly string[]; readonly dataDir?: string } = {}): Promise<Desktop> {
  if (!existsSync(join(builtFolder, 'main', 'desktop.js'))) throw new Error('the desktop is not built: run npm test, or npm run build first');
  const folder = mkdtempSync(join(tmpdir(), 'tenantscope-desktop-'));
  const dataDir = options.dataDir ?? join(folder, 'data');
  const electron = createFakeElectron({ ...options, downloads: folder });
  const main = installBeside(folder, electron);
  const [program = 'node'] = process.argv;
  const words = process.argv;
  // Nothing of a test may reach the autostart folder of whoever runs it.
  process.env['XDG_CONFIG_HOME'] = join(folder, 'config');
  process.argv = [program, main, '--data-dir', dataDir, ...(options.words ?? [])];
  (globalThis as Record<string, unknown>)[globalName] = electron.module;
  try {
    await import(/* @vite-ignore */ pathToFileURL(main).href);
  } finally {
    process.argv = words;
  }
  return {
    electron, folder, dataDir,
    page: (window, sender = {}) => runPreload(electron, window, sender),
    quit: async () => {
      const ended = new Promise(resolve => electron.app.once('quit', resolve));
      electron.app.quit();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The preload sees `require` for `electron` alone, and no other global of Node. */
function runPreload(electron: FakeElectron, window: FakeWindow, sender: Partial<SenderFrame>): PageBridge {
  const exposed: Record<string, unknown> = {};
  const frame = { origin: 'app://main', url: 'app://main/', parent: null, ...sender };
  const ipcRenderer = {
    invoke: async (channel: string, ...values: unknown[]) => {
      const handler = electron.ipc.get(channel);
      if (handler === undefined) throw new Error(`nobody answers ${channel}`);
      const event = { sender: window.webContents, senderFrame: frame, frameId: 1, processId: 1, type: 'frame' } as never;
      return structuredClone(await handler(event, ...structuredClone(values)));
    },
    on: (channel: string, listener: (event: unknown, ...values: unknown[]) => void) => {
      window.webContents.receivers.push((sent, ...values) => { if (sent === channel) listener({ sender: ipcRenderer }, ...values); });
    },
  };
  const modules: Readonly<Record<string, unknown>> = {
    electron: { ipcRenderer, contextBridge: { exposeInMainWorld: (name: string, api: unknown) => { exposed[name] = api; } }, webUtils: { getPathForFile: (file: { path: string }) => file.path } },
  };
  const require = (name: string): unknown => {
    if (!Object.hasOwn(modules, name)) throw new Error(`the sandbox has no module ${name}`);
    return modules[name];
  };
  const file = String(window.options.webPreferences?.preload);
  runInContext(readFileSync(file, 'utf8'), createContext({ require, exports: {}, module: { exports: {} } }), { filename: file });
  if (Object.keys(exposed).join() !== 'tenantscope') throw new Error(`exposed: ${Object.keys(exposed).join()}`);
  return exposed['tenantscope'] as PageBridge;
}
