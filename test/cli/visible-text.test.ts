import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, fitText, visibleJson, visibleText } from '../../electron/cli/visible-text';

const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const nasty = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\x1b[31m', '\x1b]0;title\x07', '\u202e', '\u200b', '\r', '\n', '\u2028', '\x9b', '\ud800', 'é', '漢', '👩‍👩‍👧', 'e\u0301\u0301\u0301\u0301\u0301')), { maxLength: 12 }).map(parts => parts.join(''));
const settings = { seed: 20261121, numRuns: 300 };

describe('text of unknown origin', () => {
  it('shows what acts on a terminal or hides as an escape', () => {
    expect(visibleText('a\x1b[31mred\x07')).toBe('a\\x1b[31mred\\x07');
    expect(visibleText('one\r\ntwo\tthree')).toBe('one\\r\\ntwo\\tthree');
    expect(visibleText('user\u202emoc.elpmaxe')).toBe('user\\u{202e}moc.elpmaxe');
    expect(visibleText('zero\u200bwidth\u2066x\u2069')).toBe('zero\\u{200b}width\\u{2066}x\\u{2069}');
    expect(visibleText('Zoë 漢字 👋')).toBe('Zoë 漢字 👋');
  });

  it('holds nothing hidden afterwards, whatever it was', () => {
    fc.assert(fc.property(nasty, text => {
      expect(visibleText(text)).not.toMatch(hidden);
    }), settings);
  });
});

describe('JSON for a terminal', () => {
  it('has the same value and nothing hidden but its line', () => {
    fc.assert(fc.property(nasty, text => {
      const json = visibleJson({ [text]: [text] });
      expect(json).not.toMatch(hidden);
      expect(JSON.parse(json)).toEqual({ [text]: [text] });
    }), settings);
  });
});

describe('fitted text', () => {
  it('is cut with an ellipsis, and counts wide characters twice and marks not at all', () => {
    expect(fitText('abcdef', 6)).toBe('abcdef');
    expect(fitText('abcdefg', 6)).toBe('abcde…');
    expect(fitText('漢字漢字', 5)).toBe('漢字…');
    expect(fitText('e\u0301e\u0301', 2)).toBe('e\u0301e\u0301');
    expect(displayWidth('漢e\u0301👋')).toBe(5);
  });

  it('never takes more columns than it has, nor heaps marks without end', () => {
    fc.assert(fc.property(nasty, fc.integer({ min: 1, max: 30 }), (text, columns) => {
      const fitted = fitText(visibleText(text), columns);
      expect(displayWidth(fitted)).toBeLessThanOrEqual(columns);
      expect([...fitted].length).toBeLessThanOrEqual(columns * 4 + 3);
    }), settings);
  });
});
