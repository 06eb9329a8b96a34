/** Says in words, without quoting a stranger's text, why a text is not JSON. */
import { readTree } from './read-tree';

/** For a text that JSON.parse refused; positions are in characters, the first is 1. */
export function syntaxProblem(text: string): string {
  const reading = readTree(text);
  if (reading.kind === 'tree') return 'not JSON';
  return reading.at >= text.length ? 'not JSON: it ends too early' : `not JSON: unexpected text at character ${reading.at + 1}`;
}
