/** Writes a value as JSON in one of very many equivalent ways, chosen by a number. */
import fc from 'fast-check';

type Dice = (sides: number) => number;

function dice(seed: number): Dice {
  let state = seed >>> 0;
  return sides => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % sides;
  };
}

const spaces = ['', '', '', ' ', '\n', '\r\n', '\t', '  \n '];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const hex = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function write(value: unknown, roll: Dice): string {
  const gap = (): string => spaces[roll(spaces.length)]!;
  const text = (plain: string): string => [...JSON.stringify(plain).slice(1, -1).matchAll(/\\.|[^\\]/gsu)]
    .map(([part]) => (part.length === 1 && roll(6) === 0 ? hex(part) : part)).join('');
  if (typeof value === 'string') return `"${text(value)}"`;
  if (Array.isArray(value)) return `[${gap()}${value.map(inner => write(inner, roll) + gap()).join(`,${gap()}`)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(member => ({ member, place: roll(1000) })).sort((a, b) => a.place - b.place);
  return `{${gap()}${members.map(({ member: [key, inner] }) => `"${text(key)}"${gap()}:${gap()}${write(inner, roll)}${gap()}`).join(`,${gap()}`)}}`;
}

/** Key order, white space and escapes differ from seed to seed; the value does not. */
export const writtenJson = (value: unknown, seed: number): string => write(value, dice(seed));
export const writtenBytes = (value: unknown, seed: number): Uint8Array => bytes(writtenJson(value, seed));
export const utf8 = bytes;
/** A byte order mark stays part of the text. */
export const textOf = (part: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(part);

/** Any JSON value, as JSON.parse would give it. */
export const jsonValue = fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' }).map(value => JSON.parse(JSON.stringify(value)) as unknown);
export const jsonObject = fc.dictionary(fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('__proto__', 'constructor', 'data', 'da"ta')), jsonValue, { maxKeys: 6 })
  .map(value => JSON.parse(JSON.stringify(value)) as Record<string, unknown>);
export const seeds = fc.integer({ min: 0, max: 0xffff_ffff });
/** The same cases on every run. */
export const runs = (numRuns: number) => ({ seed: 20_261_121, numRuns });
