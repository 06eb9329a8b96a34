/** A small file of the data folder: read when it is asked for, replaced in one step, set aside when it is damaged. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { createVaultFiles } from './vault-files';

export type SmallFile<Value> = {
  /** Null where there is no file, none that can be read, or a damaged one, which is then kept as `NAME.corrupt-TIMESTAMP`. Never throws. */
  readonly read: () => Value | null;
  /** @throws Failure archive.unwritable; archive.disk-full */
  readonly write: (value: Value) => void;
};

export type SmallFileOptions<Value> = {
  readonly dataDir: string;
  /** Inside the data folder. */
  readonly path: string;
  /** Of the parsed JSON; null for what no version of the application has written. */
  readonly check: (json: unknown) => Value | null;
  readonly now: () => number;
  readonly onDamage: () => void;
  readonly largestBytes: number;
  /** While it says no, what is written stays in memory. Default: always. */
  readonly mayWrite?: () => boolean;
};

function parse<Value>(bytes: Uint8Array, { check, largestBytes }: SmallFileOptions<Value>): Value | null {
  if (bytes.length > largestBytes) return null;
  try {
    return check(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return null;
  }
}

/** Where it cannot be moved it stays, and the next write replaces it. */
function setAside<Value>({ dataDir, path, now, onDamage }: SmallFileOptions<Value>): void {
  const stamp = new Date(now()).toISOString().replace(/[-:.]/g, '');
  try {
    renameSync(join(dataDir, path), join(dataDir, `${path}.corrupt-${stamp}`));
  } catch {
    return;
  } finally {
    onDamage();
  }
}

/** A file whose changes stay in memory while nothing may be written, and go to the disk when it is next read or written. */
export function openSmallFile<Value>(options: SmallFileOptions<Value>): SmallFile<Value> {
  const { mayWrite = () => true } = options;
  const file = fileOnDisk(options);
  let held: { readonly value: Value } | null = null;
  const letGo = (): void => {
    if (held === null || !mayWrite()) return;
    const { value } = held;
    held = null;
    file.write(value);
  };
  return {
    read: () => {
      const waiting = held;
      try {
        letGo();
      } catch {
        // It is what was last written all the same.
        held = waiting;
      }
      return held === null ? file.read() : held.value;
    },
    write: value => {
      held = { value };
      letGo();
    },
  };
}

function fileOnDisk<Value>(options: SmallFileOptions<Value>): SmallFile<Value> {
  const { dataDir, path } = options;
  const files = createVaultFiles(dataDir);
  const stored = (): Uint8Array | null => {
    try {
      return files.read(path);
    } catch {
      // Without what such a file says the application still works.
      return null;
    }
  };
  return {
    read: () => {
      const bytes = stored();
      if (bytes === null) return null;
      const parsed = parse(bytes, options);
      if (parsed === null) setAside(options);
      return parsed;
    },
    write: value => {
      files.makeFolder('');
      files.writeAtomically(path, new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`));
    },
  };
}
