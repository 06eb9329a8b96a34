/** Passes the bytes of uploads and downloads between a host's transfers and the engine, only while the operation that named them runs. */
import { Failure } from '../../shared/errors';
import type { Transfers } from './host';
import type { PageDoors } from './page-files';

export type TransferDesk = {
  readonly doors: PageDoors;
  /** Runs an operation that names these transfers; its signal also ends a wait for the browser. @throws Failure operation.input-invalid when one is in use */
  readonly during: <Value>(ids: readonly string[], signal: AbortSignal, work: () => Promise<Value>) => Promise<Value>;
};

/** The promise, or operation.cancelled as soon as the signal fires. */
export async function unlessAborted<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  let giveUp = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    giveUp = () => { reject(new Failure('operation.cancelled')); };
  });
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

function doorsOf(transfers: Transfers, named: ReadonlyMap<string, AbortSignal>): PageDoors {
  const signalOf = (id: string): AbortSignal => {
    const signal = named.get(id);
    if (signal === undefined) throw new Failure('operation.input-invalid', { problem: 'no operation has named this transfer' });
    return signal;
  };
  return {
    uploadSize: async ({ id }) => (signalOf(id).aborted ? null : transfers.uploadSize(id)),
    readUpload: async ({ id }) => unlessAborted(signalOf(id), transfers.readUpload(id)),
    writeDownload: async ({ id, bytes }) => {
      await unlessAborted(signalOf(id), transfers.writeDownload(id, bytes));
      return null;
    },
    endDownload: async ({ id, end }) => {
      signalOf(id);
      await transfers.endDownload(id, end);
      return null;
    },
  };
}

export function createTransferDesk(transfers: Transfers): TransferDesk {
  const named = new Map<string, AbortSignal>();
  return {
    doors: doorsOf(transfers, named),
    during: async (ids, signal, work) => {
      if (new Set(ids).size !== ids.length || ids.some(id => named.has(id))) throw new Failure('operation.input-invalid', { problem: 'a transfer can be used once' });
      for (const id of ids) named.set(id, signal);
      try {
        return await work();
      } finally {
        for (const id of ids) named.delete(id);
      }
    },
  };
}
