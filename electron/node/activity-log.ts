/** The activity log of a data folder: JSON lines without anybody's data, in few, small, short-lived files. */
import { createHmac, randomBytes } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { logsFolder } from '../../shared/domain/data-folder';
import { formatInstant } from '../../shared/domain/time';
import { makePrivateFolder, privateFileMode } from './file-modes';
import { logLine } from './log-line';
import type { LogWriter } from './log-line';

export type ActivityLog = {
  /** Never throws: what cannot be logged is not. */
  readonly write: LogWriter;
  /** The last lines, oldest first. */
  readonly tail: (lines: number) => string;
  /** Twelve hexadecimal digits that stand for a tenant in this folder's log, and mean nothing elsewhere. */
  readonly tenantHash: (tenant: string) => string;
};

type Options = {
  readonly dataDir: string;
  readonly now: () => number;
  readonly fileBytes?: number;
  /** While it says no, lines stay in memory, and are written behind it. Default: always. */
  readonly mayWrite?: () => boolean;
};

const mostFiles = 5;
const fileBytes = 5 * 1024 * 1024;
const keptMs = 14 * 86_400_000;
const hashDigits = 12;
const keyBytes = 32;
const mostHeldLines = 2_000;

/** The newest is `tenantscope.log`, the oldest `tenantscope.4.log`. */
const fileName = (age: number): string => (age === 0 ? 'tenantscope.log' : `tenantscope.${String(age)}.log`);

/** Null where there is none, or none that can be read. */
function quietly<Value>(work: () => Value): Value | null {
  try {
    return work();
  } catch {
    return null;
  }
}

const sizeOf = (path: string): number => quietly(() => statSync(path).size) ?? 0;

const keyPath = (folder: string): string => join(folder, 'hash-key');

/** Another key only means that a tenant has another hash from then on. */
function storedKey(folder: string): Uint8Array | null {
  const stored = quietly(() => readFileSync(keyPath(folder)));
  return stored?.length === keyBytes ? stored : null;
}

function storeKey(folder: string, key: Uint8Array): void {
  quietly(() => {
    makePrivateFolder(folder);
    writeFileSync(keyPath(folder), key, { mode: privateFileMode });
  });
}

/** The key of a log's hashes, stored when it may be. */
function keyOf(folder: string, mayWrite: () => boolean): () => Uint8Array {
  let key: Uint8Array | null = null;
  let isStored = false;
  return () => {
    key ??= storedKey(folder) ?? randomBytes(keyBytes);
    if (!isStored && mayWrite()) {
      if (storedKey(folder) === null) storeKey(folder, key);
      isStored = true;
    }
    return key;
  };
}

function rotate(folder: string): void {
  rmSync(join(folder, fileName(mostFiles - 1)), { force: true });
  for (let age = mostFiles - 2; age >= 0; age -= 1) quietly(() => { renameSync(join(folder, fileName(age)), join(folder, fileName(age + 1))); });
}

/** Removes old files, and old lines of the one that is still written to. */
function forgetOld(folder: string, now: number): void {
  const oldest = now - keptMs;
  for (const name of (quietly(() => readdirSync(folder)) ?? []).filter(found => /^tenantscope(\.\d+)?\.log$/.test(found))) {
    if ((quietly(() => statSync(join(folder, name)).mtimeMs) ?? now) < oldest) rmSync(join(folder, name), { force: true });
  }
  const path = join(folder, fileName(0));
  const lines = quietly(() => readFileSync(path, 'utf8'))?.split('\n').filter(line => line !== '') ?? [];
  const kept = lines.filter(line => (/^\{"at":"([^"]+)"/.exec(line)?.[1] ?? '') >= formatInstant(oldest));
  if (kept.length < lines.length) quietly(() => { writeFileSync(path, kept.map(line => `${line}\n`).join(''), { mode: privateFileMode }); });
}

/** Appends lines to the newest file. Old lines are removed by the first of them and once a day. */
function appender(folder: string, { now, fileBytes: limit = fileBytes }: Options): (line: string) => void {
  const path = join(folder, fileName(0));
  let sweptAt = Number.NEGATIVE_INFINITY;
  return line => {
    makePrivateFolder(folder);
    if (Math.abs(now() - sweptAt) >= 86_400_000) {
      sweptAt = now();
      forgetOld(folder, sweptAt);
    }
    if (sizeOf(path) + line.length > limit) rotate(folder);
    appendFileSync(path, line, { mode: privateFileMode });
  };
}

/** The folder is made by the first line. */
export function openActivityLog(options: Options): ActivityLog {
  const { dataDir, now, mayWrite = () => true } = options;
  const folder = join(dataDir, logsFolder);
  const key = keyOf(folder, mayWrite);
  const append = appender(folder, options);
  const held: string[] = [];
  const tenantHash = (tenant: string): string => createHmac('sha256', key()).update(tenant).digest('hex').slice(0, hashDigits);
  const take = (line: string): void => {
    held.push(line);
    if (mayWrite()) for (const waiting of held.splice(0)) append(waiting);
    else held.splice(0, held.length - mostHeldLines);
  };
  return {
    tenantHash,
    write: (event, facts = {}) => void quietly(() => { take(logLine(event, facts, formatInstant(now()), tenantHash)); }),
    tail: lines => {
      const text = [1, 0].map(age => quietly(() => readFileSync(join(folder, fileName(age)), 'utf8')) ?? '').join('');
      return [...text.split('\n').filter(line => line !== '').map(line => `${line}\n`), ...held].slice(-lines).join('');
    },
  };
}

/** For hosts that keep no log. */
export const silentLog: ActivityLog = { write: () => undefined, tail: () => '', tenantHash: () => '' };
