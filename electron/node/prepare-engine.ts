/** Has the engine start, and the sample tenant made where that is what the page will show, while the page itself still starts. */
import { sampleTenant } from '../../shared/domain/ids';
import type { Host } from './host';

/** Waits for nothing: whoever asks later finds it ready, or hears what is wrong with it. `tenant`: where the page begins. */
export function prepareEngine(host: Pick<Host, 'call'>, tenant: string | null): void {
  const prepared: Promise<unknown> = tenant === sampleTenant ? host.call('archive.span', { tenant }) : host.call('view.list', {});
  prepared.catch(() => undefined);
}
