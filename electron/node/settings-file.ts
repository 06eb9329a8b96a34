/** The settings of a data folder: one small file. */
import { settings as settingsSchema } from '../../shared/contract';
import type { CheckedInput, Settings } from '../../shared/contract';
import { settingsPath } from '../../shared/domain/data-folder';
import { isTimeZone } from '../../shared/domain/time';
import { Failure } from '../../shared/errors';
import { openSmallFile } from './small-file';
import type { SmallFileOptions } from './small-file';

export type SettingsFile = {
  /** The defaults where there is no file, or a damaged one, which is then kept as `settings.json.corrupt-TIMESTAMP`. Never throws. */
  readonly read: () => Settings;
  /** Changes what is given and keeps the rest. @throws Failure operation.input-invalid for an unknown time zone; archive.unwritable; archive.disk-full */
  readonly write: (change: CheckedInput<'settings.write'>) => Settings;
};

type Options = { readonly dataDir: string; readonly now: () => number; readonly onDamage: () => void } & Pick<SmallFileOptions<Settings>, 'mayWrite'>;

const isZone = (name: string): boolean => name === 'system' || isTimeZone(name);

function check(json: unknown): Settings | null {
  const { data } = settingsSchema.safeParse(json);
  return data !== undefined && isZone(data.timeZone) ? data : null;
}

export function openSettings(options: Options): SettingsFile {
  const file = openSmallFile({ ...options, path: settingsPath, check, largestBytes: 65_536 });
  const defaults = settingsSchema.parse({});
  const read = (): Settings => file.read() ?? defaults;
  return {
    read,
    write: change => {
      if (change.timeZone !== undefined && !isZone(change.timeZone)) throw new Failure('operation.input-invalid', { problem: 'timeZone: there is no such time zone' });
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const next = settingsSchema.parse({ ...read(), ...given });
      file.write(next);
      return next;
    },
  };
}
