/** Runs one command line from its words to its exit code. */
import { Failure } from '../../shared/errors';
import type { Host, HostOptions } from '../node/host';
import { parseArguments, wantsJson } from './arguments';
import type { Invocation } from './arguments';
import type { Command, ExitCode, PageWish, Task } from './command';
import { optionalValue } from './flag-values';
import { commandHelpText, helpText } from './help';
import { listenForInterrupts } from './interrupts';
import type { SignalSource } from './interrupts';
import { warnIfOpenToOthers } from './open-to-others';
import { createOutput, reportFailure } from './output';
import type { OutputFormat } from './output';
import { passphraseSource } from './secrets';
import { dataFolder, fixedClock } from '../node/surroundings';
import { OutputClosed } from './terminal';
import type { Terminal } from './terminal';

export type CommandLine = {
  readonly terminal: Terminal;
  readonly commands: readonly Command[];
  readonly version: string;
  readonly signals: SignalSource;
  /** Called only when a well-formed command is to be run: it is what makes start-up slow. */
  readonly openHost: (options: HostOptions) => Promise<Host>;
  /** Called when a page is wanted; absent where none can be served. @throws Failure host.* */
  readonly openPage?: (wish: PageWish) => Promise<ServedPage>;
};

/** What serves the page, and what its host is opened with beside the usual. */
export type ServedPage = { readonly task: Task; readonly hostOptions: Pick<HostOptions, 'kind' | 'transfers'> };

/** Never rejects: whatever goes wrong is told and becomes an exit code. A reader of standard output who has left is not an error. */
export async function runCommandLine(words: readonly string[], commandLine: CommandLine): Promise<ExitCode> {
  const format: OutputFormat = wantsJson(words) ? 'json' : 'text';
  try {
    return await answerRequest(words, commandLine, format);
  } catch (error) {
    if (error instanceof OutputClosed) return 0;
    return reportError(commandLine.terminal, format, error);
  }
}

async function answerRequest(words: readonly string[], commandLine: CommandLine, format: OutputFormat): Promise<ExitCode> {
  const { terminal, commands, version } = commandLine;
  const request = parseArguments(words, commands);
  switch (request.kind) {
    case 'version':
      await terminal.write(format === 'json' ? `${JSON.stringify({ version })}\n` : `${version}\n`);
      return 0;
    case 'help':
      await writeHelp(request.command === null ? helpText(commands) : commandHelpText(request.command), terminal, format);
      return 0;
    case 'run':
      return runCommand(request.invocation, commandLine, format);
  }
}

const writeHelp = (help: string, terminal: Terminal, format: OutputFormat): Promise<void> =>
  terminal.write(format === 'json' ? `${JSON.stringify({ help })}\n` : help);

async function runCommand(invocation: Invocation, commandLine: CommandLine, format: OutputFormat): Promise<ExitCode> {
  const { terminal, signals } = commandLine;
  const page = await servedPage(invocation, commandLine);
  const task = page?.task ?? await invocation.command.prepare(invocation, terminal);
  // A page asks for the passphrase itself.
  const options = await hostOptions(invocation, page === null ? terminal : { ...terminal, inputIsTerminal: false });
  const output = createOutput(terminal, format);
  const interrupts = listenForInterrupts(page === null ? invocation.command.interrupt : 'wind-up', { source: signals, elapsed: terminal.elapsed, say: terminal.talk });
  try {
    const host = await commandLine.openHost({ ...options, ...page?.hostOptions });
    try {
      if (page === null) await warnIfOpenToOthers(host, output);
      return await task({ host, signal: interrupts.signal, output, terminal });
    } finally {
      output.progress.end();
      await host.close();
    }
  } finally {
    interrupts.ignore();
  }
}

async function servedPage(invocation: Invocation, { terminal, openPage }: CommandLine): Promise<ServedPage | null> {
  const wish = openPage === undefined ? null : invocation.command.page?.(invocation, terminal) ?? null;
  return wish === null || openPage === undefined ? null : openPage(wish);
}

async function hostOptions(invocation: Invocation, terminal: Terminal): Promise<HostOptions> {
  const now = fixedClock(terminal.environment);
  const dataDir = dataFolder(optionalValue(invocation, 'data-dir'), terminal);
  const file = optionalValue(invocation, 'passphrase-file');
  const { folder } = invocation.command;
  return { dataDir, now, passphrase: await passphraseSource(terminal, { file, dataDir, folder }) };
}

async function reportError(terminal: Terminal, format: OutputFormat, error: unknown): Promise<ExitCode> {
  const failure = error instanceof Failure ? error : new Failure('internal.command-line', { problem: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' });
  try {
    await reportFailure(terminal, format, failure);
  } catch (closed) {
    if (!(closed instanceof OutputClosed)) throw closed;
  }
  return failure.exitCode;
}
