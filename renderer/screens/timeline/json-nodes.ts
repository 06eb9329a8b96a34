/** Reads a JSON text into a flat list of its values in the order they are written, so that no depth overflows a stack and every number stays as written. */

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'literal';

export type JsonNode = {
  readonly kind: JsonKind;
  /** Name within an object, position within an array, null for the whole. */
  readonly key: string | number | null;
  readonly depth: number;
  /** Index of the node that holds it; -1 for the whole. */
  readonly parent: number;
  /** Where it stands in the text: from the first character to behind the last. */
  readonly start: number;
  readonly end: number;
  /** Values directly within it. */
  readonly childCount: number;
  /** Index of the first node behind everything within it. */
  readonly after: number;
};

export type JsonNodes =
  | { readonly kind: 'nodes'; readonly text: string; readonly nodes: readonly JsonNode[]; /** Whether values beyond the limit were left out. */ readonly isCut: boolean }
  | { readonly kind: 'unreadable' };

/** So many values are kept for the tree; the text has all. */
export const mostNodes = 200_000;

type Draft = { -readonly [Field in keyof JsonNode]: JsonNode[Field] };
type Open = { readonly index: number; name: string | null };

const blank = /[\t\n\r ]*/y;
const scalar = /-?\d[\d.eE+-]*|true|false|null/y;

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** A string with its quotes; found by hand, since an expression would need a stack as deep as the string is long. */
function stringAt(text: string, at: number): string | null {
  if (text[at] !== '"') return null;
  for (let end = text.indexOf('"', at + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text[before] === '\\') before -= 1;
    if ((end - before) % 2 === 1) return text.slice(at, end + 1);
  }
  return null;
}

const skipBlank = (text: string, at: number): number => at + (matchAt(blank, text, at)?.length ?? 0);

const kindOf = (first: string): JsonKind => (first === '{' ? 'object' : first === '[' ? 'array' : first === '"' ? 'string' : /[-\d]/.test(first) ? 'number' : 'literal');

/** The text a JSON string stands for; the string itself where it is not well formed. */
export function decodeString(written: string): string {
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === 'string' ? value : written;
  } catch {
    return written;
  }
}

/** One walk over a text; its state is the list so far and the values that are still open. */
class Walk {
  readonly nodes: Draft[] = [];
  readonly #open: Open[] = [];
  readonly #text: string;

  constructor(text: string) { this.#text = text; }

  get isOpen(): boolean { return this.#open.length > 0; }

  #key(): string | number | null {
    const open = this.#open.at(-1);
    if (open === undefined) return null;
    return open.name ?? this.nodes[open.index]?.childCount ?? 0;
  }

  /** Takes one value, or the beginning of one that holds others; where to go on, or -1. */
  value(at: number): number {
    const first = this.#text[at] ?? '';
    const holds = first === '{' || first === '[';
    const written = holds ? first : stringAt(this.#text, at) ?? matchAt(scalar, this.#text, at);
    if (written === null) return -1;
    const holder = this.#open.at(-1);
    const key = this.#key();
    const parent = holder === undefined ? undefined : this.nodes[holder.index];
    if (parent !== undefined) parent.childCount += 1;
    const index = this.nodes.length;
    this.nodes.push({ kind: kindOf(first), key, depth: this.#open.length, parent: holder?.index ?? -1, start: at, end: at + written.length, childCount: 0, after: index + 1 });
    if (holds) this.#open.push({ index, name: null });
    return at + written.length;
  }

  /** Takes the name of an object's member and the colon; where its value begins, or -1. */
  name(at: number): number {
    const written = stringAt(this.#text, at);
    const open = this.#open.at(-1);
    if (written === null || open === undefined) return -1;
    open.name = decodeString(written);
    const colon = skipBlank(this.#text, at + written.length);
    return this.#text[colon] === ':' ? skipBlank(this.#text, colon + 1) : -1;
  }

  /** Whether names stand before the values here. */
  get isInObject(): boolean { return this.nodes[this.#open.at(-1)?.index ?? -1]?.kind === 'object'; }

  closes(at: number): boolean { return this.isOpen && this.#text[at] === (this.isInObject ? '}' : ']'); }

  close(end: number): void {
    const node = this.nodes[this.#open.pop()?.index ?? -1];
    if (node === undefined) return;
    node.end = end;
    node.after = this.nodes.length;
  }

  closeAll(end: number): void { while (this.isOpen) this.close(end); }

  /** Whether the value just opened holds nothing yet, so that no comma is due. */
  get isFresh(): boolean { return this.nodes[this.#open.at(-1)?.index ?? -1]?.childCount === 0; }
}

/** Goes from one value to the next; false where the text is not JSON. */
function step(walk: Walk, text: string, place: { at: number }): boolean {
  place.at = skipBlank(text, place.at);
  if (walk.closes(place.at)) {
    place.at += 1;
    walk.close(place.at);
    return true;
  }
  if (!walk.isFresh) {
    if (text[place.at] !== ',') return false;
    place.at = skipBlank(text, place.at + 1);
  }
  if (walk.isInObject) place.at = walk.name(place.at);
  if (place.at !== -1) place.at = walk.value(place.at);
  return place.at !== -1;
}

/** Every value of a JSON text, what holds others before what it holds; a name that occurs twice is listed twice. */
export function readJsonNodes(text: string, most: number = mostNodes): JsonNodes {
  const walk = new Walk(text);
  const place = { at: walk.value(skipBlank(text, text.startsWith('\ufeff') ? 1 : 0)) };
  if (place.at === -1) return { kind: 'unreadable' };
  while (walk.isOpen && walk.nodes.length < most) {
    if (!step(walk, text, place)) return { kind: 'unreadable' };
  }
  const isCut = walk.isOpen;
  walk.closeAll(text.length);
  return { kind: 'nodes', text, nodes: walk.nodes, isCut };
}

const plainName = /^[A-Za-z_$][\w$]*$/;

/** The names and positions that lead to a node, from the outside in. */
export function keysTo(nodes: readonly JsonNode[], index: number): readonly (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at = index; at >= 0; at = nodes[at]?.parent ?? -1) {
    const key = nodes[at]?.key ?? null;
    if (key !== null) keys.push(key);
  }
  return keys.reverse();
}

/** A path as it is written in code: `details.request.body["a b"][3]`. */
export const writePath = (keys: readonly (string | number)[]): string => keys.map((key, index) => {
  if (typeof key === 'number') return `[${String(key)}]`;
  if (!plainName.test(key)) return `[${JSON.stringify(key)}]`;
  return index === 0 ? key : `.${key}`;
}).join('');
