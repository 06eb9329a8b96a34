/** Runs a command of Tenantscope from the sources' folder, building it first when that is needed. */
import process from 'node:process';
import { clearInterval, setInterval } from 'node:timers';
import { pathToFileURL } from 'node:url';
import { buildIfStale, commandLineFile } from './build-if-stale.mjs';

const desktopNotice = `The desktop window is not part of this version yet. What it will show can be asked for on the command line;
here is the first page of the sample tenant.`;

const words = process.argv.slice(2);
const isStart = words[0] === 'start';

try {
  await buildIfStale();
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exit(1);
}
if (isStart) console.error(desktopNotice);
// npm runs scripts in the project's folder, but file names mean what they mean where the user stands.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
if (process.env.npm_lifecycle_event !== undefined) stopWithParent();
// In this very process, so that signals, standard streams and the exit code need no passing on.
process.argv = [process.argv[0], commandLineFile, ...(isStart ? ['demo', '--no-open', ...words.slice(1)] : words)];
await import(pathToFileURL(commandLineFile).href);

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
