/** Turns the data folder's own paths into those of the system, and the system's errors into the catalogue's. */
import { join } from 'node:path';
import { Failure } from '../../shared/errors';
import { errorCode } from './durable-files';

/**
 * The place of a path inside the root; the empty path is the root itself.
 * @throws Failure archive.unreadable for a path that could lead elsewhere
 */
export function placeInside(root: string, path: string): string {
  if (path === '') return root;
  const isPlain = path.split('/').every(part => part !== '' && part !== '.' && part !== '..' && !/[\\:\0]/.test(part));
  if (!isPlain) throw new Failure('archive.unreadable', { file: path, problem: 'it is outside the data folder' });
  return join(root, path);
}

const isFull = (code: string): boolean => code === 'ENOSPC' || code === 'EDQUOT';

/** Runs something that changes the data folder. @throws Failure archive.disk-full; archive.unwritable */
export function changing<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failure) throw error;
    const problem = errorCode(error);
    throw isFull(problem) ? new Failure('archive.disk-full') : new Failure('archive.unwritable', { problem });
  }
}

/** Runs something that reads a file of the data folder. @throws Failure archive.unreadable */
export function reading<Value>(file: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('archive.unreadable', { file, problem: errorCode(error) });
  }
}

/** The same, but what does not exist is `missing`. */
export function readingIfThere<Value, Missing>(file: string, missing: Missing, work: () => Value): Value | Missing {
  return reading(file, () => {
    try {
      return work();
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return missing;
      throw error;
    }
  });
}
