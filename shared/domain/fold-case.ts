/** Makes upper and lower case the same, for search. */

/**
 * Folds case so that a text that occurs in another still does after both were folded: character by character, whatever stands
 * beside it. `ß` and `ẞ` become `ss`, `ſ` becomes `s`, every sigma the same sigma, and `İ`, `ı`, `I` and `i` all `i`; the
 * combining dot above is dropped, because lower case puts one on `İ`. Nothing else is normalized: é in one or two characters stays different.
 */
export function foldCase(text: string): string {
  // Down, up, down: ẞ has no other upper case, so it must become ß before it can become SS.
  return text.toLowerCase().toUpperCase().toLowerCase().replace(/ς/g, 'σ').replace(/\u0307/g, '');
}
