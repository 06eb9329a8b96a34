/** Reads one line from a terminal without showing it. */
import { StringDecoder } from 'node:string_decoder';
import { Failure } from '../../shared/errors';

/** What is needed of standard input. */
export type RawInput = {
  readonly setRawMode: (mode: boolean) => unknown;
  readonly resume: () => unknown;
  readonly pause: () => unknown;
  readonly on: (event: 'data', listener: (chunk: Buffer) => void) => unknown;
  readonly off: (event: 'data', listener: (chunk: Buffer) => void) => unknown;
  readonly once: (event: 'end', listener: () => void) => unknown;
  readonly removeListener: (event: 'end', listener: () => void) => unknown;
};

type Typed = { readonly kind: 'more'; readonly line: string } | { readonly kind: 'done'; readonly line: string | null } | { readonly kind: 'interrupted' };

const interrupt = '\x03';
const endOfInput = '\x04';

/** What a line becomes by a few typed characters; Ctrl-D on an empty line ends it with null. */
export function typeInto(before: string, characters: string): Typed {
  let line = before;
  for (const character of characters) {
    if (character === interrupt) return { kind: 'interrupted' };
    if (character === '\r' || character === '\n') return { kind: 'done', line };
    if (character === endOfInput) return { kind: 'done', line: line === '' ? null : line };
    line = character === '\x7f' || character === '\b' ? [...line].slice(0, -1).join('') : line + character;
  }
  return { kind: 'more', line };
}

/** @throws Failure operation.cancelled on Ctrl-C */
export function readHiddenLine({ input, say, question }: { readonly input: RawInput; readonly say: (text: string) => void; readonly question: string }): Promise<string | null> {
  return new Promise((resolve, reject) => {
    // A character may arrive in two chunks.
    const decoder = new StringDecoder('utf8');
    let line = '';
    const finish = (settle: () => void): void => {
      input.off('data', onData);
      input.removeListener('end', onEnd);
      input.setRawMode(false);
      input.pause();
      say('\n');
      settle();
    };
    const onEnd = (): void => finish(() => resolve(null));
    const onData = (chunk: Buffer): void => {
      const typed = typeInto(line, decoder.write(chunk));
      if (typed.kind === 'more') line = typed.line;
      else finish(() => (typed.kind === 'done' ? resolve(typed.line) : reject(new Failure('operation.cancelled'))));
    };
    say(question);
    input.setRawMode(true);
    input.on('data', onData);
    input.once('end', onEnd);
    input.resume();
  });
}
