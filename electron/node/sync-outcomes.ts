/** How the last sync of each tenant ended, kept in a small file of the data folder, so that a restart forgets no failure. */
import { z } from 'zod';
import { isTenantName, syncsPath } from '../../shared/domain/data-folder';
import { errorCatalogue } from '../../shared/errors';
import type { ErrorCode, ErrorReport } from '../../shared/errors';
import { openSmallFile } from './small-file';
import type { SmallFileOptions } from './small-file';

/** Instants are epoch milliseconds. */
export type SyncOutcome = {
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** The first of the failures since the last success. */
  readonly failingSince: number | null;
  /** Whether somebody was told of that. */
  readonly isTold: boolean;
  readonly error: KeptError | null;
};

/** Of the details only those that never hold somebody's words or data: the server's own text stays out. */
export type KeptError = z.output<typeof keptError>;

export type SyncOutcomes = {
  /** As the file says now; null where nothing is known. Never throws. */
  readonly of: (tenant: string) => SyncOutcome | null;
  /** What cannot be written is not kept; that fails nothing. */
  readonly keep: (tenant: string, outcome: SyncOutcome) => void;
  /** @throws Failure archive.unwritable; archive.disk-full */
  readonly forget: (tenant: string) => void;
};

type Options = { readonly dataDir: string; readonly now: () => number; readonly onDamage: () => void } & Pick<SmallFileOptions<Content>, 'mayWrite'>;

const code = z.custom<ErrorCode>(value => typeof value === 'string' && Object.hasOwn(errorCatalogue, value));
const detail = {
  host: z.string().max(260).regex(/^[a-z0-9.:[\]-]+$/).optional(),
  scope: z.string().max(64).regex(/^[a-z_]+:[a-z_]+$/).optional(),
  status: z.number().int().min(100).max(999).optional(),
};
const keptError = z.object({ code, details: z.object(detail) });
const instant = z.number().int().min(0).max(8.64e15).nullable();
const outcome = z.object({ startedAt: instant, finishedAt: instant, failingSince: instant, isTold: z.boolean(), error: keptError.nullable() });
const content = z.object({ version: z.literal(1), tenants: z.record(z.string().refine(isTenantName), outcome) });
type Content = z.output<typeof content>;

/** What of an error may be kept. */
export function keptErrorOf({ code: name, details }: Pick<ErrorReport, 'code' | 'details'>): KeptError {
  const kept = Object.entries(detail).flatMap(([key, schema]) => (schema.safeParse(details[key]).data === undefined ? [] : [[key, details[key]] as const]));
  return { code: name, details: Object.fromEntries(kept) };
}

/** An error as it is told, with an ellipsis for what was not kept of it. */
export function reportOf({ code: name, details }: KeptError): ErrorReport {
  const { title, hint } = errorCatalogue[name];
  const told: Readonly<Record<string, string | number | undefined>> = details;
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_whole, key: string) => String(told[key] ?? '…'));
  return { code: name, title: fill(title), hint: fill(hint), details: Object.fromEntries(Object.entries(details).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))) };
}

export function openSyncOutcomes(options: Options): SyncOutcomes {
  const file = openSmallFile<Content>({ ...options, path: syncsPath, check: json => content.safeParse(json).data ?? null, largestBytes: 1_048_576 });
  const read = (): Content => file.read() ?? { version: 1, tenants: {} };
  return {
    of: tenant => {
      const { tenants } = read();
      return Object.hasOwn(tenants, tenant) ? tenants[tenant] ?? null : null;
    },
    keep: (tenant, kept) => {
      try {
        file.write({ version: 1, tenants: { ...read().tenants, [tenant]: kept } });
      } catch {
        return;
      }
    },
    forget: tenant => {
      const { [tenant]: known, ...tenants } = read().tenants;
      if (known !== undefined) file.write({ version: 1, tenants });
    },
  };
}

/** Where nothing is to be kept. */
export const forgetfulOutcomes: SyncOutcomes = { of: () => null, keep: () => undefined, forget: () => undefined };
