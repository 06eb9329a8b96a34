import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitArray } from '../../../electron/engine/json/split-array';
import { jsonValue, runs, seeds, textOf, utf8, writtenJson } from './written-json';

const elements = (text: string): readonly string[] | string => {
  const body = utf8(text);
  const result = splitArray(body);
  return 'problem' in result ? result.problem : result.map(({ start, end }) => textOf(body.subarray(start, end)));
};

describe('splitting a page of the log', () => {
  it('gives each element exactly as it came, whatever the white space', () => {
    fc.assert(fc.property(fc.array(jsonValue, { maxLength: 6 }), seeds, fc.constantFrom('', ' ', '\r\n', '\ufeff', '\ufeff\n'), (values, seed, before) => {
      const texts = values.map((value, index) => writtenJson(value, seed + index));
      expect(elements(`${before}[ ${texts.join(' ,\n')}\t]\n`)).toEqual(texts);
    }), runs(300));
  });

  it('refuses a page that is cut at any byte', () => {
    fc.assert(fc.property(fc.array(jsonValue, { minLength: 1, maxLength: 4 }), seeds, (values, seed) => {
      const body = utf8(writtenJson(values, seed));
      for (let length = 0; length < body.length; length += 1) expect(splitArray(body.subarray(0, length))).toHaveProperty('problem');
    }), runs(60));
  });

  it('refuses a page with anything behind its array', () => {
    fc.assert(fc.property(jsonValue, fc.constantFrom(']', '[]', '{}', ',', 'x', '0', '"', '\0'), (value, garbage) => {
      expect(typeof elements(`[${JSON.stringify(value)}] ${garbage}`)).toBe('string');
    }), runs(100));
  });

  it.each([
    ['', 'it is empty'],
    ['  \n', 'it is empty'],
    ['{"error":"x"}', 'it is not a JSON array'],
    ['<html>', 'it is not a JSON array'],
    ['[', 'it ends inside the array'],
    ['[{"a":"]', 'it ends inside the array'],
    ['[{}', 'it ends inside the array'],
    ['[{} {}]', 'unexpected text at byte 4'],
    ['[{},]', 'unexpected text at byte 4'],
    ['[,{}]', 'unexpected text at byte 1'],
    ['[oops]', 'unexpected text at byte 1'],
    ['[]]', 'there is more behind the array, at byte 2'],
  ])('says what is wrong with %j', (text, problem) => expect(elements(text)).toBe(problem));

  it('is not misled by brackets, quotes and backslashes inside strings', () => {
    const texts = ['{"a":"],[{\\""}', '"\\\\"', '["\\\\\\"]"]'];
    expect(elements(`[${texts.join(',')}]`)).toEqual(texts);
  });

  it('splits a page whose element is nested 100,000 deep', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(elements(`[1,${deep},2]`)).toEqual(['1', deep, '2']);
  });

  it('finds no element in an empty page', () => expect(elements(' [ ] ')).toEqual([]));
});
