import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findMember } from '../../../electron/engine/json/find-member';
import { jsonObject, runs, seeds, textOf, utf8, writtenJson } from './written-json';

const member = (text: string, key: string): string | null => {
  const bytes = utf8(text);
  const range = findMember(bytes, key);
  return range === null ? null : textOf(bytes.subarray(range.start, range.end));
};

describe('finding a member of an object', () => {
  it('finds what JSON.parse finds, for every key and however the object is written', () => {
    fc.assert(fc.property(jsonObject, seeds, (value, seed) => {
      const text = writtenJson(value, seed);
      for (const [key, inner] of Object.entries(value)) expect(JSON.parse(member(text, key)!)).toEqual(inner);
      expect(member(text, 'never a key')).toBeNull();
    }), runs(400));
  });

  it('gives the value exactly as it was written', () => {
    expect(member('\ufeff { "log_id" : "1", "data" :  {"a": 1.0e3,\n"b":"\\u0041"}  }', 'data')).toBe('{"a": 1.0e3,\n"b":"\\u0041"}');
  });

  it('takes the last of several members with one key, as JSON.parse does', () => {
    expect(member('{"data":1,"d\\u0061ta":2,"other":3}', 'data')).toBe('2');
  });

  it('looks at the top only', () => expect(member('{"a":{"data":1},"b":[{"data":2}]}', 'data')).toBeNull());

  it.each(['', '[]', '"data"', '{"data":1', '{"data"}', '{"data":}', '{"data":1}}', '{"data":1 "b":2}', '{data:1}', '{"data":1,}', '{"data', '{"\\q":1', '{}'])('finds nothing in %j', text => {
    expect(member(text, 'data')).toBeNull();
  });

  it('steps over what is nested 100,000 deep', () => {
    expect(member(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)},"data":7}`, 'data')).toBe('7');
  });
});
