/** Builds the application when the built one is missing or older than its sources. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const commandLineFile = path.join(root, 'out', 'main', 'cli.js');

const sources = ['shared', 'electron', 'renderer', 'package.json', 'package-lock.json', 'electron.vite.config.ts'];
const stamp = path.join(root, 'out', 'build-stamp');
const lock = path.join(root, 'out', 'build-lock');

/** Builds at most once however many processes ask at the same time. @throws Error when the build fails */
export async function buildIfStale() {
  if (!isStale()) return;
  mkdirSync(path.dirname(lock), { recursive: true });
  await takeLock();
  try {
    // Whoever held the lock before may have built meanwhile.
    if (isStale()) await build();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isStale() {
  const built = statSync(stamp, { throwIfNoEntry: false });
  if (built === undefined || !existsSync(commandLineFile)) return true;
  return sources.some(source => newestChange(path.join(root, source)) >= built.mtimeMs);
}

/** Milliseconds; folders count too, because a deleted file shows in nothing else. */
function newestChange(place) {
  const status = statSync(place, { throwIfNoEntry: false });
  if (status === undefined) return 0;
  if (!status.isDirectory()) return status.mtimeMs;
  return readdirSync(place).reduce((newest, name) => Math.max(newest, newestChange(path.join(place, name))), status.mtimeMs);
}

async function build() {
  const bundler = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  if (!existsSync(bundler)) throw new Error('the dependencies are not installed: run npm ci first');
  console.error('building Tenantscope ...');
  const startedAt = new Date();
  // Standard output belongs to the command that is run afterwards.
  const code = await exitCodeOf(spawn(process.execPath, [bundler, 'build', '--logLevel', 'warn', '--ignoreConfigWarning'], { cwd: root, stdio: ['ignore', 2, 2] }));
  if (code !== 0) throw new Error('the build failed');
  writeFileSync(stamp, '');
  utimesSync(stamp, startedAt, startedAt);
}

/** @returns {Promise<number>} 1 for a process that a signal ended */
export function exitCodeOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve(code ?? 1));
  });
}

async function takeLock() {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isHolderGone()) rmSync(lock, { force: true });
      else await pause(100);
    }
  }
}

function isHolderGone() {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    // Between making the file and writing the number into it there is a moment without one.
    if (holder > 0) process.kill(holder, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
