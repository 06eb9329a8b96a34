/** Reads JSON text into a tree that keeps numbers as they were written, however deep it is. */

/** A number by its own text: two long numbers must not become equal by rounding. */
export type WrittenNumber = { readonly written: string };
export type Tree = string | boolean | null | WrittenNumber | readonly Tree[] | ReadonlyMap<string, Tree>;

/** `at`: index of the first character that cannot be there; the text's length when it ends too early. */
export type TreeReading = { readonly kind: 'tree'; readonly tree: Tree } | { readonly kind: 'broken'; readonly at: number };

type Container = Tree[] | Map<string, Tree>;
/** What the grammar allows next. */
type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'comma or end';

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const words = new Map<string, Tree>([['true', true], ['false', false], ['null', null]]);
const BACKSLASH = 0x5c;
const QUOTE = 0x22;

class Broken extends Error {}

class TreeReader {
  private at = 0;
  private readonly open: { readonly container: Container; key: string }[] = [];
  private expected: Expected = 'value';
  private root: Tree | undefined = undefined;

  constructor(private readonly text: string) {}

  read(): TreeReading {
    try {
      do this.step();
      while (this.open.length > 0);
      this.skipSpace();
      if (this.at < this.text.length || this.root === undefined) throw new Broken();
      return { kind: 'tree', tree: this.root };
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      return { kind: 'broken', at: Math.min(this.at, this.text.length) };
    }
  }

  private step(): void {
    this.skipSpace();
    const character = this.text[this.at];
    if (this.expected === 'comma or end') this.separate(character);
    else if (this.expected === 'key or end' && character === '}') this.close();
    else if (this.expected === 'value or end' && character === ']') this.close();
    else if (this.expected === 'key' || this.expected === 'key or end') this.readKey(character);
    else this.readValue(character);
  }

  private separate(character: string | undefined): void {
    const inArray = Array.isArray(this.open.at(-1)?.container);
    if (character === (inArray ? ']' : '}')) return this.close();
    if (character !== ',') throw new Broken();
    this.at += 1;
    this.expected = inArray ? 'value' : 'key';
  }

  private readKey(character: string | undefined): void {
    const frame = this.open.at(-1);
    if (character !== '"' || frame === undefined) throw new Broken();
    frame.key = this.readString();
    this.skipSpace();
    if (this.text[this.at] !== ':') throw new Broken();
    this.at += 1;
    this.expected = 'value';
  }

  private readValue(character: string | undefined): void {
    if (character === '{') return this.enter(new Map(), 'key or end');
    if (character === '[') return this.enter([], 'value or end');
    this.place(character === '"' ? this.readString() : this.readScalar());
  }

  private enter(container: Container, expected: Expected): void {
    this.place(container);
    this.at += 1;
    this.open.push({ container, key: '' });
    this.expected = expected;
  }

  private close(): void {
    this.at += 1;
    this.open.pop();
    this.expected = 'comma or end';
  }

  private place(value: Tree): void {
    const frame = this.open.at(-1);
    if (frame === undefined) this.root = value;
    else if (Array.isArray(frame.container)) frame.container.push(value);
    else frame.container.set(frame.key, value);
    this.expected = 'comma or end';
  }

  private readScalar(): Tree {
    for (const [word, value] of words) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value;
    }
    number.lastIndex = this.at;
    const match = number.exec(this.text);
    if (match === null) throw new Broken();
    this.at += match[0].length;
    return { written: match[0] };
  }

  private readString(): string {
    const { text, at } = this;
    let escaped = false;
    let index = at + 1;
    for (let code = text.charCodeAt(index); code !== QUOTE; code = text.charCodeAt(index)) {
      if (code === BACKSLASH) {
        escaped = true;
        index += 1;
      }
      index += 1;
      if (!(code >= 0x20)) return this.breakAt(index - 1);
    }
    this.at = index + 1;
    if (!escaped) return text.slice(at + 1, index);
    try {
      return JSON.parse(text.slice(at, index + 1)) as string;
    } catch {
      return this.breakAt(at);
    }
  }

  private breakAt(at: number): never {
    this.at = at;
    throw new Broken();
  }

  private skipSpace(): void {
    for (let code = this.text.charCodeAt(this.at); code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09; code = this.text.charCodeAt(this.at)) this.at += 1;
  }
}

/** Of members with the same key the last stays, as in JSON.parse; a key `__proto__` is a key like any other. */
export function readTree(text: string): TreeReading {
  return new TreeReader(text).read();
}
