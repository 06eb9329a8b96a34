/** Tells whether two bodies with one log id are the same event, or a revision that must be kept. */
import { readTree } from './read-tree';
import type { Tree } from './read-tree';

/** Fields that the API and the log streams fill differently for one event: they are not part of what happened. */
const housekeeping = ['_id', 'id', 'isMobile', 'is_mobile', 'log_id'] as const;

/**
 * Equal as JSON values: key order, white space and escapes do not matter, nor do the housekeeping fields at the top. Numbers
 * are compared as written, so that 1 and 1.0 differ. Bodies that are not JSON in valid UTF-8 are the same only byte for byte.
 */
export function sameEvent(a: Uint8Array, b: Uint8Array): boolean {
  if (sameBytes(a, b)) return true;
  const left = bodyTree(a);
  const right = left === null ? null : bodyTree(b);
  return left !== null && right !== null && sameTree(left.tree, right.tree);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

function bodyTree(bytes: Uint8Array): { readonly tree: Tree } | null {
  const reading = readTree(strictText(bytes) ?? '');
  if (reading.kind === 'broken') return null;
  const { tree } = reading;
  if (!(tree instanceof Map)) return { tree };
  const event = new Map<string, Tree>(tree);
  for (const field of housekeeping) event.delete(field);
  return { tree: event };
}

/** Null when the bytes are not UTF-8: replaced characters would make different bodies look the same. */
function strictText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function sameTree(a: Tree, b: Tree): boolean {
  const pairs: [Tree, Tree][] = [[a, b]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const inner = innerPairs(...pair);
    if (inner === null) return false;
    for (const next of inner) pairs.push(next);
  }
  return true;
}

/** The pairs that must be the same for these two to be; null when these two already differ. */
function innerPairs(a: Tree, b: Tree): Iterable<[Tree, Tree]> | null {
  if (a === b) return [];
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return null;
  if ('written' in a && 'written' in b) return a.written === b.written ? [] : null;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length ? a.map((value: Tree, index): [Tree, Tree] => [value, b[index] as Tree]) : null;
  return a instanceof Map && b instanceof Map ? memberPairs(a, b) : null;
}

function memberPairs(a: ReadonlyMap<string, Tree>, b: ReadonlyMap<string, Tree>): [Tree, Tree][] | null {
  if (a.size !== b.size) return null;
  const pairs: [Tree, Tree][] = [];
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined) return null;
    pairs.push([value, other]);
  }
  return pairs;
}
