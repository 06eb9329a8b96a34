/** Runs one operation at a person's wish: under way, failed or done, and stopped when they say so or leave. Keeps no input. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Input, OperationName, Output } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import { call } from '../engine-client';

export type Run<Value> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'done'; readonly value: Value };

export type Operation<Name extends OperationName> = {
  readonly run: Run<Output<Name>>;
  /** Resolves with the answer, or null when it failed, was stopped, or another start took its place; never rejects. */
  readonly start: (input: Input<Name>) => Promise<Output<Name> | null>;
  readonly cancel: () => void;
  /** Forgets the answer or failure. */
  readonly reset: () => void;
};

/** What is not of the catalogue is a fault of the page itself. */
export const asFailure = (error: unknown): Failure => (error instanceof Failure ? error : new Failure('internal', { reference: 'page' }));

const settled = <Value,>(failure: Failure): Run<Value> => (failure.code === 'operation.cancelled' ? { kind: 'idle' } : { kind: 'failed', failure });

/** Secrets in the input stay out of the query cache, which would keep them. */
export function useOperation<Name extends OperationName>(name: Name): Operation<Name> {
  const [run, setRun] = useState<Run<Output<Name>>>({ kind: 'idle' });
  const stop = useRef<AbortController | null>(null);
  const cancel = useCallback(() => { stop.current?.abort(); }, []);
  useEffect(() => cancel, [cancel]);
  const start = useCallback(async (input: Input<Name>) => {
    stop.current?.abort();
    const own = new AbortController();
    stop.current = own;
    setRun({ kind: 'running' });
    try {
      const value = await call(name, input, { signal: own.signal });
      if (stop.current !== own) return null;
      setRun({ kind: 'done', value });
      return value;
    } catch (error) {
      if (stop.current === own) setRun(settled(asFailure(error)));
      return null;
    }
  }, [name]);
  const reset = useCallback(() => { setRun({ kind: 'idle' }); }, []);
  return { run, start, cancel, reset };
}
