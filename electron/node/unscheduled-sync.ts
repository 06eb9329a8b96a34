/** A sync of a host without a schedule, as of the command line: how it ended is kept for whoever opens the folder next. */
import type { CheckedInput, SyncReceipt } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { MainContext } from './main-context';
import { failed, outcomeOf, restored, saysNothing, started, succeeded } from './sync-record';
import type { SyncRecord } from './sync-record';

type Places = Pick<MainContext, 'vault' | 'outcomes'>;
type Input = CheckedInput<'tenant.sync'>;

/** @throws Failure what the work throws */
export async function syncUnscheduled({ vault, outcomes }: Places, input: Input, work: (input: Input) => Promise<SyncReceipt>): Promise<SyncReceipt> {
  const { tenant } = input;
  const record = started(restored(tenant, outcomes.of(tenant), Date.now()), Date.now());
  const keep = (ended: SyncRecord): void => {
    if (vault.tenants().some(known => known.tenant === tenant && known.connected)) outcomes.keep(tenant, outcomeOf(ended));
  };
  try {
    const receipt = await work(input);
    keep(succeeded(record, Date.now(), receipt));
    return receipt;
  } catch (error) {
    if (error instanceof Failure && !saysNothing(error.code)) keep(failed(record, Date.now(), error));
    throw error;
  }
}
