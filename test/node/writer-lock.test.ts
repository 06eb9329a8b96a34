/** The writer lock between real processes: one writer, a killed one succeeded at once, none lost in a race. */
import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { thisProcess } from '../../electron/node/lock-holder';
import { takeWriterLock } from '../../electron/node/writer-lock';
import { Failure } from '../../shared/errors';
import { builtModule } from './built-module';
import type { Answer, Play } from './lock-player';
import { temporaryFolder } from './temporary-folder';

const built = { folder: '', module: '' };

beforeAll(async () => {
  built.folder = mkdtempSync(join(tmpdir(), 'tenantscope-built-'));
  built.module = await builtModule('test/node/lock-player.ts', built.folder);
});
afterAll(() => rmSync(built.folder, { recursive: true, force: true }));

type Player = { readonly pid: number; readonly child: ChildProcess; readonly play: (message: Play) => Promise<Answer> };

async function startPlayer(): Promise<Player> {
  const child = fork(built.module, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  const play = async (message: Play): Promise<Answer> => {
    const answer = once(child, 'message');
    child.send(message);
    return (await answer)[0] as Answer;
  };
  return { child, pid: child.pid!, play };
}

const startPlayers = (count: number): Promise<Player[]> => Promise.all(Array.from({ length: count }, startPlayer));

function failureOf(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it succeeded');
}

const lockFile = (root: string): string => join(root, 'writer.lock');
const nonce = 'ab'.repeat(16);
/** No process has this number: Linux stops at 2^22. */
const deadPid = 4_194_305;
const deadHolder = { pid: deadPid, startedAt: 'x', host: hostname(), nonce };

function writeLock(root: string, content: string | object, ageMs = 0): void {
  writeFileSync(lockFile(root), typeof content === 'string' ? content : JSON.stringify(content));
  const at = new Date(Date.now() - ageMs);
  utimesSync(lockFile(root), at, at);
}

describe('one process', () => {
  it('makes the data folder for its owner alone and names the holder in the lock file', () => {
    const root = join(temporaryFolder(), 'new', 'data');
    const lock = takeWriterLock(root);
    expect(statSync(root).mode & 0o777).toBe(0o700);
    expect(statSync(lockFile(root)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(lockFile(root), 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() });
    expect(readdirSync(root)).toEqual(['writer.lock']);
    lock.release();
  });

  it('takes back the folders it made when nothing was stored in them', () => {
    const outer = temporaryFolder();
    takeWriterLock(join(outer, 'new', 'data')).release();
    expect(readdirSync(outer)).toEqual([]);
  });

  it('leaves folders in which something was stored, and folders it found', () => {
    const outer = temporaryFolder();
    const lock = takeWriterLock(join(outer, 'data'));
    writeFileSync(join(outer, 'data', 'vault.json'), '{}');
    lock.release();
    expect(readdirSync(join(outer, 'data'))).toEqual(['vault.json']);
    mkdirSync(join(outer, 'found'));
    takeWriterLock(join(outer, 'found')).release();
    expect(existsSync(join(outer, 'found'))).toBe(true);
  });

  it('cannot write twice at a time, but again after a release', () => {
    const root = temporaryFolder();
    const lock = takeWriterLock(root);
    expect(failureOf(() => takeWriterLock(root))).toMatchObject({ code: 'archive.locked', details: { pid: process.pid } });
    lock.release();
    lock.release();
    takeWriterLock(root).release();
    expect(readdirSync(root)).toEqual([]);
  });

  it('does not remove a lock that has passed to somebody else', () => {
    const root = temporaryFolder();
    const lock = takeWriterLock(root);
    writeLock(root, deadHolder);
    lock.release();
    expect(existsSync(lockFile(root))).toBe(true);
  });

  it('touches the lock file every ten seconds, and not after the release', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const root = temporaryFolder();
    const lock = takeWriterLock(root);
    utimesSync(lockFile(root), 1, 1);
    vi.advanceTimersByTime(10_000);
    expect(statSync(lockFile(root)).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
    lock.release();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('follows a link to the data folder', () => {
    const outer = temporaryFolder();
    mkdirSync(join(outer, 'there'));
    symlinkSync(join(outer, 'there'), join(outer, 'link'));
    const lock = takeWriterLock(join(outer, 'there'));
    expect(failureOf(() => takeWriterLock(join(outer, 'link'))).code).toBe('archive.locked');
    lock.release();
  });

  it('says that the folder cannot be written when it is a file', () => {
    const root = join(temporaryFolder(), 'file');
    writeFileSync(root, '');
    expect(failureOf(() => takeWriterLock(root))).toMatchObject({ code: 'archive.unwritable', details: { problem: 'EEXIST' } });
  });
});

describe('what is left of a holder', () => {
  it.each([
    ['a process that is gone', deadHolder, 0],
    ['a process whose number another one has now', { ...deadHolder, pid: process.pid }, 0],
    ['a process of another machine, silent for over a minute', { ...deadHolder, host: 'elsewhere.example' }, 61_000],
    ['a lock file that lost its content in a power cut', '', 3_000],
    ['a lock file of garbage', '\0\0\0\0', 3_000],
  ])('gives way: %s', (_, content, ageMs) => {
    const root = temporaryFolder();
    writeLock(root, content, ageMs);
    const lock = takeWriterLock(root);
    expect(JSON.parse(readFileSync(lockFile(root), 'utf8'))).toMatchObject({ pid: process.pid });
    expect(readdirSync(root)).toEqual(['writer.lock']);
    lock.release();
    expect(readdirSync(root)).toEqual([]);
  });

  it('is respected while a process of another machine may live', () => {
    const root = temporaryFolder();
    writeLock(root, { ...deadHolder, host: 'elsewhere.example' }, 50_000);
    expect(failureOf(() => takeWriterLock(root))).toMatchObject({ code: 'archive.locked', details: { pid: deadPid } });
    expect(readdirSync(root)).toEqual(['writer.lock']);
  });

  it('is waited for while garbage is fresh, and then gives way', () => {
    const root = temporaryFolder();
    writeLock(root, '', 1_500);
    takeWriterLock(root).release();
  });

  it('is left to the process that is taking its place already, until that one is done', () => {
    const root = temporaryFolder();
    writeLock(root, deadHolder);
    const claim = `${lockFile(root)}.${nonce}`;
    writeFileSync(claim, JSON.stringify(thisProcess('cd'.repeat(16))));
    spawn('sh', ['-c', 'sleep 0.1; rm "$0"', claim], { stdio: 'ignore' });
    const lock = takeWriterLock(root);
    expect(existsSync(claim)).toBe(false);
    lock.release();
  });

  it('is cleared away when a process was killed in the middle of a take-over', () => {
    const root = temporaryFolder();
    writeLock(root, deadHolder);
    writeFileSync(`${lockFile(root)}.${nonce}`, JSON.stringify({ ...deadHolder, nonce: 'cd'.repeat(16) }));
    writeFileSync(`${lockFile(root)}.${'cd'.repeat(8)}.new`, JSON.stringify({ ...deadHolder, nonce: 'cd'.repeat(16) }));
    writeFileSync(join(root, 'writer.lockable'), 'not ours');
    const lock = takeWriterLock(root);
    expect(readdirSync(root)).toEqual(['writer.lock', 'writer.lockable']);
    lock.release();
  });
});

describe('several processes', () => {
  it('refuse each other, naming the holder, and follow one another', async () => {
    const root = temporaryFolder();
    const [first, second] = await startPlayers(2) as [Player, Player];
    expect(await first.play({ play: 'take', root })).toMatchObject({ taken: true });
    expect(await second.play({ play: 'take', root })).toMatchObject({ taken: false, code: 'archive.locked', holder: first.pid });
    await first.play({ play: 'release' });
    expect(await second.play({ play: 'take', root })).toMatchObject({ taken: true });
  });

  it.skipIf(process.platform !== 'linux')('succeed a killed holder at once, even before its parent has noticed', async () => {
    const root = temporaryFolder();
    const [first, second] = await startPlayers(2) as [Player, Player];
    await first.play({ play: 'take', root });
    first.child.kill('SIGKILL');
    // Nothing was awaited since the kill, so this process cannot have collected the dead child yet.
    const deadline = Date.now() + 5_000;
    while (!/\) [ZX] /.test(readFileSync(`/proc/${first.pid}/stat`, 'utf8')) && Date.now() < deadline) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    takeWriterLock(root).release();
    expect(await second.play({ play: 'take', root })).toMatchObject({ taken: true });
  });

  it('respect a holder that is stopped but not dead', async () => {
    const root = temporaryFolder();
    const [first] = await startPlayers(1) as [Player];
    await first.play({ play: 'take', root });
    first.child.kill('SIGSTOP');
    expect(failureOf(() => takeWriterLock(root))).toMatchObject({ code: 'archive.locked', details: { pid: first.pid } });
  });

  it('race eight abreast for a free, a stale and a garbage lock: each time exactly one wins', async () => {
    const root = temporaryFolder();
    const players = await startPlayers(8);
    for (let round = 0; round < 30; round += 1) {
      if (round % 3 === 1) writeLock(root, { ...deadHolder, nonce: round.toString(16).padStart(32, '0') });
      if (round % 3 === 2) writeLock(root, '', 10_000 + round);
      const answers = await Promise.all(players.map(player => player.play({ play: 'take', root })));
      const winners = answers.filter(answer => answer.taken);
      expect(winners).toHaveLength(1);
      for (const answer of answers) if (!answer.taken) expect(answer.code).toBe('archive.locked');
      expect(readdirSync(root)).toEqual(['writer.lock']);
      await Promise.all(players.map(player => player.play({ play: 'release' })));
      expect(readdirSync(root)).toEqual([]);
    }
  });

  it('never write at once while they take turns', async () => {
    const root = temporaryFolder();
    const counter = join(temporaryFolder(), 'counter');
    writeFileSync(counter, '0');
    const players = await startPlayers(8);
    await Promise.all(players.map(player => player.play({ play: 'takeInTurn', root, counter, times: 25 })));
    expect(readFileSync(counter, 'utf8')).toBe('200');
  });

  it('never write at once when each is killed with the lock in its hands', async () => {
    const root = temporaryFolder();
    const counter = join(temporaryFolder(), 'counter');
    writeFileSync(counter, '0');
    const players = await startPlayers(8);
    const ends = players.map(player => once(player.child, 'exit'));
    for (const player of players) player.child.send({ play: 'takeOnceAndDie', root, counter } satisfies Play);
    await Promise.all(ends);
    expect(readFileSync(counter, 'utf8')).toBe('8');
    takeWriterLock(root).release();
    expect(readdirSync(root)).toEqual([]);
  });
});
