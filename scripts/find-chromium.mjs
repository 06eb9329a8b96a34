/** Finds a Chromium for the browser tests, or installs one where that needs no question: Debian as root, else Playwright's own download. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/**
 * @param {(line: string) => void} say told what is done
 * @returns {Promise<{ path: string } | { problem: string }>}
 */
export async function findChromium(say) {
  const installed = installedChromium();
  if (installed !== null) return { path: installed };
  if (process.platform === 'linux' && process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get')) {
    say('The browser tests need Chromium: installing it with apt-get ...');
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['update', '-qq'], environment);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], environment);
    const found = installedChromium();
    if (found !== null) return { path: found };
  }
  say('The browser tests need Chromium: asking Playwright to fetch its own ...');
  const fetched = await playwrightChromium();
  return fetched === null ? { problem: 'no Chromium was found and none could be installed; set TENANTSCOPE_CHROMIUM to the path of one' } : { path: fetched };
}

function installedChromium() {
  const named = process.env.TENANTSCOPE_CHROMIUM;
  if (named !== undefined && named !== '') return isExecutable(named) ? named : null;
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(folder => folder !== '');
  const candidates = [...names.flatMap(name => folders.map(folder => path.join(folder, name))), ...names.map(name => `/usr/bin/${name}`), ...applications];
  return candidates.find(candidate => isExecutable(candidate) && !isSnapStub(candidate)) ?? null;
}

/** Ubuntu's package is a script that asks for a snap; it starts nothing where there is none. */
function isSnapStub(file) {
  try {
    return readFileSync(file).subarray(0, 4096).includes('snap install');
  } catch {
    return false;
  }
}

async function playwrightChromium() {
  const { chromium } = await import('@playwright/test');
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  run(process.execPath, [path.join('node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium'], process.env);
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What goes wrong shows on screen; whether it worked is seen by looking for the browser again. */
function run(command, words, environment) {
  spawnSync(command, words, { env: environment, stdio: ['ignore', 2, 2], timeout: 300_000 });
}
