/** Reads and writes the vault's JSON files, and tells a damaged one from one of a newer version. */
import { z } from 'zod';
import { Failure } from '../../shared/errors';
import type { VaultFiles } from './ports';

/** The version this code writes; older ones will be read for ever. */
export const keyFileVersion = 1;

const versioned = z.looseObject({ version: z.number().int().positive() });

/** Base64 of exactly this many bytes. */
export const base64Of = (bytes: number) => z.string().length(Math.ceil(bytes / 3) * 4).regex(/^[A-Za-z0-9+/]*={0,2}$/);

export const damaged = (file: string): Failure => new Failure('vault.damaged', { file });

function parseJson(file: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damaged(file);
  }
}

/**
 * The content of a key file; null when there is none.
 * @throws Failure vault.damaged; archive.newer-format
 */
export function readKeyFile<Content>(files: VaultFiles, file: string, schema: z.ZodType<Content>): Content | null {
  const bytes = files.read(file);
  if (bytes === null) return null;
  const json = parseJson(file, bytes);
  const head = versioned.safeParse(json);
  if (!head.success) throw damaged(file);
  if (head.data.version > keyFileVersion) throw new Failure('archive.newer-format', { file });
  const content = schema.safeParse(json);
  if (!content.success) throw damaged(file);
  return content.data;
}

/** @throws Failure archive.* */
export function writeKeyFile(files: VaultFiles, file: string, content: object): void {
  files.writeAtomically(file, new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`));
}
