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

type Options = { readonly dataDir: string; readonly now: () => number; readonly fileBytes?: number };

const mostFiles = 5;
const fileBytes = 5 * 1024 * 1024;
const keptMs = 14 * 86_400_000;
const hashDigits = 12;
const keyBytes = 32;

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

/** Another key only means that a tenant has another hash from then on. */
function hashKey(folder: string): Uint8Array {
  const path = join(folder, 'hash-key');
  const stored = quietly(() => readFileSync(path));
  if (stored?.length === keyBytes) return stored;
  const key = randomBytes(keyBytes);
  quietly(() => {
    makePrivateFolder(folder);
    writeFileSync(path, key, { mode: privateFileMode });
  });
  return key;
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

/** The folder is made by the first line. Old lines are removed when the log is opened and once a day. */
export function openActivityLog({ dataDir, now, fileBytes: limit = fileBytes }: Options): ActivityLog {
  const folder = join(dataDir, logsFolder);
  const path = join(folder, fileName(0));
  let key: Uint8Array | null = null;
  let sweptAt = Number.NEGATIVE_INFINITY;
  const tenantHash = (tenant: string): string => {
    key ??= hashKey(folder);
    return createHmac('sha256', key).update(tenant).digest('hex').slice(0, hashDigits);
  };
  const append = (line: string): void => {
    makePrivateFolder(folder);
    if (Math.abs(now() - sweptAt) >= 86_400_000) {
      sweptAt = now();
      forgetOld(folder, sweptAt);
    }
    if (sizeOf(path) + line.length > limit) rotate(folder);
    appendFileSync(path, line, { mode: privateFileMode });
  };
  return {
    tenantHash,
    write: (event, facts = {}) => void quietly(() => { append(logLine(event, facts, formatInstant(now()), tenantHash)); }),
    tail: lines => {
      const text = [1, 0].map(age => quietly(() => readFileSync(join(folder, fileName(age)), 'utf8')) ?? '').join('');
      return text.split('\n').filter(line => line !== '').slice(-lines).map(line => `${line}\n`).join('');
    },
  };
}

/** For hosts that keep no log. */
export const silentLog: ActivityLog = { write: () => undefined, tail: () => '', tenantHash: () => '' };
