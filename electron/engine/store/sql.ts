/** The only way to write SQL: a template whose values always become binds. */

export type SqlValue = string | number | Uint8Array | null;

/** A piece of SQL and its binds, in order. */
export type Sql = { readonly text: string; readonly values: readonly SqlValue[] };

const isSql = (part: Sql | SqlValue): part is Sql => typeof part === 'object' && part !== null && 'text' in part;

/** `sql\`a = ${value}\`` binds the value; a piece of SQL inside is inserted with its binds. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | SqlValue)[]): Sql {
  const values: SqlValue[] = [];
  let text = strings[0] ?? '';
  parts.forEach((part, index) => {
    if (isSql(part)) {
      text += part.text;
      values.push(...part.values);
    } else {
      text += '?';
      values.push(part);
    }
    text += strings[index + 1] ?? '';
  });
  return { text, values };
}

export const nothing: Sql = { text: '', values: [] };

/** A name from this code base, never from a caller. @throws Error on anything but lower-case letters, digits and underscores */
export function name(identifier: string): Sql {
  if (!/^[a-z_][a-z0-9_]*$/.test(identifier)) throw new Error(`not a SQL name: ${identifier}`);
  return { text: identifier, values: [] };
}

export function join(pieces: readonly Sql[], separator: ' AND ' | ' OR ' | ', '): Sql {
  return { text: pieces.map(piece => piece.text).join(separator), values: pieces.flatMap(piece => piece.values) };
}
