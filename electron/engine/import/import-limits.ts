/** The bounds of what one import file may ask of the machine. */

const MIB = 1024 * 1024;

export type ImportLimits = {
  /** Bytes of one line, or of one value that spans lines. */
  readonly itemBytes: number;
  /** Bytes of the whole text, after unpacking. */
  readonly totalBytes: number;
  /** Unpacked bytes for each packed one, looked at once `ratioFromBytes` are unpacked. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
};

export const importLimits: ImportLimits = { itemBytes: 8 * MIB, totalBytes: 20 * 1024 * MIB, ratio: 200, ratioFromBytes: MIB };

/** Why an item was set aside that is longer than `itemBytes`. */
export function tooLong(limits: ImportLimits): string {
  return `longer than ${limits.itemBytes / MIB} MiB`;
}
