/** What an archive holds: counts, first and last event, checkpoint, gaps, and the digests that show two archives to be equal. */
import type { CheckedInput, Output, TenantStatus } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import { formatInstant } from '../../shared/domain/time';
import type { Archives } from './archives';
import type { Digests } from './digests';
import { digestsOver } from './digests';
import { BodyHashes } from './store/body-hashes';
import type { ReadableArchive } from './store/readable-archive';

/** Reads all of an archive. @throws Failure archive.*, operation.cancelled */
export async function digestsOf({ ports }: Archives, archive: ReadableArchive, signal: AbortSignal): Promise<Digests> {
  const hashes = new BodyHashes();
  await archive.eachEvent((seq, bytes) => {
    const hash = ports.crypto.sha256();
    hash.update(bytes);
    hashes.set(seq, hash.hex());
  }, signal);
  return digestsOver(ports, archive.rows, hashes, signal);
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
    ...(archives.homeOf(tenant) === 'memory' ? { inMemory: true as const } : {}),
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
