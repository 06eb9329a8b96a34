/** Runs a command line against a host whose answers a test chooses. */
import { EventEmitter } from 'node:events';
import { commands } from '../../electron/cli/commands/index';
import { runCommandLine } from '../../electron/cli/run';
import type { Host, HostOptions } from '../../electron/node/host';
import type { Input, OperationName, Output, Push } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import { fakeTerminal } from './fake-terminal';
import type { FakeTerminalOptions } from './fake-terminal';

export type Asked = { readonly name: OperationName; readonly input: unknown };

export type Answers = { readonly [Name in OperationName]?: (input: Input<Name>, help: AnswerHelp) => Output<Name> | Promise<Output<Name>> };

export type AnswerHelp = {
  readonly push: (push: Push) => void;
  readonly signal: AbortSignal;
  /** Sends the process a signal, some milliseconds after the last one. */
  readonly press: (signal: 'SIGINT' | 'SIGTERM', afterMs: number) => void;
  readonly advance: (ms: number) => void;
};

export type Ran = {
  readonly code: number;
  readonly out: string;
  readonly talk: string;
  readonly asked: readonly Asked[];
  /** Null when no host was opened. */
  readonly hostOptions: HostOptions | null;
  readonly hostsClosed: number;
  /** Codes with which the process was left at once. */
  readonly exits: readonly number[];
  readonly questions: readonly string[];
};

/** A data folder that nobody else can read. */
export const wellKept: Output<'app.info'> = { version: '1.2.3', host: 'cli', platform: 'linux', dataDir: '/data', versions: {}, canWrite: true, readableByOthers: 0 };

export async function runWords(words: readonly string[], answers: Answers = {}, options: FakeTerminalOptions = {}): Promise<Ran> {
  const screen = fakeTerminal(options);
  const asked: Asked[] = [];
  const exits: number[] = [];
  const listeners = new Set<(push: Push) => void>();
  const process = new EventEmitter();
  let hostOptions: HostOptions | null = null;
  let hostsClosed = 0;
  const host: Host = {
    call: async (name, input, { signal = new AbortController().signal } = {}) => {
      const answer = answers[name];
      // Every command asks it first.
      if (name === 'app.info' && answer === undefined) return wellKept as never;
      asked.push({ name, input });
      if (answer === undefined) throw new Failure('operation.unknown', { operation: name });
      const help: AnswerHelp = {
        push: push => listeners.forEach(listener => listener(push)),
        signal,
        press: (name, afterMs) => {
          screen.advance(afterMs);
          process.emit(name);
        },
        advance: screen.advance,
      };
      return answer(input, help);
    },
    onPush: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wouldLose: () => [],
    close: () => {
      hostsClosed += 1;
      return Promise.resolve();
    },
  };
  const code = await runCommandLine(words, {
    terminal: screen.terminal,
    commands,
    version: '1.2.3',
    signals: { on: (name, listener) => process.on(name, listener), off: (name, listener) => process.off(name, listener), exit: exit => exits.push(exit) },
    openHost: given => {
      hostOptions = given;
      return Promise.resolve(host);
    },
  });
  return { code, out: screen.out(), talk: screen.talk(), asked, hostOptions, hostsClosed, exits, questions: screen.questions };
}
