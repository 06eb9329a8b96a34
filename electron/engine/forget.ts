/** Forgets a user or a tenant: what was stored of them is destroyed, and no copy is kept. */
import type { CheckedInput, Damage, Output, RemovalReceipt } from '../../shared/contract';
import type { TenantId } from '../../shared/domain/ids';
import { sampleTenant } from '../../shared/domain/ids';
import { Failure } from '../../shared/errors';
import type { Archives } from './archives';
import type { Archive } from './store/archive';
import type { JournalDamage } from './store/journal';
import type { RewriteReport } from './store/rewrite-journal';

/** Where damaged bytes lie, in the words of the contract. */
export const damageIn = (folder: string, { file, offset, what }: JournalDamage): Damage => ({ file: `${folder}/${file}`, where: `byte ${String(offset)}`, what });

export const removalReceipt = (tenant: TenantId, folder: string, { taken, dropped }: RewriteReport): RemovalReceipt =>
  ({ tenant, ...taken, damaged: dropped.map(damage => damageIn(folder, damage)) });

/** Makes the journal follow what has just been decided. */
export async function settled(archives: Archives, archive: Archive): Promise<RemovalReceipt> {
  const { folder, context } = archive.journalPlace;
  return removalReceipt(archive.tenant, folder, await archives.settle(archive, context.key));
}

/**
 * Takes out every event whose `user_id` is the user's, its other versions, and what was set aside of the user. Events that only name the
 * user elsewhere, as an address that failed to log in or an administrator's object, stay: they are not the user's own.
 * @throws Failure tenant.unknown, tenant.reserved, vault.*, archive.*; operation.cancelled before anything was decided
 */
export function forgetUser(archives: Archives, { tenant, userId }: CheckedInput<'user.forget'>, signal: AbortSignal): Promise<RemovalReceipt> {
  return archives.gate.alone(tenant, signal, async () => {
    const archive = await archives.write(tenant, 'existing', signal);
    archive.decide({ state: 'begun', forgotten: [archive.policies.tombstones.markOf(userId)], purged: null });
    return settled(archives, archive);
  });
}

/** @throws Failure tenant.unknown, tenant.reserved, archive.*; operation.cancelled before anything was destroyed */
export async function forgetTenant(archives: Archives, { tenant }: CheckedInput<'tenant.forget'>, signal: AbortSignal): Promise<Output<'tenant.forget'>> {
  if (tenant === sampleTenant) throw new Failure('tenant.reserved');
  const known = await archives.ports.keys.tenants();
  if (!known.includes(tenant)) throw new Failure('tenant.unknown', { tenant });
  return archives.gate.alone(tenant, signal, async () => {
    await archives.release(tenant);
    await archives.ports.forgetTenant(tenant);
    // Whoever was about to read has opened what is gone.
    await archives.release(tenant);
    return { tenant };
  });
}
