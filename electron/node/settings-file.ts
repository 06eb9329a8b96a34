/** The settings of a data folder: one small file, read when it is asked for, replaced in one step, set aside when it is damaged. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { settings as settingsSchema } from '../../shared/contract';
import type { CheckedInput, Settings } from '../../shared/contract';
import { settingsPath } from '../../shared/domain/data-folder';
import { isTimeZone } from '../../shared/domain/time';
import { Failure } from '../../shared/errors';
import { createVaultFiles } from './vault-files';

export type SettingsFile = {
  /** The defaults where there is no file, or a damaged one, which is then kept as `settings.json.corrupt-TIMESTAMP`. Never throws. */
  readonly read: () => Settings;
  /** Changes what is given and keeps the rest. @throws Failure operation.input-invalid for an unknown time zone; archive.unwritable; archive.disk-full */
  readonly write: (change: CheckedInput<'settings.write'>) => Settings;
};

type Options = { readonly dataDir: string; readonly now: () => number; readonly onDamage: () => void };

const largestBytes = 65_536;

const isZone = (name: string): boolean => name === 'system' || isTimeZone(name);

/** Null for what no version of the application has written. */
function parse(bytes: Uint8Array): Settings | null {
  if (bytes.length > largestBytes) return null;
  try {
    const { data } = settingsSchema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    return data !== undefined && isZone(data.timeZone) ? data : null;
  } catch {
    return null;
  }
}

/** Where it cannot be moved it stays, and the next write replaces it. */
function setAside({ dataDir, now, onDamage }: Options): void {
  const stamp = new Date(now()).toISOString().replace(/[-:.]/g, '');
  try {
    renameSync(join(dataDir, settingsPath), join(dataDir, `${settingsPath}.corrupt-${stamp}`));
  } catch {
    return;
  } finally {
    onDamage();
  }
}

export function openSettings(options: Options): SettingsFile {
  const files = createVaultFiles(options.dataDir);
  const defaults = settingsSchema.parse({});
  const stored = (): Uint8Array | null => {
    try {
      return files.read(settingsPath);
    } catch {
      // Without its settings the application still works.
      return null;
    }
  };
  const read = (): Settings => {
    const bytes = stored();
    if (bytes === null) return defaults;
    const parsed = parse(bytes);
    if (parsed === null) setAside(options);
    return parsed ?? defaults;
  };
  return {
    read,
    write: change => {
      if (change.timeZone !== undefined && !isZone(change.timeZone)) throw new Failure('operation.input-invalid', { problem: 'timeZone: there is no such time zone' });
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const next = settingsSchema.parse({ ...read(), ...given });
      files.makeFolder('');
      files.writeAtomically(settingsPath, new TextEncoder().encode(`${JSON.stringify(next, null, 2)}\n`));
      return next;
    },
  };
}
