/** Judges a new passphrase in words: how hard it is to guess, by length and variety, without sending it anywhere. */

export const leastLength = 8;

export type Strength = { readonly level: 'none' | 'short' | 'weak' | 'fair' | 'strong'; /** 0 to 1. */ readonly share: number; readonly words: string };

/** Characters of one kind that somebody who guesses must try. */
const kinds: readonly (readonly [RegExp, number])[] = [[/[a-z]/, 26], [/[A-Z]/, 26], [/\d/, 10], [/[^a-zA-Z\d]/, 33]];

/** Bits if every character were chosen by chance; one that repeats the character before it, or goes on in order, counts for nothing. */
export function guessBits(text: string): number {
  const size = kinds.reduce((sum, [kind, count]) => sum + (kind.test(text) ? count : 0), 0);
  const points = [...text].map(character => character.codePointAt(0) ?? 0);
  const counted = points.filter((point, index) => index === 0 || Math.abs(point - (points[index - 1] ?? 0)) > 1).length;
  return size === 0 ? 0 : Math.min(counted, new Set(points).size * 2) * Math.log2(size);
}

export function judgePassphrase(text: string): Strength {
  if (text === '') return { level: 'none', share: 0, words: `At least ${String(leastLength)} characters. Several words do well.` };
  if (text.length < leastLength) return { level: 'short', share: 0.1, words: `${String(leastLength - text.length)} more to go: at least ${String(leastLength)} characters.` };
  const bits = guessBits(text);
  if (bits < 50) return { level: 'weak', share: 0.35, words: 'Easy to guess. Add a word or two.' };
  if (bits < 75) return { level: 'fair', share: 0.65, words: 'Fair. Another word would make it strong.' };
  return { level: 'strong', share: 1, words: 'Strong.' };
}

export type Problems = { readonly passphrase: string | null; readonly repeated: string | null };

/** What keeps a passphrase and its repetition from being taken. */
export function passphraseProblems(passphrase: string, repeated: string): Problems {
  return {
    passphrase: passphrase.length < leastLength ? `Use at least ${String(leastLength)} characters.` : null,
    repeated: passphrase === repeated ? null : 'This is not the same passphrase.',
  };
}
