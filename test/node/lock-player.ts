/** A process of the writer lock's tests: does what its parent says, one message at a time, and answers what came of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { takeWriterLock } from '../../electron/node/writer-lock';
import type { WriterLock } from '../../electron/node/writer-lock';
import { Failure } from '../../shared/errors';

export type Play =
  | { readonly play: 'take'; readonly root: string }
  | { readonly play: 'release' }
  | { readonly play: 'takeInTurn'; readonly root: string; readonly counter: string; readonly times: number }
  | { readonly play: 'takeOnceAndDie'; readonly root: string; readonly counter: string };

export type Answer = { readonly taken: boolean; readonly code?: string; readonly holder?: string | number | undefined };

const held: { lock: WriterLock | null } = { lock: null };

function take(root: string): Answer {
  try {
    held.lock = takeWriterLock(root);
    return { taken: true };
  } catch (error) {
    if (error instanceof Failure) return { taken: false, code: error.code, holder: error.details['pid'] };
    throw error;
  }
}

/** Adds one to a number in a file by reading and writing it, which loses counts when two do so at once. */
function addOne(file: string): void {
  writeFileSync(file, String(Number(readFileSync(file, 'utf8')) + 1));
}

async function takePatiently(root: string): Promise<void> {
  while (!take(root).taken) await wait(Math.random() * 3);
}

async function perform(message: Play): Promise<Answer> {
  if (message.play === 'take') return take(message.root);
  if (message.play === 'release') {
    held.lock?.release();
    return { taken: false };
  }
  for (let turn = 0; turn < (message.play === 'takeInTurn' ? message.times : 1); turn += 1) {
    await takePatiently(message.root);
    addOne(message.counter);
    if (message.play === 'takeOnceAndDie') process.kill(process.pid, 'SIGKILL');
    held.lock?.release();
    await wait(Math.random() * 3);
  }
  return { taken: false };
}

process.on('message', message => void perform(message as Play).then(answer => process.send?.(answer)));
process.send?.('ready');
