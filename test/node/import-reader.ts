/** Reads standard input in a worker and prints what came; with the argument `stop`, stops the worker while it waits. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { createUserFiles } from '../../electron/node/user-files';

async function readAll(): Promise<object> {
  const { size, chunks } = createUserFiles().openImport('-');
  const hash = createHash('sha256');
  let bytes = 0;
  let largest = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
    largest = Math.max(largest, chunk.length);
  }
  return { size, bytes, largest, sha256: hash.digest('hex') };
}

function watch(worker: Worker): void {
  worker.on('message', (answer: object | 'reading') => {
    if (answer !== 'reading') process.stdout.write(JSON.stringify(answer));
    else if (process.argv[2] === 'stop') void worker.terminate().then(() => process.stdout.write(JSON.stringify({ stopped: true })));
  });
}

if (isMainThread) {
  watch(new Worker(fileURLToPath(import.meta.url)));
} else {
  void readAll().then(answer => parentPort?.postMessage(answer));
  parentPort?.postMessage('reading');
}
