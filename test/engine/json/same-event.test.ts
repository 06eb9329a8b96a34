import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameEvent } from '../../../electron/engine/json/same-event';
import { jsonObject, jsonValue, runs, seeds, utf8, writtenBytes } from './written-json';

const same = (a: string, b: string): boolean => sameEvent(utf8(a), utf8(b));

describe('telling a duplicate from a revision', () => {
  it('takes any two ways of writing one event for the same', () => {
    fc.assert(fc.property(jsonObject, seeds, seeds, (event, a, b) => {
      expect(sameEvent(writtenBytes(event, a), writtenBytes(event, b))).toBe(true);
    }), runs(400));
  });

  it('takes two events for the same exactly when their values are equal', () => {
    fc.assert(fc.property(jsonObject, fc.string({ maxLength: 5 }).filter(key => !['_id', 'id'].includes(key)), jsonValue, seeds, (event, key, value, seed) => {
      const changed = JSON.parse(JSON.stringify({ ...event, [key]: value })) as Record<string, unknown>;
      const equal = Object.hasOwn(event, key) && JSON.stringify(event[key]) === JSON.stringify(changed[key]);
      expect(sameEvent(writtenBytes(event, seed), writtenBytes(changed, seed))).toBe(equal);
    }), runs(400));
  });

  it('ignores the fields that the API and the streams fill differently, at the top only', () => {
    expect(same('{"_id":"1","id":"1","isMobile":false,"log_id":"1"}', '{"log_id":"1","is_mobile":true}')).toBe(true);
    expect(same('{"details":{"id":1}}', '{"details":{"id":2}}')).toBe(false);
    expect(same('{"details":{"id":1}}', '{"details":{}}')).toBe(false);
  });

  it('does not round long numbers into being equal', () => {
    expect(same('{"n":9007199254740993}', '{"n":9007199254740992}')).toBe(false);
    expect(same('{"n":0.1}', '{"n":0.1000000000000000055}')).toBe(false);
    expect(same('{ "n": 9007199254740993 }', '{"n":9007199254740993}')).toBe(true);
    expect(same('{"n":1}', '{"n":"1"}')).toBe(false);
  });

  it('lets the last of several members with one key count', () => {
    expect(same('{"a":1,"a":2}', '{"a":2}')).toBe(true);
    expect(same('{"a":2,"a":1}', '{"a":2}')).toBe(false);
  });

  it('compares keys that name parts of every object like any other', () => {
    expect(same('{"__proto__":{"a":1}}', '{"__proto__": {"a":1}}')).toBe(true);
    expect(same('{"__proto__":{"a":1}}', '{}')).toBe(false);
    expect(same('{"a":{}}', '{"a":{"constructor":1}}')).toBe(false);
  });

  it('tells lists from objects, and null from nothing', () => {
    expect(same('{"a":[]}', '{"a":{}}')).toBe(false);
    expect(same('{"a":null}', '{}')).toBe(false);
    expect(same('{"a":[1,2]}', '{"a":[2,1]}')).toBe(false);
    for (const [a, b] of [['[1]', '[1,2]'], ['[1,2]', '[1]'], ['[]', '[null]']] as const) expect(same(`{"a":${a}}`, `{"a":${b}}`)).toBe(false);
  });

  it('compares what is nested 100,000 deep', () => {
    const deep = (core: string): string => `{"a":${'[{"b":'.repeat(50_000)}${core}${'}]'.repeat(50_000)}}`;
    expect(same(deep('1'), deep(' 1'))).toBe(true);
    expect(same(deep('1'), deep('2'))).toBe(false);
  });

  it('keeps apart bodies that are not JSON or not UTF-8, unless they are the same bytes', () => {
    const odd = (byte: number): Uint8Array => new Uint8Array([0x22, byte, 0x22]);
    expect(sameEvent(odd(0xff), odd(0xff))).toBe(true);
    expect(sameEvent(odd(0xff), odd(0xfe))).toBe(false);
    expect(same('{"a":1', '{"a": 1')).toBe(false);
    expect(same('', ' ')).toBe(false);
    expect(same('{"a":"\\ud800"}', '{"a":"\\ud801"}')).toBe(false);
  });
});
