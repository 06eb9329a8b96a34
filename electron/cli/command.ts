/** What a command is: its words, its flags, and the task it makes of an invocation. */
import type { Host } from '../node/host';
import type { Invocation } from './arguments';
import type { Output } from './output';
import type { Terminal } from './terminal';

/** 0 ok, 1 failed, 2 usage, 3 partial, 4 credentials, 5 rate limit, 130 interrupted. */
export type ExitCode = number;
export const exitPartial: ExitCode = 3;
export const exitInterrupted: ExitCode = 130;

export type Flag = {
  /** Without the dashes. */
  readonly name: string;
  /** The word that stands for the value in the help; null for a flag that takes none. */
  readonly value: string | null;
  readonly occurs: 'once' | 'many';
  readonly help: string;
};

export type Session = {
  readonly host: Host;
  readonly signal: AbortSignal;
  readonly output: Output;
  readonly terminal: Terminal;
};

export type Task = (session: Session) => Promise<ExitCode>;

/** That a page in the browser is wanted instead of words in the terminal. */
export type PageWish = {
  /** Whose timeline is shown first; null for the page's own choice. */
  readonly tenant: string | null;
  /** Any free one when null. */
  readonly port: number | null;
  readonly opens: 'browser' | 'nothing';
};

export type Command = {
  readonly name: string;
  readonly summary: string;
  /** Words after the command, as in the help: `ID`, `FILE...`; empty when there are none. */
  readonly argumentNames: string;
  readonly maxArguments: number;
  readonly flags: readonly Flag[];
  /** Further lines of the help. */
  readonly notes: readonly string[];
  readonly examples: readonly string[];
  /** What the first Ctrl-C does: wind the work up, or leave at once. */
  readonly interrupt: 'wind-up' | 'leave';
  /** Whether the command only opens a data folder or may be the first to store something in it. */
  readonly folder: 'open' | 'open-or-make';
  /** Null where the command answers in the terminal this time. @throws Failure usage.* */
  readonly page?: (invocation: Invocation, terminal: Terminal) => PageWish | null;
  /**
   * Reads and checks everything it can before a host is opened.
   * @throws Failure usage.*
   */
  readonly prepare: (invocation: Invocation, terminal: Terminal) => Task | Promise<Task>;
};

export const valueFlag = (name: string, value: string, help: string): Flag => ({ name, value, occurs: 'once', help });
export const repeatedFlag = (name: string, value: string, help: string): Flag => ({ name, value, occurs: 'many', help });
export const switchFlag = (name: string, help: string): Flag => ({ name, value: null, occurs: 'many', help });

export const tenantFlag = valueFlag('tenant', 'D', 'A tenant\'s domain, the name of an import, or sample.');
export const paramFlag = repeatedFlag('param', 'NAME=VALUE', 'A parameter of the view; repeated with one name it means "or".');

export const globalFlags: readonly Flag[] = [
  valueFlag('data-dir', 'DIR', 'The data folder (else TENANTSCOPE_DATA_DIR, else the platform\'s own place).'),
  valueFlag('passphrase-file', 'FILE', 'Where the passphrase is (else TENANTSCOPE_PASSPHRASE, else a prompt).'),
  switchFlag('json', 'One JSON document on standard output.'),
  switchFlag('help', 'This help.'),
  switchFlag('version', 'The version.'),
];
