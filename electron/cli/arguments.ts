/** Reads the words of the command line into an invocation of a command, or says what is wrong with them. */
import { parseArgs } from 'node:util';
import { Failure } from '../../shared/errors';
import { globalFlags } from './command';
import type { Command, Flag } from './command';
import { laterCommands, laterFlags, secretFlags } from './refused-words';

export type Invocation = {
  readonly command: Command;
  /** By flag name; a flag that takes no value has empty texts, one for each time it is given. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
};

export type Request =
  | { readonly kind: 'help'; readonly command: Command | null }
  | { readonly kind: 'version' }
  | { readonly kind: 'run'; readonly invocation: Invocation };

type Token = ReturnType<typeof tokensOf>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

/** Whether the answer, an error included, is to be JSON; asked before anything else is known to be right. */
export function wantsJson(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return (end === -1 ? words : words.slice(0, end)).includes('--json');
}

/** @throws Failure usage.* */
export function parseArguments(words: readonly string[], commands: readonly Command[]): Request {
  const tokens = tokensOf(words, commands);
  const given = tokens.filter(token => token.kind === 'option');
  const positionals = tokens.flatMap(token => (token.kind === 'positional' ? [token.value] : []));
  const asks = (flag: string): boolean => given.some(token => token.name === flag);
  if (asks('version')) return { kind: 'version' };
  // First of all: what follows a secret's flag would else be taken for a command and be repeated in a message.
  given.forEach(refuseSecret);
  const [name, ...rest] = positionals;
  if (name === undefined && asks('help')) return { kind: 'help', command: null };
  const command = findCommand(name, commands);
  if (asks('help')) return { kind: 'help', command };
  const values = readFlags(command, given);
  const extra = rest[command.maxArguments];
  if (extra !== undefined) throw new Failure('usage.argument-unexpected', { command: command.name, argument: extra });
  return { kind: 'run', invocation: { command, values, positionals: rest } };
}

function tokensOf(words: readonly string[], commands: readonly Command[]) {
  const flags = [...globalFlags, ...commands.flatMap(command => command.flags)];
  const options = Object.fromEntries(
    flags.map(flag => [flag.name, { type: flag.value === null ? 'boolean' as const : 'string' as const, ...(flag.name === 'help' ? { short: 'h' } : {}) }]),
  );
  return parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

function findCommand(name: string | undefined, commands: readonly Command[]): Command {
  if (name === undefined) throw new Failure('usage.command-missing');
  const command = commands.find(candidate => candidate.name === name);
  if (command !== undefined) return command;
  if (laterCommands.includes(name)) throw new Failure('usage.not-available', { feature: `The command ${name}` });
  throw new Failure('usage.command-unknown', { command: name });
}

function readFlags(command: Command, given: readonly OptionToken[]): ReadonlyMap<string, readonly string[]> {
  const flags = [...command.flags, ...globalFlags];
  const values = new Map<string, readonly string[]>();
  for (const token of given) {
    const flag = flags.find(candidate => candidate.name === token.name) ?? refuseFlag(command.name, token);
    const value = readValue(command, flag, token);
    const before = values.get(flag.name) ?? [];
    if (flag.occurs === 'once' && before.length > 0 && before[0] !== value) throw new Failure('usage.flag-repeated', { flag: token.rawName });
    values.set(flag.name, [...before, value]);
  }
  return values;
}

function readValue(command: Command, flag: Flag, token: OptionToken): string {
  const { rawName, value } = token;
  if (flag.value === null) {
    if (value !== undefined) throw new Failure('usage.value-invalid', { flag: rawName, value, expected: 'It takes no value.' });
    return '';
  }
  // Without this, `--tenant --json` would look for a tenant of the name --json.
  if (value === undefined || (token.inlineValue === false && value.startsWith('--'))) {
    throw new Failure('usage.flag-missing', { command: command.name, flag: `a value for ${rawName}` });
  }
  if (value === '') throw new Failure('usage.value-invalid', { flag: rawName, value: 'empty', expected: `Give ${rawName} ${flag.value}.` });
  return value;
}

/** The value is not repeated in the message. */
function refuseSecret(token: OptionToken): void {
  const instead = secretFlags.get(token.name);
  if (instead !== undefined) throw new Failure('usage.secret-in-arguments', { flag: token.rawName, instead });
}

function refuseFlag(command: string, token: OptionToken): never {
  if (laterFlags.get(command)?.includes(token.name) === true) throw new Failure('usage.not-available', { feature: `The flag ${token.rawName}` });
  throw new Failure('usage.flag-unknown', { command, flag: token.rawName });
}
