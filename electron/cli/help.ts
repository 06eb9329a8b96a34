/** Words the help, of the whole command line and of one command, from what the commands say of themselves. */
import { globalFlags } from './command';
import type { Command, Flag } from './command';

const flagWords = (flag: Flag): string => `--${flag.name}${flag.value === null ? '' : ` ${flag.value}`}`;

function columns(pairs: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...pairs.map(([left]) => left.length)) + 2;
  return pairs.map(([left, right]) => `  ${left.padEnd(width)}${right}`);
}

const flagLines = (flags: readonly Flag[]): readonly string[] => columns(flags.map(flag => [flagWords(flag), flag.help]));

export function helpText(commands: readonly Command[]): string {
  return [
    'Tenantscope keeps the audit logs of Auth0 tenants and answers questions about them offline.',
    '',
    'Usage: tenantscope <command> [flags]',
    '',
    'Commands:',
    ...columns(commands.map(command => [command.name, command.summary])),
    '',
    'Flags of every command:',
    ...flagLines(globalFlags),
    '',
    'Try it without an account: tenantscope demo',
    'More about one command: tenantscope <command> --help',
    '',
    'Exit codes: 0 ok, 1 failed, 2 usage, 3 partial, 4 credentials, 5 rate limit, 130 interrupted.',
    '',
  ].join('\n');
}

export function commandHelpText(command: Command): string {
  const words = ['tenantscope', command.name, command.argumentNames, command.flags.length > 0 ? '[flags]' : ''].filter(word => word !== '');
  return [
    `${command.summary}`,
    '',
    `Usage: ${words.join(' ')}`,
    ...section('Flags:', flagLines(command.flags)),
    ...section('Flags of every command:', flagLines(globalFlags)),
    ...(command.notes.length > 0 ? ['', ...command.notes] : []),
    ...section(command.examples.length === 1 ? 'Example:' : 'Examples:', command.examples.map(example => `  ${example}`)),
    '',
  ].join('\n');
}

const section = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ['', title, ...lines]);
