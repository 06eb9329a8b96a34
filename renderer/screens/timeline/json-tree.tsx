/** A JSON text as a tree of any depth: only the lines in sight are drawn, and each value is text. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight, Minus, Plus } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useId, useMemo, useRef, useState } from 'react';
import { Button, Callout, classNames, CopyButton, formatCount, IconButton, LogText } from '../../components';
import { decodeString, keysTo, readJsonNodes, writePath } from './json-nodes';
import type { JsonNode } from './json-nodes';
import { allFoldable, foldedAtFirst, holdsValues, toggleFold, visibleNodes } from './json-rows';
import styles from './json-tree.module.css';
import type { CellFilter } from './timeline-row-line';
import { pathTarget } from './value-filters';

const lineHeight = 22;
/** Deeper lines are not moved further in; their depth is told to screen readers all the same. */
const deepestIndent = 24;
const indentWidth = 14;
const longestLine = 400;
const firstCharacters = 2000;

type Tree = { readonly text: string; readonly nodes: readonly JsonNode[] };

/** What a value says: a string without its quotes, everything else as it is written. */
function valueText({ text }: Tree, node: JsonNode): string {
  const written = text.slice(node.start, node.end);
  return node.kind === 'string' ? decodeString(written) : written;
}

function sizeWords(node: JsonNode): string {
  const count = formatCount(node.childCount);
  if (node.kind === 'array') return node.childCount === 0 ? '[]' : `[ ${count} ]`;
  return node.childCount === 0 ? '{}' : `{ ${count} }`;
}

function LineValue({ tree, node }: { readonly tree: Tree; readonly node: JsonNode }) {
  if (node.kind === 'object' || node.kind === 'array') return <span className={styles.size}>{sizeWords(node)}</span>;
  // One character more than is drawn, so that the cut is marked.
  const shown = node.kind === 'string' ? decodeString(tree.text.slice(node.start, node.end)).slice(0, longestLine + 1) : tree.text.slice(node.start, Math.min(node.end, node.start + longestLine + 1));
  return <span className={styles[node.kind]}>{node.kind === 'string' ? '"' : ''}<LogText text={shown} max={longestLine} />{node.kind === 'string' ? '"' : ''}</span>;
}

type LineProps = {
  readonly tree: Tree; readonly index: number; readonly node: JsonNode; readonly id: string; readonly top: number;
  readonly fold: 'folded' | 'unfolded' | 'none'; readonly isChosen: boolean; readonly onChoose: () => void; readonly onToggle: () => void;
};

function TreeLine({ tree, node, id, top, fold, isChosen, onChoose, onToggle }: LineProps) {
  const Icon = fold === 'folded' ? ChevronRight : ChevronDown;
  return (
    <div role="treeitem" id={id} aria-level={node.depth + 1} aria-selected={isChosen} {...(fold === 'none' ? {} : { 'aria-expanded': fold === 'unfolded' })}
      className={classNames(styles.line, isChosen && styles.chosen)} onClick={onChoose} onDoubleClick={() => { if (fold !== 'none') onToggle(); }}
      style={{ transform: `translateY(${String(top)}px)`, paddingInlineStart: 8 + Math.min(Math.max(0, node.depth - 1), deepestIndent) * indentWidth }}>
      <span className={styles.fold} onClick={event => { if (fold !== 'none') { event.stopPropagation(); onChoose(); onToggle(); } }}>{fold !== 'none' && <Icon size={14} aria-hidden="true" />}</span>
      {node.key !== null && <><span className={typeof node.key === 'number' ? styles.position : styles.key}><LogText text={String(node.key)} max={200} /></span><span className={styles.colon}>: </span></>}
      <LineValue tree={tree} node={node} />
    </div>
  );
}

/** The chosen value whole, with what can be done with it. */
function ChosenValue({ tree, index, onFilter }: { readonly tree: Tree; readonly index: number; readonly onFilter: CellFilter }) {
  const node = tree.nodes[index];
  if (node === undefined) return null;
  const keys = keysTo(tree.nodes, index);
  const path = writePath(keys);
  const isPlain = node.kind === 'string' || node.kind === 'number' || node.kind === 'literal';
  const text = valueText(tree, node);
  const target = isPlain && text !== 'null' ? pathTarget(keys, text) : null;
  return (
    <section className={styles.detail} aria-label="Chosen value">
      <div className={styles.bar}>
        <LogText text={path === '' ? 'The whole event' : path} max={1000} face="mono" className={styles.path} />
        {target !== null && <IconButton size="small" icon={Plus} label="Filter for this value" onClick={() => { onFilter(target, 'for'); }} />}
        {target !== null && target.field !== 'q' && <IconButton size="small" icon={Minus} label="Filter this value out" onClick={() => { onFilter(target, 'not'); }} />}
        <CopyButton text={path} what="path" />
        <CopyButton text={text} what="value" />
      </div>
      <div className={styles.whole}><LogText key={index} text={text} max={firstCharacters} more="button" face="mono" empty={node.kind === 'string' ? 'Empty text' : ''} /></div>
    </section>
  );
}

type Lines = { readonly seen: readonly number[]; readonly folded: ReadonlySet<number>; readonly chosen: number };
type Move = { readonly chosen: number } | { readonly toggled: number } | null;

/** Arrow keys as in any tree: right unfolds or goes in, left folds or goes out. */
function moveOf(key: string, { seen, folded, chosen }: Lines, nodes: readonly JsonNode[]): Move {
  const at = seen.indexOf(chosen);
  const node = nodes[chosen];
  const to = (position: number): Move => ({ chosen: seen[Math.max(0, Math.min(seen.length - 1, position))] ?? chosen });
  const isFoldable = node !== undefined && holdsValues(node);
  switch (key) {
    case 'ArrowDown': return to(at + 1);
    case 'ArrowUp': return to(at - 1);
    case 'Home': return to(0);
    case 'End': return to(seen.length - 1);
    case 'ArrowRight': return isFoldable ? (folded.has(chosen) ? { toggled: chosen } : to(at + 1)) : null;
    case 'ArrowLeft': return isFoldable && !folded.has(chosen) ? { toggled: chosen } : to(seen.indexOf(node?.parent ?? -1));
    default: return null;
  }
}

function FoldBar({ nodes, onFold }: { readonly nodes: readonly JsonNode[]; readonly onFold: (folded: ReadonlySet<number>) => void }) {
  return (
    <div className={styles.bar}>
      <span className={styles.size}>{formatCount(nodes.length)} {nodes.length === 1 ? 'value' : 'values'}</span>
      <span className={styles.space} />
      <Button size="small" variant="quiet" onClick={() => { onFold(new Set()); }}>Unfold all</Button>
      <Button size="small" variant="quiet" onClick={() => { onFold(allFoldable(nodes)); }}>Fold all</Button>
    </div>
  );
}

function TreeLines({ tree, onFilter }: { readonly tree: Tree; readonly onFilter: CellFilter }) {
  const scroll = useRef<HTMLDivElement>(null);
  const id = useId();
  const [folded, setFolded] = useState(() => foldedAtFirst(tree.nodes));
  const seen = useMemo(() => visibleNodes(tree.nodes, folded), [tree, folded]);
  const [chosen, setChosen] = useState(() => seen[0] ?? 0);
  const virtual = useVirtualizer({ count: seen.length, getScrollElement: () => scroll.current, estimateSize: () => lineHeight, overscan: 10 });
  const toggle = (index: number): void => { setFolded(before => toggleFold(before, index)); };
  const press = (event: KeyboardEvent): void => {
    const move = event.ctrlKey || event.metaKey || event.altKey ? null : moveOf(event.key, { seen, folded, chosen }, tree.nodes);
    if (move === null) return;
    event.preventDefault();
    if ('toggled' in move) return toggle(move.toggled);
    setChosen(move.chosen);
    virtual.scrollToIndex(seen.indexOf(move.chosen));
  };
  const drawn = virtual.getVirtualItems();
  const isDrawn = drawn.some(item => seen[item.index] === chosen);
  return (
    <>
      <FoldBar nodes={tree.nodes} onFold={setFolded} />
      <div ref={scroll} role="tree" aria-label="Values of the event" tabIndex={0} className={styles.tree} onKeyDown={press} {...(isDrawn ? { 'aria-activedescendant': `${id}-${String(chosen)}` } : {})}>
        <div role="presentation" className={styles.lines} style={{ height: virtual.getTotalSize() }}>
          {drawn.map(item => {
            const index = seen[item.index] ?? 0;
            const node = tree.nodes[index];
            return node === undefined ? null : (
              <TreeLine key={index} tree={tree} index={index} node={node} id={`${id}-${String(index)}`} top={item.start} isChosen={index === chosen}
                fold={holdsValues(node) ? (folded.has(index) ? 'folded' : 'unfolded') : 'none'} onChoose={() => { setChosen(index); }} onToggle={() => { toggle(index); }} />
            );
          })}
        </div>
      </div>
      <ChosenValue tree={tree} index={chosen} onFilter={onFilter} />
    </>
  );
}

export function JsonTree({ text, onFilter }: { readonly text: string; readonly onFilter: CellFilter }) {
  const read = useMemo(() => readJsonNodes(text), [text]);
  if (read.kind === 'unreadable') return <div className={styles.note}><Callout tone="warning" title="This text is not JSON">The raw text shows it as it came.</Callout></div>;
  return (
    <div className={styles.frame}>
      {read.isCut && <div className={styles.note}><Callout tone="info">The tree shows the first {formatCount(read.nodes.length)} values; the raw text has them all.</Callout></div>}
      <TreeLines tree={read} onFilter={onFilter} />
    </div>
  );
}
