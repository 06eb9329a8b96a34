/** What the flags and the environment say about the data folder and the clock, the same for every host. */
import path from 'node:path';
import { Failure } from '../../shared/errors';
import type { EpochMs } from '../../shared/domain/ids';

type Environment = Readonly<Record<string, string | undefined>>;

export type Surroundings = {
  readonly environment: Environment;
  readonly platform: string;
  readonly homeFolder: string;
  readonly workingFolder: string;
};

const applicationFolder = 'Tenantscope';

/** An empty variable is one that is not set. */
export const variable = (environment: Environment, name: string): string | null => environment[name] || null;

/** Absolute path: the flag, else TENANTSCOPE_DATA_DIR, else the platform's place for application data. */
export function dataFolder(flag: string | null, { environment, platform, homeFolder, workingFolder }: Surroundings): string {
  const at = platform === 'win32' ? path.win32 : path.posix;
  const chosen = flag ?? variable(environment, 'TENANTSCOPE_DATA_DIR');
  if (chosen !== null) return at.resolve(workingFolder, chosen);
  if (platform === 'win32') return at.join(variable(environment, 'APPDATA') ?? at.join(homeFolder, 'AppData', 'Roaming'), applicationFolder);
  if (platform === 'darwin') return at.join(homeFolder, 'Library', 'Application Support', applicationFolder);
  const base = variable(environment, 'XDG_DATA_HOME');
  // The XDG specification says that a relative path is to be ignored.
  return at.join(base !== null && at.isAbsolute(base) ? base : at.join(homeFolder, '.local', 'share'), applicationFolder);
}

const iso = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/**
 * TENANTSCOPE_NOW as an instant, UTC where it names no offset; null when it is not set.
 * @throws Failure usage.value-invalid
 */
export function fixedClock(environment: Environment): EpochMs | null {
  const text = variable(environment, 'TENANTSCOPE_NOW');
  if (text === null) return null;
  const [, date = '', time, , , offset] = iso.exec(text) ?? [];
  const at = Date.parse(time === undefined || offset !== undefined ? text : `${text}Z`);
  if (!iso.test(text) || Number.isNaN(at) || !isDate(date)) {
    throw new Failure('usage.value-invalid', { flag: 'TENANTSCOPE_NOW', value: text, expected: 'Give an ISO 8601 instant, such as 2026-03-01T12:00:00Z.' });
  }
  return at;
}

/** Date.parse turns 31 February into a day of March. */
const isDate = (date: string): boolean => {
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
};
