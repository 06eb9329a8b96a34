/** Chooses between the desktop's window and the page in a browser, and says why. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exitCodeOf } from './build-if-stale.mjs';

/** Electron's own installer asks the network: no longer than this, and after a failure not again for a day unless asked to. */
const fetchMs = 60_000;
const pauseMs = 24 * 3_600_000;

/**
 * @typedef {{ root: string, environment: Record<string, string | undefined>, platform: string, isTerminal: boolean }} Place
 * @typedef {{ host: 'desktop', program: string, because: string } | { host: 'browser' | 'terminal', because: string | null }} Choice
 */

const isOn = value => value !== undefined && value !== '' && value !== '0' && value !== 'false';

/** The same rule as the command line's. @param {Pick<Place, 'environment' | 'platform'>} place */
export function hasDisplay({ environment, platform }) {
  if (isOn(environment.CI)) return false;
  return platform === 'win32' || platform === 'darwin' || Boolean(environment.DISPLAY) || Boolean(environment.WAYLAND_DISPLAY);
}

/** Absolute path of Electron's program, without ever loading the package: that alone would start a download. @param {string} root */
export function electronProgram(root) {
  const folder = path.join(root, 'node_modules', 'electron');
  try {
    const program = path.join(folder, 'dist', readFileSync(path.join(folder, 'path.txt'), 'utf8'));
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

/**
 * Whether Electron may be fetched now: never in continuous integration; in a terminal, or where TENANTSCOPE_FETCH_ELECTRON=1 asks for it.
 * @param {Place} place
 */
export function mayFetch({ root, environment, isTerminal }) {
  const wish = environment.TENANTSCOPE_FETCH_ELECTRON;
  if (isOn(environment.CI) || wish === '0') return false;
  if (isOn(wish)) return true;
  const failedAt = statSync(failureStamp(root), { throwIfNoEntry: false })?.mtimeMs;
  return isTerminal && (failedAt === undefined || Date.now() - failedAt > pauseMs);
}

const failureStamp = root => path.join(root, 'out', 'electron-not-fetched');

async function fetchElectron(root) {
  const installer = path.join(root, 'node_modules', 'electron', 'install.js');
  if (!existsSync(installer)) return null;
  console.error('fetching Electron, once ...');
  const child = spawn(process.execPath, [installer], { stdio: ['ignore', 'ignore', 'ignore'], timeout: fetchMs, killSignal: 'SIGKILL' });
  await exitCodeOf(child).catch(() => 1);
  const program = electronProgram(root);
  if (program === null) {
    mkdirSync(path.dirname(failureStamp(root)), { recursive: true });
    writeFileSync(failureStamp(root), '');
  }
  return program;
}

/**
 * For `start` and `demo`; every other command stays in the terminal.
 * @param {readonly string[]} words
 * @param {Place} place
 * @returns {Promise<Choice>}
 */
export async function chooseHost(words, place) {
  const [command, ...flags] = words;
  const stays = flags.some(flag => ['--help', '-h', '--version', '--json'].includes(flag)) || (command === 'demo' && flags.includes('--no-open'));
  if ((command !== 'start' && command !== 'demo') || stays) return { host: 'terminal', because: null };
  if (!hasDisplay(place)) return command === 'demo' ? { host: 'terminal', because: null } : { host: 'browser', because: 'Serving the page for a browser: there is no display for a window.' };
  const wanted = flags.find(flag => /^--(?:port|no-open)(?:=|$)/.test(flag));
  if (wanted !== undefined) return { host: 'browser', because: `Serving the page for a browser: ${wanted.replace(/=.*/, '')} is a flag of it.` };
  if (!existsSync(path.join(place.root, 'out', 'main', 'desktop.js'))) return { host: 'browser', because: 'Opening in the browser: the desktop window is not part of this build.' };
  return chooseWindow(place);
}

async function chooseWindow(place) {
  const installed = electronProgram(place.root);
  if (installed !== null) return { host: 'desktop', program: installed, because: 'Opening the desktop window: Electron is installed.' };
  if (!mayFetch(place)) return { host: 'browser', because: 'Opening in the browser: Electron is not installed. TENANTSCOPE_FETCH_ELECTRON=1 fetches it for a desktop window.' };
  const fetched = await fetchElectron(place.root);
  if (fetched !== null) return { host: 'desktop', program: fetched, because: 'Opening the desktop window: Electron has been fetched.' };
  return { host: 'browser', because: 'Opening in the browser: Electron is not installed and could not be fetched.' };
}
