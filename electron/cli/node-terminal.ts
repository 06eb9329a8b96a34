/** The terminal of a real process. */
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { createInterface } from 'node:readline';
import { isatty } from 'node:tty';
import type { ReadStream } from 'node:tty';
import { Failure } from '../../shared/errors';
import { readHiddenLine } from './hidden-line';
import { OutputClosed } from './terminal';
import type { Terminal } from './terminal';

const isClosedPipe = (error: Error): boolean => 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');

/** To be made once: it takes charge of the errors of both output streams. */
export function createNodeTerminal(self: NodeJS.Process): Terminal {
  const { stdout, stderr, env } = self;
  // Each write reports its own failure; without a listener the stream would also throw it.
  stdout.on('error', () => undefined);
  stderr.on('error', () => undefined);
  const canDraw = env['TERM'] !== 'dumb';
  return {
    write: data => write(stdout, data),
    talk: text => void stderr.write(text),
    outputColumns: () => (stdout.isTTY ? stdout.columns : null),
    talkColumns: () => (stderr.isTTY && canDraw ? stderr.columns : null),
    showsStyles: stdout.isTTY && canDraw && !env['NO_COLOR'],
    // `process.stdin` is not touched before it is needed: that alone makes a pipe non-blocking, and the engine's thread may be about to read it.
    inputIsTerminal: isatty(0),
    talkIsTerminal: stderr.isTTY,
    environment: env,
    platform: self.platform,
    homeFolder: homedir(),
    workingFolder: self.cwd(),
    elapsed: () => performance.now(),
    readFile: path => readFile(path),
    listFolder: path => readdir(path).catch(() => []),
    readInput: () => readAll(self.stdin),
    askLine: question => askLine(self, question),
    askHidden: question => readHiddenLine({ input: self.stdin, say: text => void stderr.write(text), question }),
  };
}

function write(stream: NodeJS.WriteStream, data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(data, error => {
      if (!error) resolve();
      else reject(isClosedPipe(error) ? new OutputClosed() : error);
    });
  });
}

function askLine({ stdin, stderr }: NodeJS.Process, question: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: stdin, output: stderr });
    lines.on('SIGINT', () => {
      reject(new Failure('operation.cancelled'));
      lines.close();
    });
    // Where it was answered or refused already, this changes nothing.
    lines.on('close', () => { resolve(null); });
    lines.question(question, answer => {
      resolve(answer);
      lines.close();
    });
  });
}

async function readAll(input: ReadStream): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
