/** Reads how the desktop was started: its own flags among those that Electron and the system add. */
import { z } from 'zod';
import { isTenantName } from '../../shared/domain/data-folder';

export type StartOptions = {
  readonly dataDir: string | null;
  readonly passphraseFile: string | null;
  /** Opened at once; null for the page's own choice. */
  readonly tenant: string | null;
  /** Started at login: no window until somebody asks for it. */
  readonly isBackground: boolean;
};

/** `--flag value` or `--flag=value`; the last one counts. */
function valueOf(words: readonly string[], flag: string): string | null {
  const at = words.findLastIndex(word => word === flag || word.startsWith(`${flag}=`));
  const word = words[at];
  if (word === undefined) return null;
  const value = word === flag ? words[at + 1] : word.slice(flag.length + 1);
  return value === undefined || value === '' || value.startsWith('--') ? null : value;
}

const tenantOrNull = (name: string | null): string | null => (name !== null && isTenantName(name) ? name : null);

/** What is not understood is left alone: switches of Chromium stand among the words. */
export function parseStartOptions(words: readonly string[]): StartOptions {
  return {
    dataDir: valueOf(words, '--data-dir'),
    passphraseFile: valueOf(words, '--passphrase-file'),
    tenant: tenantOrNull(valueOf(words, '--tenant')),
    isBackground: words.includes('--background'),
  };
}

const handover = z.object({ tenant: z.string().max(253).nullable(), isBackground: z.boolean() });
export type Handover = z.output<typeof handover>;

/** What a second start hands to the first; it comes from another process, so that it is judged like any input. */
export function parseHandover(value: unknown): Handover {
  const parsed = handover.safeParse(value);
  return parsed.success ? { ...parsed.data, tenant: tenantOrNull(parsed.data.tenant) } : { tenant: null, isBackground: false };
}

/** The page's address for a tenant; names are of `[a-z0-9.-]`, so that nothing needs escaping. */
export const pageFor = (startPage: string, tenant: string | null): string => (tenant === null ? startPage : `${startPage}#/t/${tenant}/timeline`);
