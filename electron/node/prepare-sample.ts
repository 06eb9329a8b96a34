/** Has the sample tenant made while its page still starts, where that is what the page will show. */
import { sampleTenant } from '../../shared/domain/ids';
import type { Host } from './host';

/** Waits for nothing: whoever asks for the sample later finds it ready, or hears what is wrong with it. `tenant`: where the page begins. */
export function prepareSample(host: Pick<Host, 'call'>, tenant: string | null): void {
  if (tenant === sampleTenant) host.call('archive.span', { tenant }).catch(() => undefined);
}
