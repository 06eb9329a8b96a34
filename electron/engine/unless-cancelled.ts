/** Ends a caller's waiting for work that others wait for too. */
import { Failure } from '../../shared/errors';

/** The work goes on for whoever asks next; this caller no longer waits for it. @throws Failure operation.cancelled */
export function unlessCancelled<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const cancel = (): void => { reject(new Failure('operation.cancelled')); };
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => { signal.removeEventListener('abort', cancel); });
  });
}
