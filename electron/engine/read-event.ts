/** One log event, exactly as Auth0 sent it. */
import type { CheckedInput, Output } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { Archives } from './archives';

/** A body that turns out damaged behind a snapshot makes the archive be read again from its journal, which may have another version of it. */
async function bodyOf(archives: Archives, { tenant, logId }: CheckedInput<'event.read'>): Promise<Uint8Array | null> {
  try {
    return (await archives.read(tenant)).eventBytes(logId);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'archive.damaged') throw error;
    return (await archives.read(tenant)).eventBytes(logId);
  }
}

/** @throws Failure event.not-found, tenant.unknown, vault.* */
export async function readEvent(archives: Archives, input: CheckedInput<'event.read'>): Promise<Output<'event.read'>> {
  const bytes = await bodyOf(archives, input);
  if (bytes === null) throw new Failure('event.not-found', { logId: input.logId, tenant: input.tenant });
  return { base64: archives.ports.toBase64(bytes) };
}
