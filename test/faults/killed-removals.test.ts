import { cpSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerifyReceipt } from '../../shared/contract';
import type { CommandLine } from '../builders/command-line';
import { commandLine } from '../builders/command-line';
import { isFull } from '../builders/fault-world';
import type { RawEvent } from '../builders/log-event';
import { logEvents, toJsonLines } from '../builders/log-event';
import { seededRandom } from '../builders/seeded-random';
import { contentDigestOf } from '../auth0-simulator/digest';

/** Loaded before the program, in each of its threads: kills the process just before the nth change of a file. */
const killer = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { KILL_LOG: log, KILL_AT: at } = process.env;
const { appendFileSync, statSync } = fs;
for (const name of ['writeSync', 'fsyncSync', 'fdatasyncSync', 'ftruncateSync', 'renameSync', 'rmSync', 'unlinkSync', 'rmdirSync']) {
  const real = fs[name];
  fs[name] = (...words) => {
    if (words[0] === 1 || words[0] === 2) return real(...words);
    appendFileSync(log, '.');
    if (statSync(log).size === Number(at)) process.kill(process.pid, 'SIGKILL');
    return real(...words);
  };
}
syncBuiltinESMExports();
`;

const seed = 19;
const tenant = 'acme';
const user = 'auth0|3';
const events = logEvents(140);
const digestOf = (some: readonly RawEvent[]): string => contentDigestOf(some.map(event => ({ logId: event.log_id, bytes: () => new TextEncoder().encode(JSON.stringify(event)) })));
const [whole, without] = [digestOf(events), digestOf(events.filter(event => event['user_id'] !== user))];

let line: CommandLine;
beforeAll(async () => {
  line = commandLine();
  await line.json(['import', '--tenant', tenant, line.file('events.jsonl', toJsonLines(events))]);
  await line.json(['import', '--tenant', 'other', join(line.folder, 'events.jsonl')]);
  cpSync(line.dataDir, join(line.folder, 'whole'), { recursive: true });
  line.file('killer.mjs', killer);
});
afterAll(() => { line.end(); });

/** Runs a command on the whole archive and kills it at the nth change; gives how many changes it came to. */
async function killedAt(number: number, words: readonly string[]): Promise<{ readonly signal: string | null; readonly changes: number }> {
  rmSync(line.dataDir, { recursive: true, force: true });
  cpSync(join(line.folder, 'whole'), line.dataDir, { recursive: true });
  const log = line.file('changes', '');
  const { signal } = await line.run(words, { env: { NODE_OPTIONS: `--import ${join(line.folder, 'killer.mjs')}`, KILL_LOG: log, KILL_AT: String(number) } });
  return { signal, changes: readFileSync(log).length };
}
const verified = (): Promise<VerifyReceipt> => line.json<VerifyReceipt>(['verify']);
const left = (): readonly string[] => readdirSync(join(line.dataDir, 'tenants')).filter(name => name === `t-${tenant}` || name.startsWith('forgotten-'));

/** In full runs every change, else one that chance picks. */
async function numbersOf(words: readonly string[]): Promise<readonly number[]> {
  const { signal, changes } = await killedAt(0, words);
  expect({ signal, isMany: changes > 10 }).toEqual({ signal: null, isMany: true });
  return isFull ? Array.from({ length: changes }, (_, index) => index + 1) : [1 + seededRandom(seed).below(changes)];
}

describe('killed without warning while', () => {
  it('a user is forgotten, an archive is the old one or the new one, and forgetting again ends it', async () => {
    const words = ['forget', '--tenant', tenant, '--user', user];
    for (const number of await numbersOf(words)) {
      const place = `seed ${String(seed)}, killed at change ${String(number)}`;
      expect((await killedAt(number, words)).signal, place).toBe('SIGKILL');
      if (isFull) {
        await line.run(['import', '--tenant', tenant, join(line.folder, 'events.jsonl')]);
        expect([whole, without], place).toContain((await verified()).tenants.find(found => found.tenant === tenant)?.contentDigest);
      }
      expect((await line.run(words)).code, place).toBe(0);
      const { ok, tenants } = await verified();
      expect({ ok, digests: tenants.map(found => found.contentDigest) }, place).toEqual({ ok: true, digests: [without, whole] });
    }
  }, 900_000);

  it('a tenant is forgotten, it is whole or gone, and forgetting again ends it', async () => {
    const words = ['forget', '--tenant', tenant];
    for (const number of await numbersOf(words)) {
      const place = `seed ${String(seed)}, killed at change ${String(number)}`;
      expect((await killedAt(number, words)).signal, place).toBe('SIGKILL');
      if (isFull) expect([[whole, whole], [whole]], place).toContainEqual((await verified()).tenants.map(found => found.contentDigest));
      expect([0, 2], place).toContain((await line.run(words)).code);
      const { ok, tenants } = await verified();
      expect({ ok, tenants: tenants.map(found => found.tenant), left: left() }, place).toEqual({ ok: true, tenants: ['other'], left: [] });
    }
  }, 900_000);
});
