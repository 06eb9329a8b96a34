/** Search finds a text whatever its case, and never loses one by folding. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldCase } from '../../shared/domain/fold-case';

const finds = (hay: string, needle: string): boolean => foldCase(hay).includes(foldCase(needle));

describe('foldCase', () => {
  it.each([
    ['Straße 5', 'STRASSE'],
    ['STRASSE 5', 'straße'],
    ['GROẞE', 'große'],
    ['ΟΔΟΣ', 'οδος'],
    ['οδος', 'ΟΔΟΣ'],
    ['ſecret', 'SECRET'],
    ['İstanbul', 'istanbul'],
    ['istanbul', 'İSTANBUL'],
    ['İSTANBUL'.toLowerCase(), 'istanbul'],
    ['ISPARTA', 'ısparta'],
    ['ЖУК@example.com', 'жук'],
    ['ĆMA', 'ćma'],
    ['Ǆungla', 'ǆungla'],
    ['\u212aelvin', 'kelvin'],
    ['𐐀𐐁', '𐐨𐐩'],
    ['ﬁle', 'FI'],
  ])('finds in %j the text %j', (hay, needle) => {
    expect(finds(hay, needle)).toBe(true);
  });

  it('still finds every part of a text after both were folded', () => {
    const special = fc.constantFrom('ß', 'ẞ', 'ſ', 'İ', 'ı', 'Σ', 'σ', 'ς', 'ŉ', 'ǰ', 'ΐ', '\u0307', '\u0345', 'I', 'i', 'ﬄ', ' ', '.');
    const text = fc.string({ unit: fc.oneof(special, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })), maxLength: 12 });
    fc.assert(
      fc.property(text, text, text, (before, needle, after) => {
        const hay = foldCase(before + needle + after);
        expect(hay).toContain(foldCase(needle));
        expect(hay).toContain(foldCase(needle.toUpperCase()));
        expect(hay).toContain(foldCase(needle.toLowerCase()));
      }),
      { seed: 20261121, numRuns: 2000 },
    );
  });

  it('makes the same of every character and its other case, and leaves nothing to fold', () => {
    const wrong: string[] = [];
    for (let code = 0; code <= 0x1ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const char = String.fromCodePoint(code);
      const folded = foldCase(char);
      if (foldCase(char.toUpperCase()) !== folded || foldCase(char.toLowerCase()) !== folded || foldCase(folded) !== folded) wrong.push(char);
    }
    expect(wrong).toEqual([]);
  });

  it('changes nothing that has no case', () => {
    expect(foldCase('auth0|5f7c8ec7c33c6c004bbafe82 · 日本 · 203.0.113.7')).toBe('auth0|5f7c8ec7c33c6c004bbafe82 · 日本 · 203.0.113.7');
  });
});
