/** The built `tenantscope` as a process of its own, with a data folder and a passphrase. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from '../auth0-simulator/index';

const built = join(import.meta.dirname, '../../out/main/cli.js');

export type Finished = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly stdout: Buffer; readonly text: string; readonly stderr: string };

export type CommandLine = {
  readonly folder: string;
  readonly dataDir: string;
  /** Starts a command; `finished` resolves when it ended. */
  readonly start: (words: readonly string[], options?: { readonly env?: Record<string, string>; readonly input?: string }) => { readonly child: ChildProcess; readonly finished: Promise<Finished> };
  readonly run: (words: readonly string[], options?: { readonly env?: Record<string, string>; readonly input?: string }) => Promise<Finished>;
  /** Runs with `--json`, expects exit code 0 (or the one given) and gives the document. */
  readonly json: <Document = Record<string, unknown>>(words: readonly string[], code?: number) => Promise<Document>;
  readonly file: (name: string, content: string | Uint8Array) => string;
  readonly end: () => void;
};

export function commandLine(passphrase: string | null = 'a passphrase for tests'): CommandLine {
  if (!existsSync(built)) throw new Error('the command line is not built: run npm test, or npm run build first');
  const folder = mkdtempSync(join(tmpdir(), 'tenantscope-cli-'));
  const dataDir = join(folder, 'data');
  const start: CommandLine['start'] = (words, options = {}) => {
    const env = {
      PATH: process.env['PATH'] ?? '', HOME: folder, NO_COLOR: '1', TENANTSCOPE_DATA_DIR: dataDir,
      ...(passphrase === null ? {} : { TENANTSCOPE_PASSPHRASE: passphrase }), ...options.env,
    };
    const child = spawn(process.execPath, [built, ...words], { cwd: folder, env, stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
    child.stdin?.end(options.input);
    return { child, finished: collect(child) };
  };
  const run: CommandLine['run'] = (words, options) => start(words, options).finished;
  return {
    folder, dataDir, start, run,
    json: async (words, code = 0) => {
      const finished = await run([...words, '--json']);
      if (finished.code !== code) throw new Error(`${words.join(' ')} ended with ${String(finished.code)}: ${finished.stderr}`);
      return JSON.parse(finished.text) as never;
    },
    file: (name, content) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    end: () => { rmSync(folder, { recursive: true, force: true }); },
  };
}

function collect(child: ChildProcess): Promise<Finished> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const bytes = Buffer.concat(stdout);
      resolve({ code, signal, stdout: bytes, text: bytes.toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8') });
    });
  });
}

/** Connects the simulator's tenant. */
export async function connectTo(line: CommandLine, simulator: Simulator, more: readonly string[] = []): Promise<Finished> {
  const secret = line.file('client-secret', `${simulator.clientSecret}\n`);
  return line.run(['connect', '--domain', simulator.domain, '--client-id', simulator.clientId, '--client-secret-file', secret, '--api-origin', simulator.origin, ...more]);
}

export type StatusDocument = { readonly tenants: readonly { readonly tenant: string; readonly events: number; readonly checkpoint: string | null; readonly digest: string; readonly contentDigest: string; readonly gaps: readonly unknown[] }[] };

export async function statusOf(line: CommandLine, tenant: string): Promise<StatusDocument['tenants'][number]> {
  const [status] = (await line.json<StatusDocument>(['status', '--tenant', tenant])).tenants;
  if (status === undefined) throw new Error(`no status of ${tenant}`);
  return status;
}
