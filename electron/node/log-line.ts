/** One line of the activity log: only known members, each of a known shape, scrubbed all the same. */
import { scrub } from './scrub';

/** Names of what can happen; a text of any other origin never becomes one. */
export type LogEventName =
  | 'host.started' | 'host.closed' | 'vault.opened' | 'vault.locked' | 'modes.repaired' | 'modes.open' | 'tenant.connected' | 'tenant.forgotten' | 'call.failed' | 'settings.damaged' | 'syncs.damaged'
  | 'sync.started' | 'sync.ended' | 'sync.failed' | 'import.ended' | 'export.ended' | 'backup.ended' | 'restore.ended' | 'fault';

/** What may be told about it. */
export type LogFacts = {
  /** Written as a keyed hash. */
  readonly tenant?: string;
  readonly count?: number;
  readonly ms?: number;
  readonly status?: string;
  readonly errCode?: string;
  /** A log id, of which the last six characters are written. */
  readonly cursor?: string;
  /** Of a fault, as the user was told. */
  readonly reference?: string;
  /** Where a fault happened. */
  readonly trace?: string;
  readonly version?: string;
};

export type LogWriter = (event: LogEventName, facts?: LogFacts) => void;

const longestText = 4_096;

const cleaned = (value: string | undefined): string | undefined => (value === undefined ? undefined : scrub(value.slice(0, longestText)));

/** JSON, ended by a newline. `hash` makes a short keyed hash of a tenant's name. */
export function logLine(event: LogEventName, facts: LogFacts, at: string, hash: (tenant: string) => string): string {
  const line = {
    at, event,
    tenantHash: facts.tenant === undefined ? undefined : hash(facts.tenant),
    count: facts.count, ms: facts.ms === undefined ? undefined : Math.round(facts.ms),
    status: cleaned(facts.status), errCode: cleaned(facts.errCode),
    cursorTail6: facts.cursor?.slice(-6),
    reference: cleaned(facts.reference), trace: cleaned(facts.trace), version: cleaned(facts.version),
  };
  return `${JSON.stringify(line)}\n`;
}
