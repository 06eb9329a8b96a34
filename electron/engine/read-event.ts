/** One log event, exactly as Auth0 sent it. */
import type { CheckedInput, Output } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { Archives } from './archives';

/** @throws Failure event.not-found, tenant.unknown, vault.* */
export async function readEvent(archives: Archives, input: CheckedInput<'event.read'>): Promise<Output<'event.read'>> {
  const archive = await archives.read(input.tenant);
  const bytes = archive.eventBytes(input.logId);
  if (bytes === null) throw new Failure('event.not-found', { logId: input.logId, tenant: input.tenant });
  return { base64: archives.ports.toBase64(bytes) };
}
