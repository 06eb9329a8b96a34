/** Makes characters visible that would hide, reorder or break text: what strangers wrote into a log must look like what it is. */

export type Segment = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'chip'; readonly label: string; readonly title: string };

/** Controls, format characters (bidirectional and zero width among them), halves of pairs, line separators, and letters that draw nothing. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const hiddenAnywhere = new RegExp(hidden.source, 'gu');

const names: ReadonlyMap<number, readonly [label: string, name: string]> = new Map([
  [0x00, ['NUL', 'null']], [0x07, ['BEL', 'bell']], [0x08, ['BS', 'backspace']], [0x09, ['TAB', 'tabulator']], [0x0a, ['LF', 'line feed']],
  [0x0d, ['CR', 'carriage return']], [0x1b, ['ESC', 'escape']], [0x7f, ['DEL', 'delete']], [0x85, ['NEL', 'next line']], [0xad, ['SHY', 'soft hyphen']],
  [0x61c, ['ALM', 'Arabic letter mark']], [0x200b, ['ZWSP', 'zero width space']], [0x200c, ['ZWNJ', 'zero width non-joiner']],
  [0x200d, ['ZWJ', 'zero width joiner']], [0x200e, ['LRM', 'left-to-right mark']], [0x200f, ['RLM', 'right-to-left mark']],
  [0x2028, ['LS', 'line separator']], [0x2029, ['PS', 'paragraph separator']], [0x202a, ['LRE', 'left-to-right embedding']],
  [0x202b, ['RLE', 'right-to-left embedding']], [0x202c, ['PDF', 'pop directional formatting']], [0x202d, ['LRO', 'left-to-right override']],
  [0x202e, ['RLO', 'right-to-left override']], [0x2060, ['WJ', 'word joiner']], [0x2066, ['LRI', 'left-to-right isolate']],
  [0x2067, ['RLI', 'right-to-left isolate']], [0x2068, ['FSI', 'first strong isolate']], [0x2069, ['PDI', 'pop directional isolate']],
  [0xfeff, ['BOM', 'zero width no-break space']],
]);

function chip(character: string): Segment {
  const code = character.codePointAt(0) ?? 0;
  const written = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const known = names.get(code);
  return known === undefined ? { kind: 'chip', label: written, title: `${written}, a character that is not visible` } : { kind: 'chip', label: known[0], title: `${written} ${known[1]}` };
}

const endsInPicture = /\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})*$/u;

/** The joiner inside one emoji (a family, say) and the selector behind a sign are part of its picture. */
function joinsPictures(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 6), at);
  if (text[at] === '\ufe0f') return /\p{Emoji}$/u.test(before);
  return text[at] === '\u200d' && endsInPicture.test(before) && /^\p{Extended_Pictographic}/u.test(text.slice(at + 1, at + 3));
}

/** Splits a text into what can be shown as it stands and chips for each character that cannot. */
export function visibleSegments(text: string): readonly Segment[] {
  if (!hidden.test(text)) return text === '' ? [] : [{ kind: 'text', text }];
  const segments: Segment[] = [];
  let shown = 0;
  for (const match of text.matchAll(hiddenAnywhere)) {
    if (joinsPictures(text, match.index)) continue;
    if (match.index > shown) segments.push({ kind: 'text', text: text.slice(shown, match.index) });
    segments.push(chip(match[0]));
    shown = match.index + match[0].length;
  }
  if (shown < text.length) segments.push({ kind: 'text', text: text.slice(shown) });
  return segments;
}

/** The same as plain text, for where no elements can stand, such as a title: `user[RLO]gpj.exe`. */
export const visibleText = (text: string): string => visibleSegments(text).map(segment => (segment.kind === 'text' ? segment.text : `[${segment.label}]`)).join('');

/** The first characters of a text, never ending in half of a pair. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}
