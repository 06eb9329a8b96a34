/** Which lines of a JSON tree are seen, given which of its values are folded. */
import type { JsonNode } from './json-nodes';

/** Whole trees up to so many values are unfolded at first; of larger ones the outermost two levels. */
const unfoldedNodes = 500;

export const holdsValues = (node: JsonNode): boolean => node.childCount > 0;

/** Indexes of what is folded at first. */
export function foldedAtFirst(nodes: readonly JsonNode[]): ReadonlySet<number> {
  if (nodes.length <= unfoldedNodes) return new Set();
  return new Set(nodes.flatMap((node, index) => (holdsValues(node) && node.depth >= 2 ? [index] : [])));
}

/** Indexes of the nodes that are seen, in order; the whole itself is not drawn when it holds values. */
export function visibleNodes(nodes: readonly JsonNode[], folded: ReadonlySet<number>): readonly number[] {
  const [whole] = nodes;
  const seen: number[] = [];
  let index = whole !== undefined && holdsValues(whole) ? 1 : 0;
  while (index < nodes.length) {
    const node = nodes[index];
    if (node === undefined) break;
    seen.push(index);
    index = folded.has(index) ? node.after : index + 1;
  }
  return seen;
}

export const allFoldable = (nodes: readonly JsonNode[]): ReadonlySet<number> =>
  new Set(nodes.flatMap((node, index) => (index > 0 && holdsValues(node) ? [index] : [])));

export function toggleFold(folded: ReadonlySet<number>, index: number): ReadonlySet<number> {
  const next = new Set(folded);
  if (!next.delete(index)) next.add(index);
  return next;
}
