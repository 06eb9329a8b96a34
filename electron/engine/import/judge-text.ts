/** Decides what one piece of an import file is: an event, several of them, or something to set aside. */
import { isJsonObject } from '../json/json-object';
import { splitArray } from '../json/split-array';
import { syntaxProblem } from '../json/syntax-problem';
import type { ImportItem } from './import-item';
import { unwrapEnvelope } from './unwrap-envelope';

const OPEN_ARRAY = 0x5b;

/** Gives one item for one JSON value; `bytes` have no white space around. Judges any number of values. */
export class Judge {
  readonly #strict = new TextDecoder('utf-8', { fatal: true });

  value(bytes: Uint8Array, line: number): ImportItem {
    const text = this.#text(bytes);
    if (text === null) return { kind: 'rejected', line, reason: 'not UTF-8' };
    const value = parsed(text);
    if (value === undefined) return { kind: 'rejected', line, reason: syntaxProblem(text) };
    if (!isJsonObject(value)) return { kind: 'rejected', line, reason: 'not a JSON object' };
    return { kind: 'event', line, ...unwrapEnvelope(bytes, value) };
  }

  /** The same for a line, which may also be an array of values; they are judged as they are asked for. */
  *line(bytes: Uint8Array, line: number): Iterable<ImportItem> {
    const elements = bytes[0] === OPEN_ARRAY ? splitArray(bytes) : [{ start: 0, end: bytes.length }];
    if ('problem' in elements) yield { kind: 'rejected', line, reason: `not JSON: ${elements.problem}` };
    else for (const { start, end } of elements) yield this.value(bytes.subarray(start, end), line);
  }

  #text(bytes: Uint8Array): string | null {
    try {
      return this.#strict.decode(bytes);
    } catch {
      return null;
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
