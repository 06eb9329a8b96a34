/** Takes calls from a window or a page as plain messages, cancels them by their id, and answers every message whatever it holds. */
import { z } from 'zod';
import type { OperationName, Reply } from '../../shared/contract';
import { operations } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { Host } from './host';

export type CallDesk = {
  /**
   * `{id, name, input}` runs an operation; `{cancel: id}` stops the one of that id and is answered with null, also when it has ended.
   * Ids are the caller's, at most 64 characters, unique among its calls under way. Never rejects.
   */
  readonly handle: (message: unknown) => Promise<Reply>;
  /** Cancels every call under way: whoever made them has gone. */
  readonly cancelAll: () => void;
};

/** Beyond it a caller is broken, not busy. */
const mostAtOnce = 64;

const id = z.string().min(1).max(64);
const cancelMessage = z.strictObject({ cancel: id });
const callMessage = z.strictObject({ id, name: z.string().min(1).max(64), input: z.unknown().optional() });

type Running = Map<string, AbortController>;

const refusal = (failure: Failure): Reply => ({ ok: false, error: failure.report() });
const malformed = (problem: string): Reply => refusal(new Failure('operation.input-invalid', { problem }));

async function answer(host: Host, running: Running, call: z.output<typeof callMessage>): Promise<Reply> {
  if (!Object.hasOwn(operations, call.name)) return refusal(new Failure('operation.unknown', { operation: call.name }));
  if (running.has(call.id)) return malformed('a call of this id is under way');
  if (running.size >= mostAtOnce) return refusal(new Failure('operation.too-many', { most: mostAtOnce }));
  const controller = new AbortController();
  running.set(call.id, controller);
  try {
    return { ok: true, value: await host.call(call.name as OperationName, call.input as never, { signal: controller.signal }) };
  } finally {
    running.delete(call.id);
  }
}

async function handle(host: Host, running: Running, message: unknown): Promise<Reply> {
  const cancel = cancelMessage.safeParse(message);
  if (cancel.success) {
    running.get(cancel.data.cancel)?.abort();
    return { ok: true, value: null };
  }
  const call = callMessage.safeParse(message);
  return call.success ? answer(host, running, call.data) : malformed('it is no call');
}

/** One desk serves all windows or pages of a host. */
export function createCallDesk(host: Host): CallDesk {
  const running: Running = new Map();
  return {
    handle: async message => {
      try {
        return await handle(host, running, message);
      } catch (error) {
        return refusal(error instanceof Failure ? error : new Failure('internal', { reference: 'call-desk' }));
      }
    },
    cancelAll: () => { for (const controller of running.values()) controller.abort(); },
  };
}
