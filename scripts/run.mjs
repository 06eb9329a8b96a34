/** Runs Tenantscope from the sources' folder, building it first when that is needed: the desktop or the page in a browser, or a command. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { clearInterval, setInterval } from 'node:timers';
import { isatty } from 'node:tty';
import { pathToFileURL } from 'node:url';
import { buildIfStale, commandLineFile, exitCodeOf, root } from './build-if-stale.mjs';
import { chooseHost } from './choose-host.mjs';

/** A window that ends with an error this soon never opened. */
const openedAfterMs = 10_000;

const words = process.argv.slice(2);
const [command, ...rest] = words;

try {
  await buildIfStale();
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exit(1);
}
const choice = await chooseHost(words, { root, environment: process.env, platform: process.platform, isTerminal: isatty(0) && isatty(2) });
if (choice.because !== null) console.error(choice.because);
// npm runs scripts in the project's folder, but file names mean what they mean where the user stands.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
if (process.env.npm_lifecycle_event !== undefined) stopWithParent();
if (choice.host === 'desktop') await runDesktop(choice.program);
else await runCommandLine();

/** In this very process, so that signals, standard streams and the exit code need no passing on. */
async function runCommandLine() {
  process.argv = [process.argv[0], commandLineFile, ...words];
  await import(pathToFileURL(commandLineFile).href);
}

async function runDesktop(program) {
  const startedAt = performance.now();
  const flags = command === 'demo' ? ['--tenant', 'sample', ...rest] : rest;
  // Editors built on Electron set a variable in their terminals that turns every Electron into a plain Node.
  const env = { ...process.env };
  delete env.ELECTRON_RUN_AS_NODE;
  const child = spawn(program, [path.join(root, 'out', 'main', 'desktop.js'), ...flags], { stdio: 'inherit', env });
  const passOn = signal => child.kill(signal);
  process.on('SIGINT', passOn);
  process.on('SIGTERM', passOn);
  const code = await exitCodeOf(child).catch(() => 1);
  process.off('SIGINT', passOn);
  process.off('SIGTERM', passOn);
  if (code === 0 || performance.now() - startedAt > openedAfterMs) {
    process.exitCode = code;
    return;
  }
  console.error('Opening in the browser: the desktop window did not start.');
  await runCommandLine();
}

/** Asked to terminate, npm ends the shell between itself and us, and nobody passes it on: a writer would work on unseen. */
function stopWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}
