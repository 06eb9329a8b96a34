import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { hasDisplay as sameRule } from '../../electron/cli/display';

type Place = { readonly root: string; readonly environment: Readonly<Record<string, string>>; readonly platform: string; readonly isTerminal: boolean };
type ChooseHost = {
  readonly chooseHost: (words: readonly string[], place: Place) => Promise<{ readonly host: string; readonly program?: string; readonly because: string | null }>;
  readonly electronProgram: (root: string) => string | null;
  readonly hasDisplay: (place: Pick<Place, 'environment' | 'platform'>) => boolean;
  readonly mayFetch: (place: Place) => boolean;
};
const { chooseHost, electronProgram, hasDisplay, mayFetch } = (await import(new URL('../../scripts/choose-host.mjs', import.meta.url).href)) as ChooseHost;

const folders: string[] = [];
afterEach(() => { for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true }); });

type Parts = { readonly desktop?: boolean; readonly electron?: boolean; readonly installer?: string; readonly failed?: boolean };

function checkout({ desktop = true, electron = false, installer, failed = false }: Parts): string {
  const root = mkdtempSync(join(tmpdir(), 'tenantscope-checkout-'));
  folders.push(root);
  for (const folder of ['out/main', 'node_modules/electron/dist']) mkdirSync(join(root, folder), { recursive: true });
  if (desktop) writeFileSync(join(root, 'out/main/desktop.js'), '');
  if (electron) {
    writeFileSync(join(root, 'node_modules/electron/path.txt'), 'electron');
    writeFileSync(join(root, 'node_modules/electron/dist/electron'), '');
  }
  if (installer !== undefined) writeFileSync(join(root, 'node_modules/electron/install.js'), installer);
  if (failed) writeFileSync(join(root, 'out/electron-not-fetched'), '');
  return root;
}
const place = (parts: Parts, environment: Record<string, string> = { DISPLAY: ':0' }): Place => ({ root: checkout(parts), environment, platform: 'linux', isTerminal: false });

it.each<[string, readonly string[], Parts, Record<string, string> | undefined, string, RegExp | null]>([
  ['the window where Electron is installed', ['start'], { electron: true }, undefined, 'desktop', /Electron is installed/],
  ['the window for the demo too', ['demo'], { electron: true }, undefined, 'desktop', /Electron is installed/],
  ['the browser where Electron is missing', ['start'], {}, undefined, 'browser', /Electron is not installed/],
  ['the browser where the desktop was not built', ['start'], { desktop: false, electron: true }, undefined, 'browser', /not part of this build/],
  ['the browser where a flag of it is given', ['start', '--port=8000'], { electron: true }, undefined, 'browser', /--port is a flag/],
  ['only the address without a display', ['start'], { electron: true }, {}, 'browser', /no display/],
  ['the terminal for the demo without a display', ['demo'], { electron: true }, {}, 'terminal', null],
  ['the terminal for the demo in continuous integration', ['demo'], { electron: true }, { DISPLAY: ':0', CI: 'true' }, 'terminal', null],
  ['the terminal for the demo with --no-open', ['demo', '--no-open'], { electron: true }, undefined, 'terminal', null],
  ['the terminal for help', ['start', '--help'], { electron: true }, undefined, 'terminal', null],
  ['the terminal for other commands', ['status'], { electron: true }, undefined, 'terminal', null],
  ['the terminal for no command', [], { electron: true }, undefined, 'terminal', null],
])('chooses %s', async (_name, words, parts, environment, host, because) => {
  const choice = await chooseHost(words, place(parts, environment));
  expect(choice.host).toBe(host);
  if (because === null) expect(choice.because).toBeNull();
  else expect(choice.because).toMatch(because);
});

it('fetches Electron where it is asked to, and takes what came', async () => {
  const parts = { installer: "const { writeFileSync } = require('node:fs'); writeFileSync(__dirname + '/path.txt', 'electron'); writeFileSync(__dirname + '/dist/electron', '');" };
  const asked = place(parts, { DISPLAY: ':0', TENANTSCOPE_FETCH_ELECTRON: '1' });
  expect(await chooseHost(['start'], asked)).toEqual({ host: 'desktop', program: electronProgram(asked.root), because: expect.stringContaining('has been fetched') as string });
});

it('opens the browser when Electron cannot be fetched, and does not ask the network again the same day', async () => {
  const asked = { ...place({ installer: 'process.exit(1);' }), isTerminal: true };
  expect(await chooseHost(['start'], asked)).toMatchObject({ host: 'browser', because: expect.stringContaining('could not be fetched') as string });
  expect(mayFetch(asked)).toBe(false);
  expect(mayFetch({ ...asked, environment: { DISPLAY: ':0', TENANTSCOPE_FETCH_ELECTRON: '1' } })).toBe(true);
});

it('never fetches in continuous integration, without a terminal, or where it is forbidden', () => {
  const asked = place({});
  expect(mayFetch({ ...asked, isTerminal: true })).toBe(true);
  expect(mayFetch(asked)).toBe(false);
  expect(mayFetch({ ...asked, isTerminal: true, environment: { CI: 'true', TENANTSCOPE_FETCH_ELECTRON: '1' } })).toBe(false);
  expect(mayFetch({ ...asked, isTerminal: true, environment: { TENANTSCOPE_FETCH_ELECTRON: '0' } })).toBe(false);
});

it('knows a display as the command line does', () => {
  for (const platform of ['linux', 'darwin', 'win32']) {
    for (const environment of [{}, { DISPLAY: ':0' }, { WAYLAND_DISPLAY: 'w' }, { CI: 'true', DISPLAY: ':0' }, { CI: '0', DISPLAY: ':0' }, { DISPLAY: '' }]) {
      expect(hasDisplay({ platform, environment })).toBe(sameRule({ platform, environment }));
    }
  }
});
