/** What an archive holds: counts, first and last event, checkpoint, gaps, and the digests that show two archives to be equal. */
import type { CheckedInput, TenantStatus } from '../../shared/contract';
import { formatInstant } from '../../shared/domain/time';
import type { Archives } from './archives';
import type { ReadableArchive } from './store/archive';
import { utf8 } from './store/bytes';

type Digests = { readonly digest: string; readonly contentDigest: string };

/**
 * `digest`: SHA-256 of the log ids, sorted as ASCII, joined by newlines.
 * `contentDigest`: the same over `log_id`, a tab, and the SHA-256 of the event's bytes.
 */
function digestsOf(archives: Archives, archive: ReadableArchive): Digests {
  const { crypto } = archives.ports;
  const bodies: string[] = [];
  archive.eachEvent((seq, bytes) => {
    const hash = crypto.sha256();
    hash.update(bytes);
    bodies[seq] = hash.hex();
  });
  const ids = crypto.sha256();
  const contents = crypto.sha256();
  let newline = '';
  archive.rows.eachLogId((logId, seq) => {
    ids.update(utf8(`${newline}${logId}`));
    contents.update(utf8(`${newline}${logId}\t${bodies[seq] ?? ''}`));
    newline = '\n';
  });
  return { digest: ids.hex(), contentDigest: contents.hex() };
}

async function statusOf(archives: Archives, tenant: string): Promise<TenantStatus> {
  const archive = await archives.read(tenant);
  const range = archive.rows.timeRange();
  return {
    tenant,
    events: archive.rows.count,
    firstAt: range === null ? null : formatInstant(range.first),
    lastAt: range === null ? null : formatInstant(range.last),
    checkpoint: archive.checkpoint,
    ...digestsOf(archives, archive),
    gaps: [...archive.gaps],
    revisions: archive.rows.revisions,
    setAside: archive.setAsideCount,
  };
}

/** One tenant's status, or that of all stored ones (the sample tenant only when asked for). @throws Failure tenant.unknown, vault.* */
export async function archiveStatus(archives: Archives, input: CheckedInput<'archive.status'>): Promise<{ tenants: TenantStatus[] }> {
  const names = input.tenant === undefined ? await archives.ports.keys.tenants() : [input.tenant];
  const tenants: TenantStatus[] = [];
  for (const tenant of names) tenants.push(await statusOf(archives, tenant));
  return { tenants };
}
