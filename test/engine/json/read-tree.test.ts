import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTree } from '../../../electron/engine/json/read-tree';
import { syntaxProblem } from '../../../electron/engine/json/syntax-problem';
import { jsonValue, runs, seeds, writtenJson } from './written-json';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('reading JSON text strictly', () => {
  it('accepts exactly what JSON.parse accepts, after any small change to a text', () => {
    const change = fc.record({ at: fc.nat(), drop: fc.nat({ max: 2 }), insert: fc.constantFrom('', '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', '.', 'e', 't', ' ', '\n', '\u0001', '\\u12', '\ud800') });
    fc.assert(fc.property(jsonValue, seeds, change, (value, seed, { at, drop, insert }) => {
      const text = writtenJson(value, seed);
      const place = at % (text.length + 1);
      const changed = text.slice(0, place) + insert + text.slice(place + drop);
      expect(readTree(changed).kind).toBe(isJson(changed) ? 'tree' : 'broken');
    }), runs(3000));
  });

  it.each(['', ' ', '01', '-', '1.', '.5', '1e', '+1', 'tru', 'truex', '"\n"', '"\\x"', '[1,]', '{"a":1,}', '{a:1}', '{"a"}', '[1 2]', '{} {}', ']', '}', 'NaN', '"\\u00g0"'])('refuses %j as JSON.parse does', text => {
    expect(isJson(text)).toBe(false);
    expect(readTree(text).kind).toBe('broken');
  });

  it('says where a text stops being JSON, without quoting it', () => {
    expect(syntaxProblem('{"a":oops}')).toBe('not JSON: unexpected text at character 6');
    expect(syntaxProblem('{"a":1}{')).toBe('not JSON: unexpected text at character 8');
    expect(syntaxProblem('{"a":[1')).toBe('not JSON: it ends too early');
    expect(syntaxProblem('{"a":"b')).toBe('not JSON: it ends too early');
    expect(syntaxProblem('')).toBe('not JSON: it ends too early');
  });
});
