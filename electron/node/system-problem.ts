/** Words for an error of the operating system. */
import { getSystemErrorMap } from 'node:util';
import { errorCode } from './durable-files';

/** Such as "no such file or directory (ENOENT)". */
export function problemOf(error: unknown): string {
  const code = errorCode(error);
  const known = [...getSystemErrorMap().values()].find(([name]) => name === code);
  return known === undefined ? code : `${known[1]} (${code})`;
}
