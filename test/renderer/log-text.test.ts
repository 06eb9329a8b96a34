import fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LogText } from '../../renderer/components/log-text';
import { cutText, visibleSegments } from '../../renderer/components/visible-characters';

const markup = (text: string | null, props: object = {}): string => renderToStaticMarkup(createElement(LogText, { text, ...props }));
const tags = (html: string): readonly string[] => [...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map(match => match[1]!.toLowerCase());
const hidden = ['\u0000', '\u001b', '\u0009', '\u000a', '\u00ad', '\u200b', '\u200d', '\u202e', '\u2066', '\u2028', '\ufeff', '\u{e0041}', '\ud800', '\u3164', '\u034f', '\u115f'];

describe('text of strangers', () => {
  it('makes no element of its own, whatever it holds', () => {
    const pieces = fc.constantFrom('<script>', '</bdi>', '<img src=x onerror=alert(1)>', '&lt;', '"', '\'', '<!--', ']]>', 'javascript:', '\u202e', '\u0000', 'ä', '👩‍💻', ...hidden);
    fc.assert(fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' }))), parts => {
      expect(tags(markup(parts.join(''))).filter(tag => tag !== 'bdi' && tag !== 'span')).toEqual([]);
    }), { seed: 20261121, numRuns: 500 });
  });

  it.each(hidden)('shows %j as a chip with its code', character => {
    const segments = visibleSegments(`a${character}b`);
    expect(segments.map(segment => segment.kind)).toEqual(['text', 'chip', 'text']);
    expect(segments[1]).toMatchObject({ title: expect.stringMatching(/^U\+[0-9A-F]{4,6}/) as string });
  });

  it('keeps every visible character in its place', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => {
      const shown = visibleSegments(text).map(segment => (segment.kind === 'text' ? segment.text : '')).join('');
      expect([...text].filter(character => shown.includes(character)).join('')).toBe(shown);
    }), { seed: 20261121, numRuns: 300 });
  });

  it('leaves emoji and ordinary letters of any script alone', () => {
    for (const text of ['👨‍👩‍👧', '✔️', '👩🏽‍💻', '1️⃣', 'Ünal 王 محمد', 'e\u0301']) expect(visibleSegments(text)).toEqual([{ kind: 'text', text }]);
  });

  it('does not reach into the text around it', () => {
    expect(markup('\u05d0\u05d1')).toMatch(/^<bdi/);
  });

  it('is cut at its limit, with a way to see more where there is room for one', () => {
    const long = 'x'.repeat(70_000);
    expect(markup(long)).toContain('…');
    expect(markup(long).length).toBeLessThan(66_000);
    expect(markup(long, { more: 'button' })).toMatch(/<button[^>]*>Show more \(4,464 characters left\)/);
    expect(markup('x'.repeat(65_536))).not.toContain('…');
  });

  it('never ends in half of a character', () => {
    expect(cutText('ab😀', 3)).toBe('ab');
    expect(cutText('ab😀', 4)).toBe('ab😀');
  });

  it('draws nothing, or the given words, where there is no text', () => {
    expect(markup(null)).toBe('');
    expect(markup('', { empty: 'none' })).toContain('none');
  });
});
