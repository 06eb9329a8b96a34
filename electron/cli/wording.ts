/** How numbers, spans and shell words are written for people. */

const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

export const numberText = (value: number): string => numbers.format(value);

/** `1 event`, `60,123 events`. */
export const countOf = (count: number, noun: string, plural = `${noun}s`): string => `${numberText(count)} ${count === 1 ? noun : plural}`;

/** A rough span: `20 s`, `3 min`, `2.5 h`. */
export function spanText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${String(minutes)} min` : `${String(Math.round(minutes / 6) / 10)} h`;
}

/** An argument as it must stand in a shell. */
export const shellWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll('\'', '\'\\\'\'')}'`);
