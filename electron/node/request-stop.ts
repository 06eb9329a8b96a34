/** One way to end a request that is under way: the caller's signal, or no answer in time. */
import { HttpFault, type HttpRequest } from '../auth0/ports';

export type Stop = {
  readonly signal: AbortSignal;
  /** Rejects when the signal fires: an adapter may heed it only once there is a connection. */
  readonly stopped: Promise<never>;
  readonly headersCame: () => void;
  readonly end: () => void;
};

/** Stops what is under way when the caller says so, or when no header came in time. */
export function createStop(request: HttpRequest): Stop {
  const abort = new AbortController();
  let reject: (fault: HttpFault) => void = () => undefined;
  const stopped = new Promise<never>((_resolve, refuse) => {
    reject = refuse;
  });
  // Nobody may be waiting yet when the signal has fired before the start.
  stopped.catch(() => undefined);
  const stopWith = (fault: HttpFault): void => {
    reject(fault);
    abort.abort(fault);
  };
  const cancel = (): void => {
    stopWith(new HttpFault('cancelled', 'it was stopped'));
  };
  const timer = setTimeout(() => {
    stopWith(new HttpFault('timeout', 'no answer in time'));
  }, request.headerTimeoutMs);
  request.signal.addEventListener('abort', cancel);
  if (request.signal.aborted) cancel();
  const headersCame = (): void => {
    clearTimeout(timer);
  };
  const end = (): void => {
    clearTimeout(timer);
    request.signal.removeEventListener('abort', cancel);
  };
  return { signal: abort.signal, stopped, headersCame, end };
}
