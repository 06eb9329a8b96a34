/** Writes a file where the user wants it, whole or not at all. */
import type { UserFiles } from '../engine/ports';

type Write = (bytes: Uint8Array) => Promise<void>;

/** `path` is what the user is shown. @throws Failure export.unwritable, and whatever `work` throws; then no file is left */
export async function writeOut<Value>(files: UserFiles, out: string, work: (write: Write) => Promise<Value>): Promise<{ readonly path: string; readonly value: Value }> {
  const target = files.createExport(out);
  try {
    const value = await work(async bytes => { await target.write(bytes); });
    return { path: await target.commit(), value };
  } catch (error) {
    target.abort();
    throw error;
  }
}
