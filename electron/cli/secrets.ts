/** Finds the passphrase and the client secret where they may stand: a file, standard input, the environment or a prompt, never the arguments. */
import { vaultPath } from '../../shared/domain/data-folder';
import { Failure } from '../../shared/errors';
import { problemOf } from '../node/system-problem';
import type { Command } from './command';
import { variable } from '../node/surroundings';
import type { Terminal } from './terminal';

/**
 * The text of a secret's file, without one trailing newline. `-` is standard input, asked for when that is a terminal.
 * @throws Failure usage.file-unreadable, usage.value-invalid
 */
export async function readSecretFile(terminal: Terminal, { flag, file, question }: { readonly flag: string; readonly file: string; readonly question: string }): Promise<string> {
  if (file === '-' && terminal.inputIsTerminal && terminal.talkIsTerminal) return (await terminal.askHidden(question)) ?? '';
  const bytes = await (file === '-' ? terminal.readInput() : terminal.readFile(file)).catch((error: unknown) => {
    throw new Failure('usage.file-unreadable', { flag, file, problem: problemOf(error) });
  });
  return decodeSecret(bytes, flag, file).replace(/\r?\n$/, '');
}

/** Undecodable bytes must not become replacement characters: different secrets would become the same. */
function decodeSecret(bytes: Uint8Array, flag: string, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Failure('usage.value-invalid', { flag, value: file, expected: 'The file is not UTF-8 text.' });
  }
}

export type PassphraseWanted = {
  /** The value of --passphrase-file. */
  readonly file: string | null;
  readonly dataDir: string;
  /** The first passphrase of a folder is asked for twice: a slip of the finger would lock it for good. */
  readonly folder: Command['folder'];
};

/**
 * The passphrase as a question that the host asks when it needs a key; null when there is none to be had.
 * A file that was named is read now, so that a wrong name is told even where no key is needed.
 * @throws Failure usage.file-unreadable, usage.value-invalid
 */
export async function passphraseSource(terminal: Terminal, wanted: PassphraseWanted): Promise<() => Promise<string | null>> {
  if (wanted.file !== null) {
    const text = await readSecretFile(terminal, { flag: '--passphrase-file', file: wanted.file, question: 'Passphrase: ' });
    return () => Promise.resolve(text === '' ? null : text);
  }
  const set = variable(terminal.environment, 'TENANTSCOPE_PASSPHRASE');
  if (set !== null) return () => Promise.resolve(set);
  if (!terminal.inputIsTerminal || !terminal.talkIsTerminal) return () => Promise.resolve(null);
  return async () => {
    const isNew = wanted.folder === 'open-or-make' && !(await terminal.listFolder(wanted.dataDir)).includes(vaultPath);
    return isNew ? askNew(terminal) : (await terminal.askHidden('Passphrase: ')) || null;
  };
}

async function askNew(terminal: Terminal): Promise<string | null> {
  terminal.talk('This data folder is new. Its passphrase encrypts everything in it and cannot be recovered.\n');
  for (;;) {
    const first = await terminal.askHidden('New passphrase: ');
    if (first === null || first === '') return null;
    const again = await terminal.askHidden('The same again: ');
    if (first === again) return first;
    if (again === null) return null;
    terminal.talk('They differ. Once more.\n');
  }
}
