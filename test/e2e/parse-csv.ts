/** Reads CSV as RFC 4180 writes it, so that what was exported is read back by nothing that exported it. */

/** The cells of every line; quotes may hold commas, line breaks and doubled quotes. A byte order mark is no part of them. */
export function parseCsv(marked: string): readonly (readonly string[])[] {
  const text = marked.replace(/^\ufeff/, '');
  const lines: string[][] = [];
  let line: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (match === null) throw new Error('This is not CSV.');
    line.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    lines.push(line);
    line = [];
  }
  return lines;
}
