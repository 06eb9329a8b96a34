/** A terminal of the command line that keeps what is said in memory. */
import { OutputClosed } from '../../electron/cli/terminal';
import type { Terminal } from '../../electron/cli/terminal';

export type FakeTerminal = {
  readonly terminal: Terminal;
  readonly out: () => string;
  readonly talk: () => string;
  /** Moves the clock on. */
  readonly advance: (ms: number) => void;
  readonly questions: readonly string[];
};

export type FakeTerminalOptions = Partial<Omit<Terminal, 'write' | 'talk' | 'elapsed'>> & {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly input?: string;
  /** What is typed, one answer a question. */
  readonly typed?: readonly (string | null)[];
  readonly outputWindow?: number;
  readonly talkWindow?: number;
  readonly readerLeft?: boolean;
};

const bytesOf = (content: string | Uint8Array): Uint8Array => (typeof content === 'string' ? new TextEncoder().encode(content) : content);

export function fakeTerminal(options: FakeTerminalOptions = {}): FakeTerminal {
  const { files = {}, input = '', typed = [], outputWindow, talkWindow, readerLeft, ...rest } = options;
  const out: Uint8Array[] = [];
  const questions: string[] = [];
  let talk = '';
  let elapsed = 0;
  const terminal: Terminal = {
    write: data => {
      if (readerLeft === true) return Promise.reject(new OutputClosed());
      out.push(bytesOf(data));
      return Promise.resolve();
    },
    talk: text => {
      talk += text;
    },
    outputColumns: () => outputWindow ?? null,
    talkColumns: () => talkWindow ?? null,
    showsStyles: false,
    inputIsTerminal: false,
    talkIsTerminal: talkWindow !== undefined,
    environment: {},
    platform: 'linux',
    homeFolder: '/home/ana',
    workingFolder: '/work',
    elapsed: () => elapsed,
    readFile: path => {
      const content = files[path];
      return content === undefined ? Promise.reject(Object.assign(new Error(`ENOENT: no such file or directory, open '${path}'`), { code: 'ENOENT' })) : Promise.resolve(bytesOf(content));
    },
    listFolder: () => Promise.resolve([]),
    readInput: () => Promise.resolve(bytesOf(input)),
    askLine: question => {
      questions.push(question);
      return Promise.resolve(typed[questions.length - 1] ?? null);
    },
    askHidden: question => {
      questions.push(question);
      return Promise.resolve(typed[questions.length - 1] ?? null);
    },
    ...rest,
  };
  return {
    terminal,
    out: () => Buffer.concat(out).toString('utf8'),
    talk: () => talk,
    advance: ms => {
      elapsed += ms;
    },
    questions,
  };
}
