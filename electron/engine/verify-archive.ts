/** Verifies archives against themselves: every seal, every event, every count, every row. */
import type { CheckedInput, Damage, VerifyReceipt } from '../../shared/contract';
import { tenantFolder } from '../../shared/domain/data-folder';
import type { TenantId } from '../../shared/domain/ids';
import { Failure } from '../../shared/errors';
import { digestsOf } from './archive-status';
import type { Archives } from './archives';
import { digestsOver } from './digests';
import { Archive } from './store/archive';
import { verifyJournal } from './store/verify-journal';

type Result = { readonly damaged: readonly Damage[]; readonly told: VerifyReceipt['tenants'][number] | null };

const toldEveryMs = 200;

async function verifyTenant(archives: Archives, tenant: TenantId, signal: AbortSignal): Promise<Result> {
  const archive = await archives.readIntact(tenant, signal);
  // The sample has no file: what it is made of is what it is.
  if (!(archive instanceof Archive)) return { damaged: [], told: { tenant, frames: 0, events: archive.rows.count, ...(await digestsOf(archives, archive, signal)) } };
  const { clock, push } = archives.ports;
  let toldAt = clock.elapsed();
  const tell = (frames: number, totalFrames: number | null): void => {
    if (clock.elapsed() - toldAt < toldEveryMs && frames !== totalFrames) return;
    toldAt = clock.elapsed();
    push({ name: 'verify.progress', value: { tenant, frames, totalFrames } });
  };
  const { frames, damaged, hashes } = await verifyJournal({ ports: archives.ports, archive, signal, tell });
  return { damaged, told: { tenant, frames, events: archive.rows.count, ...(await digestsOver(archives.ports, archive.rows, hashes, signal)) } };
}

/** An archive that does not open is damaged too; what has another reason is told as it is. */
function unopenable(tenant: TenantId, error: unknown): Result {
  if (!(error instanceof Failure) || !['vault.damaged', 'archive.damaged', 'archive.unreadable'].includes(error.code)) throw error;
  const { file } = error.details;
  return { damaged: [{ file: typeof file === 'string' ? file : tenantFolder(tenant), where: '', what: error.message }], told: null };
}

/**
 * One tenant's archive, or all stored ones. Damage never stops it: everything intact is compared.
 * @throws Failure tenant.unknown, vault.*, archive.newer-format, operation.cancelled
 */
export async function verifyArchive(archives: Archives, input: CheckedInput<'archive.verify'>, signal: AbortSignal): Promise<VerifyReceipt> {
  const tenants = input.tenant === undefined ? await archives.ports.keys.tenants() : [input.tenant];
  const results: Result[] = [];
  for (const tenant of tenants) results.push(await verifyTenant(archives, tenant, signal).catch((error: unknown) => unopenable(tenant, error)));
  const damaged = results.flatMap(result => result.damaged);
  const told = results.flatMap(result => (result.told === null ? [] : [result.told]));
  return { ok: damaged.length === 0, checked: told.reduce((sum, { frames }) => sum + frames, 0), damaged, tenants: told };
}
