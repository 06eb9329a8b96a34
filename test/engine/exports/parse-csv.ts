/** A reader of RFC 4180 that shares nothing with the writer: fields of records, null where a field is empty and unquoted. */
export function parseCsv(text: string): (string | null)[][] {
  const records: (string | null)[][] = [];
  let at = 0;
  while (at < text.length) {
    const record: (string | null)[] = [];
    for (;;) {
      const [field, next] = text[at] === '"' ? quoted(text, at + 1) : bare(text, at);
      record.push(field);
      at = next;
      if (text[at] !== ',') break;
      at += 1;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`No end of record at ${String(at)}`);
    at += 2;
    records.push(record);
  }
  return records;
}

function bare(text: string, start: number): [string | null, number] {
  let end = start;
  while (end < text.length && !'",\r\n'.includes(text[end]!)) end += 1;
  return [end === start ? null : text.slice(start, end), end];
}

function quoted(text: string, start: number): [string, number] {
  let field = '';
  let from = start;
  for (;;) {
    const end = text.indexOf('"', from);
    if (end === -1) throw new Error(`Unclosed quote before ${String(start)}`);
    field += text.slice(from, end);
    if (text[end + 1] !== '"') return [field, end + 1];
    field += '"';
    from = end + 2;
  }
}
