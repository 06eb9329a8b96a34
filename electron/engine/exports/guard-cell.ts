/** Decides which texts a spreadsheet could take for a formula or a number, and takes the guard off again. */

/**
 * A text a spreadsheet may act on. Three kinds, each also behind apostrophes, so that taking a guard off is exact:
 * - formula signs (and their full-width, small, superscript and subscript forms), behind any run of characters that a program
 *   may drop or skip: spaces, zero-width and other invisible characters, quotes, commas, semicolons, broken surrogates;
 * - control characters in the same place, NUL, TAB, CR and LF among them;
 * - more than 15 decimal digits, of which a spreadsheet would keep 15.
 */
const actedUpon =
  /^[\s\p{Z}\p{Cf}\p{DI}\p{Cs}\ufffd\u2800'"`,;\u037e\ufe50\ufe54\uff02\uff07\uff0c\uff1b]*[=+\-@|%\p{Cc}\u207a-\u207c\u208a-\u208c\u2212\u2a75\u2a76\ufb29\ufe62\ufe63\ufe66\ufe6a\ufe6b\uff05\uff0b\uff0d\uff1d\uff20\uff5c]|^'*\d{16,}$/u;

const onlyDigits = /^\d+$/;
/** Longest run of digits that a spreadsheet keeps whole. */
const safeDigits = 15;

const isLetter = (unit: number): boolean => (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);
const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;

/** Whether a cell needs an apostrophe in front. If it does, it still does with one. */
export function needsGuard(text: string): boolean {
  const first = text.charCodeAt(0);
  if (isLetter(first)) return false;
  if (isDigit(first)) return text.length > safeDigits && onlyDigits.test(text);
  return actedUpon.test(text);
}

/**
 * The text of a cell of a `csv` export, as it was before the guard: an apostrophe goes where the rest needs one.
 * Exact for every text that was not cut and held no lone surrogate.
 */
export function unguardCell(cell: string): string {
  if (!cell.startsWith("'")) return cell;
  const rest = cell.slice(1);
  return needsGuard(rest) ? rest : cell;
}
