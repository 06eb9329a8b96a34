import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeString, keysTo, readJsonNodes, writePath } from '../../../renderer/screens/timeline/json-nodes';
import type { JsonNode } from '../../../renderer/screens/timeline/json-nodes';
import { allFoldable, foldedAtFirst, toggleFold, visibleNodes } from '../../../renderer/screens/timeline/json-rows';

function nodesOf(text: string): readonly JsonNode[] {
  const read = readJsonNodes(text);
  if (read.kind === 'unreadable') throw new Error('unreadable');
  return read.nodes;
}

/** Builds the value again from the flat list. */
function rebuilt(text: string, nodes: readonly JsonNode[], index = 0): unknown {
  const node = nodes[index]!;
  const within = nodes.flatMap((child, at) => (child.parent === index ? [at] : []));
  if (node.kind === 'array') return within.map(at => rebuilt(text, nodes, at));
  if (node.kind !== 'object') return JSON.parse(text.slice(node.start, node.end));
  const value: Record<string, unknown> = {};
  for (const at of within) Object.defineProperty(value, String(nodes[at]!.key), { value: rebuilt(text, nodes, at), enumerable: true, configurable: true, writable: true });
  return value;
}

describe('the tree of an event', () => {
  it('holds the values of any JSON text, however it is spaced', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t', '\r\n '), (value, space) => {
      const text = JSON.stringify(value, null, space);
      expect(rebuilt(text, nodesOf(text))).toEqual(JSON.parse(text));
    }), { seed: 6, numRuns: 300 });
  });

  it('keeps numbers as they are written', () => {
    const text = '{"id":12345678901234567890123,"x":1.10,"y":-0,"z":1e400}';
    expect(nodesOf(text).slice(1).map(node => text.slice(node.start, node.end))).toEqual(['12345678901234567890123', '1.10', '-0', '1e400']);
  });

  it('lists a name that occurs twice both times, and names such as __proto__ like any other', () => {
    expect(nodesOf('{"a":1,"a":2,"__proto__":3}').slice(1).map(node => node.key)).toEqual(['a', 'a', '__proto__']);
  });

  it('reads 100,000 lists within each other without a stack', () => {
    const nodes = nodesOf('['.repeat(100_000) + ']'.repeat(100_000));
    expect(nodes).toHaveLength(100_000);
    expect(nodes.at(-1)?.depth).toBe(99_999);
    expect(visibleNodes(nodes, new Set())).toHaveLength(99_999);
    expect(keysTo(nodes, 99_999)).toHaveLength(99_999);
  });

  it('reads a text of eight megabytes in one string, full of backslashes', () => {
    const text = JSON.stringify({ long: '\\"'.repeat(2_000_000) });
    expect(decodeString(text.slice(nodesOf(text)[1]!.start, nodesOf(text)[1]!.end))).toHaveLength(4_000_000);
  });

  it('stops at the most values and says so', () => {
    const read = readJsonNodes(`[${'1,'.repeat(999)}1]`, 100);
    expect(read).toMatchObject({ kind: 'nodes', isCut: true });
    expect(read.kind === 'nodes' && read.nodes.length).toBe(100);
  });

  it.each(['', ' ', '{', '[1', '{"a"}', '{"a":}', '{a:1}', '[1 2]', 'nonsense', '"open', '[,1]', '{"a":1 "b":2}'])('takes %j for no JSON', text => {
    expect(readJsonNodes(text)).toEqual({ kind: 'unreadable' });
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '1', 'a', ' ', 'null') }), text => { readJsonNodes(text); }), { seed: 7, numRuns: 2000 });
  });

  it('folds what is in a value, and unfolds it again', () => {
    const nodes = nodesOf('{"a":{"b":[1,2]},"c":3}');
    const keysSeen = (folded: ReadonlySet<number>): unknown[] => visibleNodes(nodes, folded).map(index => nodes[index]!.key);
    expect(keysSeen(new Set())).toEqual(['a', 'b', 0, 1, 'c']);
    expect(keysSeen(toggleFold(new Set(), 1))).toEqual(['a', 'c']);
    expect(keysSeen(toggleFold(new Set([1]), 1))).toEqual(['a', 'b', 0, 1, 'c']);
    expect(keysSeen(allFoldable(nodes))).toEqual(['a', 'c']);
  });

  it('begins folded where there is very much', () => {
    expect(foldedAtFirst(nodesOf('{"a":{"b":{"c":1}}}')).size).toBe(0);
    const many = nodesOf(JSON.stringify({ a: { b: Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`k${String(index)}`, 1])) } }));
    expect(visibleNodes(many, foldedAtFirst(many)).map(index => many[index]!.key)).toEqual(['a', 'b']);
  });

  it('writes paths as code does', () => {
    expect(writePath(['details', 'request', 'a b', 3, 'x"y', 'z'])).toBe('details.request["a b"][3]["x\\"y"].z');
    expect(writePath([])).toBe('');
  });
});
