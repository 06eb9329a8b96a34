/** Makes text of unknown origin safe to show in a terminal: what would be invisible or act on the terminal becomes a visible escape. */

/**
 * Control characters, format characters (bidi overrides, zero width), lone surrogates, private use, line and paragraph
 * separators, and the letters that draw nothing. A field of a log is written by whoever tried to log in.
 */
const unshowable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

const shortNames: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return shortNames[character] ?? (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`);
}

export const visibleText = (text: string): string => text.replace(unshowable, escapeOf);

const unitEscapes = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** One JSON document on one line, of the same value, whose text does nothing to a terminal either. */
export const visibleJson = (document: unknown): string => JSON.stringify(document).replace(unshowable, unitEscapes);

const combining = /^\p{M}$/u;
/** East Asian wide and full-width forms and the pictographs: two columns each in a terminal. */
const wide = /^[\u1100-\u115e\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1b000}-\u{1b2ff}\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]$|^\p{Emoji_Presentation}$/u;

function columnsOf(character: string): number {
  if (character < '\u0300') return 1;
  return combining.test(character) ? 0 : wide.test(character) ? 2 : 1;
}

/** Nearly every cell is such: a page of five thousand rows should not look at each letter. */
const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** Columns that visible text takes in a terminal. */
export function displayWidth(text: string): number {
  if (isPlain(text)) return text.length;
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

/** Marks heaped on one letter would draw over the lines around it. */
const maxMarks = 3;

/** Visible text that takes at most `columns`; cut text ends in an ellipsis. */
export function fitText(text: string, columns: number): string {
  if (isPlain(text)) return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
  let fitted = '';
  let width = 0;
  let marks = 0;
  let beforeLast = '';
  for (const character of text) {
    const next = columnsOf(character);
    marks = next === 0 ? marks + 1 : 0;
    if (marks > maxMarks) continue;
    if (width + next > columns) return `${beforeLast}…`;
    fitted += character;
    width += next;
    if (width < columns) beforeLast = fitted;
  }
  return fitted;
}
