/** The built loopback host as a process of its own, over a data folder of its own. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const built = join(import.meta.dirname, '../../out/main/loopback.js');

export type LoopbackProcess = {
  /** With the ticket that lets in the first browser. */
  readonly address: string;
  readonly port: number;
  readonly dataDir: string;
  readonly talk: () => string;
  /** Asks it to end and waits until it has; returns its exit code. */
  readonly stop: (signal?: 'SIGINT' | 'SIGTERM') => Promise<number | null>;
};

export type LoopbackProcessOptions = {
  /** Beside `--no-open`. */
  readonly words?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Default: a new one, removed in the end. */
  readonly dataDir?: string;
};

/** @throws Error with what it said when it ends before it has an address */
export async function startLoopbackProcess({ words = [], env = {}, dataDir }: LoopbackProcessOptions = {}): Promise<LoopbackProcess> {
  if (!existsSync(built)) throw new Error('the application is not built: run npm test, or npm run build first');
  const folder = mkdtempSync(join(tmpdir(), 'tenantscope-loopback-'));
  const data = dataDir ?? join(folder, 'data');
  const child = spawn(process.execPath, [built, '--no-open', ...words], {
    cwd: folder, env: { PATH: process.env['PATH'] ?? '', HOME: folder, TENANTSCOPE_DATA_DIR: data, ...env }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let talk = '';
  let out = '';
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => {
      rmSync(folder, { recursive: true, force: true });
      resolve(code);
    });
  });
  child.stderr.on('data', (chunk: Buffer) => { talk += chunk.toString('utf8'); });
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
      const [, found] = /^Tenantscope is at (\S+)$/m.exec(out) ?? [];
      if (found !== undefined) resolve(found);
    });
    ended.then(code => { reject(new Error(`it ended with ${String(code)}: ${out}${talk}`)); }, reject);
  });
  return {
    address, dataDir: data, port: Number(new URL(address).port), talk: () => talk,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}
