import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { readHiddenLine } from '../../electron/cli/hidden-line';
import { Failure } from '../../shared/errors';

type Typing = { readonly line: Promise<string | null>; readonly said: () => string; readonly rawModes: readonly boolean[] };

function type(...chunks: readonly (string | Buffer)[]): Typing {
  const keyboard = new EventEmitter();
  const rawModes: boolean[] = [];
  let said = '';
  const line = readHiddenLine({
    input: Object.assign(keyboard, { setRawMode: (mode: boolean) => rawModes.push(mode), resume: () => undefined, pause: () => undefined }),
    say: text => { said += text; },
    question: 'Passphrase: ',
  });
  for (const chunk of chunks) keyboard.emit('data', Buffer.from(chunk as string));
  keyboard.emit('end');
  return { line, said: () => said, rawModes };
}

describe('a line typed unseen', () => {
  it('ends with Enter and is never shown', async () => {
    const typing = type('p', 'ass\r');
    expect(await typing.line).toBe('pass');
    expect(typing.said()).toBe('Passphrase: \n');
    expect(typing.rawModes).toEqual([true, false]);
  });

  it('can be corrected, a whole character at a time, and split anywhere', async () => {
    const umlaut = Buffer.from('ü');
    expect(await type('ab\x7f\x7f\x7fx', umlaut.subarray(0, 1), umlaut.subarray(1), '\n').line).toBe('xü');
    expect(await type('👋\b!\r').line).toBe('!');
  });

  it('is nothing at the end of input, and interrupts on Ctrl-C', async () => {
    expect(await type('\x04').line).toBeNull();
    expect(await type('half').line).toBeNull();
    expect(await type('half\x04').line).toBe('half');
    const typing = type('ab\x03');
    await expect(typing.line).rejects.toThrow(Failure);
    expect(typing.rawModes).toEqual([true, false]);
  });
});
