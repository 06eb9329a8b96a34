/** Runs one command line from its words to its exit code. */
import { Failure } from '../../shared/errors';
import type { Host, HostOptions } from '../node/host';
import { parseArguments, wantsJson } from './arguments';
import type { Invocation } from './arguments';
import type { Command, ExitCode } from './command';
import { optionalValue } from './flag-values';
import { commandHelpText, helpText } from './help';
import { listenForInterrupts } from './interrupts';
import type { SignalSource } from './interrupts';
import { createOutput, reportFailure } from './output';
import type { OutputFormat } from './output';
import { passphraseSource } from './secrets';
import { dataFolder, fixedClock } from './settings';
import { OutputClosed } from './terminal';
import type { Terminal } from './terminal';

export type CommandLine = {
  readonly terminal: Terminal;
  readonly commands: readonly Command[];
  readonly version: string;
  readonly signals: SignalSource;
  /** Called only when a well-formed command is to be run: it is what makes start-up slow. */
  readonly openHost: (options: HostOptions) => Promise<Host>;
};

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
      await terminal.write(request.command === null ? helpText(commands) : commandHelpText(request.command));
      return 0;
    case 'run':
      return runCommand(request.invocation, commandLine, format);
  }
}

async function runCommand(invocation: Invocation, commandLine: CommandLine, format: OutputFormat): Promise<ExitCode> {
  const { terminal, signals } = commandLine;
  const { interrupt } = invocation.command;
  const task = await invocation.command.prepare(invocation, terminal);
  const options = await hostOptions(invocation, terminal);
  const output = createOutput(terminal, format);
  const interrupts = listenForInterrupts(interrupt, { source: signals, elapsed: terminal.elapsed, say: terminal.talk });
  try {
    const host = await commandLine.openHost(options);
    try {
      return await task({ host, signal: interrupts.signal, output, terminal });
    } finally {
      output.progress.end();
      await host.close();
    }
  } finally {
    interrupts.ignore();
  }
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
