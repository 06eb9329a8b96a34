/** What an archive holds: counts, first and last event, checkpoint, gaps, and the digests that show two archives to be equal. */
import type { CheckedInput, Output, TenantStatus } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import { formatInstant } from '../../shared/domain/time';
import type { Archives } from './archives';
import type { CryptoPort } from './ports';
import { utf8 } from './store/bytes';
import type { LogEvents } from './store/log-events';
import type { ReadableArchive } from './store/readable-archive';

type Digests = { readonly digest: string; readonly contentDigest: string };

/**
 * `digest`: SHA-256 of the log ids, sorted as ASCII, joined by newlines.
 * `contentDigest`: the same over `log_id`, a tab, and the SHA-256 of the event's bytes.
 */
export async function digestsOf(archives: Archives, archive: ReadableArchive, signal: AbortSignal): Promise<Digests> {
  const { crypto } = archives.ports;
  const bodies = new Map<number, string>();
  await archive.eachEvent((seq, bytes) => {
    const hash = crypto.sha256();
    hash.update(bytes);
    bodies.set(seq, hash.hex());
  }, signal);
  return digestsOver(crypto, archive.rows, bodies);
}

/** `hashes`: of each event's bytes, by its place in journal order. */
export function digestsOver(crypto: CryptoPort, rows: Pick<LogEvents, 'eachLogId'>, hashes: ReadonlyMap<number, string>): Digests {
  const ids = crypto.sha256();
  const contents = crypto.sha256();
  let newline = '';
  rows.eachLogId((logId, seq) => {
    ids.update(utf8(`${newline}${logId}`));
    contents.update(utf8(`${newline}${logId}\t${hashes.get(seq) ?? ''}`));
    newline = '\n';
  });
  return { digest: ids.hex(), contentDigest: contents.hex() };
}

function spanOf(archive: ReadableArchive): Output<'archive.span'> {
  const range = archive.rows.columns.timeRange();
  return {
    tenant: archive.tenant,
    events: archive.rows.count,
    firstAt: range === null ? null : formatInstant(range.first),
    lastAt: range === null ? null : formatInstant(range.last),
    checkpoint: archive.checkpoint,
    gaps: [...archive.gaps],
  };
}

/** @throws Failure tenant.unknown, vault.*, archive.* */
export async function archiveSpan(archives: Archives, input: CheckedInput<'archive.span'>, signal: AbortSignal): Promise<Output<'archive.span'>> {
  return spanOf(await archives.read(input.tenant, signal));
}

async function statusOf(archives: Archives, tenant: string, signal: AbortSignal): Promise<TenantStatus> {
  const archive = await archives.readIntact(tenant, signal);
  return {
    ...spanOf(archive),
    ...(await digestsOf(archives, archive, signal)),
    revisions: archive.rows.revisions,
    setAside: archive.setAsideCount,
    error: null,
  };
}

/** Stands in for an archive that cannot be read, so that the others are told all the same. */
function unreadable(archives: Archives, tenant: string, failure: Failure): TenantStatus {
  const nothing = archives.ports.crypto.sha256().hex();
  const { code, title, hint } = failure.report();
  return { tenant, events: 0, firstAt: null, lastAt: null, checkpoint: null, digest: nothing, contentDigest: nothing, gaps: [], revisions: 0, setAside: 0, error: { code, title, hint } };
}

/**
 * One tenant's status, or that of all stored ones (the sample tenant only when asked for).
 * @throws Failure tenant.unknown, vault.*, operation.cancelled, and archive.* when one tenant was asked for
 */
export async function archiveStatus(archives: Archives, input: CheckedInput<'archive.status'>, signal: AbortSignal): Promise<{ tenants: TenantStatus[] }> {
  if (input.tenant !== undefined) return { tenants: [await statusOf(archives, input.tenant, signal)] };
  const tenants: TenantStatus[] = [];
  for (const tenant of await archives.ports.keys.tenants()) {
    tenants.push(await statusOf(archives, tenant, signal).catch((error: unknown) => {
      if (error instanceof Failure && (error.code.startsWith('archive.') || error.code === 'vault.damaged')) return unreadable(archives, tenant, error);
      throw error;
    }));
  }
  return { tenants };
}
