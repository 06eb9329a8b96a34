/** A recovery key survives being written down, dictated and typed again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRecoveryKey, readRecoveryKey } from '../../electron/vault/recovery-key';
import { quickCrypto } from './memory-vault';

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 });
const made = (key: Uint8Array) => makeRecoveryKey({ ...quickCrypto, randomBytes: () => key.slice() });
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('a recovery key', () => {
  it('is 8 groups of 7 letters and digits, none of which is taken for another', () => {
    fc.assert(fc.property(keys, key => {
      expect(made(key).text).toMatch(/^[0-9A-HJKMNP-TV-Z]{7}(-[0-9A-HJKMNP-TV-Z]{7}){7}$/);
    }), { seed: 31, numRuns: 100 });
  });

  it('is read again as it was made, however it is typed', () => {
    const slips: readonly ((text: string) => string)[] = [
      text => text, text => text.toLowerCase(), text => text.replaceAll('-', ''), text => text.replaceAll('-', ' '), text => ` ${text}\n`,
      text => text.replaceAll('-', '\u2013'), text => text.replaceAll('0', 'O').replaceAll('1', 'l'), text => text.replaceAll('1', 'i').replaceAll('0', 'o'),
      text => [...text].map(letter => (letter === '-' ? letter : String.fromCodePoint(letter.codePointAt(0)! + 0xfee0))).join(''),
    ];
    fc.assert(fc.property(keys, fc.constantFrom(...slips), (key, slip) => {
      expect(readRecoveryKey(quickCrypto, slip(made(key).text))).toEqual(key);
    }), { seed: 32, numRuns: 300 });
  });

  it('with a wrong or exchanged letter is none', () => {
    const key = new Uint8Array(32).map((_, at) => at * 7);
    const { text } = made(key);
    let tried = 0;
    for (let at = 0; at < text.length; at += 1) {
      if (text[at] === '-') continue;
      for (const letter of alphabet) {
        if (letter === text[at]) continue;
        tried += 1;
        expect(readRecoveryKey(quickCrypto, text.slice(0, at) + letter + text.slice(at + 1))).toBeNull();
      }
      const next = text[at + 1];
      if (next === undefined || next === '-' || next === text[at]) continue;
      expect(readRecoveryKey(quickCrypto, `${text.slice(0, at)}${next}${text[at]!}${text.slice(at + 2)}`)).toBeNull();
    }
    expect(tried).toBe(56 * 31);
  });

  it.each(['', '-', 'a', 'correct horse battery staple', '0'.repeat(55), '0'.repeat(57), 'U'.repeat(56), 'ü'.repeat(56), '🐎'.repeat(28), '0'.repeat(100_000)])('is not %j', typed => {
    expect(readRecoveryKey(quickCrypto, typed)).toBeNull();
  });

  it('has the same text for ever', () => {
    expect(made(new Uint8Array(32)).text).toBe('0000000-0000000-0000000-0000000-0000000-0000000-0000000-000DWDS');
    expect(made(new Uint8Array(32).map((_, at) => at)).text).toBe('000G40R-40M30E2-09185GR-38E1W81-24GK2GA-HC5RR34-D1P70X3-RFM2G74');
  });
});
