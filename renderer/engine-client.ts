/** The page's one way to the privileged side: the desktop's bridge where there is one, else the loopback host. */
import type { Input, OperationName, Output, Push, PushName, Reply } from '../shared/contract';
import { Failure } from '../shared/errors';

type Message = { readonly id: string; readonly name: string; readonly input: unknown } | { readonly cancel: string };

/** `up`: pushes arrive. `gone`: the host does not answer; it is asked again until it does. */
export type Connection = 'up' | 'gone';

export type Transport = {
  /** @throws anything when the host does not answer */
  readonly send: (message: Message) => Promise<Reply>;
  /** Pushes and the state of the line; returns the function that ends both. */
  readonly listen: (onPush: (push: Push) => void, onConnection: (state: Connection) => void) => () => void;
};

export type CallOptions = { readonly signal?: AbortSignal | undefined };

export type EngineClient = {
  readonly call: <Name extends OperationName>(name: Name, input: Input<Name>, options?: CallOptions) => Promise<Output<Name>>;
  readonly onPush: (listener: (push: Push) => void) => () => void;
  readonly onConnection: (listener: (state: Connection) => void) => () => void;
};

/** @throws Failure host.gone when there is no answer */
async function send(transport: Transport, message: Message): Promise<Reply> {
  try {
    return await transport.send(message);
  } catch {
    throw new Failure('host.gone');
  }
}

/** A client over a transport; listens while anybody does, and reports `gone` also when a call goes unanswered. */
export function createEngineClient(transport: Transport): EngineClient {
  const pushListeners = new Set<(push: Push) => void>();
  const connectionListeners = new Set<(state: Connection) => void>();
  const ends: (() => void)[] = [];
  const report = (state: Connection): void => { for (const listener of connectionListeners) listener(state); };

  const subscribe = <Listener>(listeners: Set<Listener>, listener: Listener): (() => void) => {
    listeners.add(listener);
    if (ends.length === 0) ends.push(transport.listen(push => { for (const heard of pushListeners) heard(push); }, report));
    return () => {
      listeners.delete(listener);
      if (pushListeners.size + connectionListeners.size === 0) for (const end of ends.splice(0)) end();
    };
  };

  const call: EngineClient['call'] = async (name, input, { signal } = {}) => {
    if (signal?.aborted === true) throw new Failure('operation.cancelled');
    const id = crypto.randomUUID();
    const cancel = (): void => { send(transport, { cancel: id }).catch(() => { report('gone'); }); };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const reply = await send(transport, { id, name, input });
      if (!reply.ok) throw Failure.fromReport(reply.error);
      // The privileged side has checked the value against the contract.
      return reply.value as Output<typeof name>;
    } catch (error) {
      if (error instanceof Failure && error.code === 'host.gone') report('gone');
      throw error;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  };

  return { call, onPush: listener => subscribe(pushListeners, listener), onConnection: listener => subscribe(connectionListeners, listener) };
}

const isReply = (value: unknown): value is Reply => typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';

async function post(message: Message): Promise<Reply> {
  const response = await fetch('/call', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(message), credentials: 'same-origin', cache: 'no-store',
  });
  const reply: unknown = await response.json();
  if (!isReply(reply)) throw new Error('The host answered with something else.');
  return reply;
}

const retryMs = 2_000;
/** A line that is back within this time was never gone: browsers wait about three seconds before they try again. */
const graceMs = 5_000;

type EventLine = { source: EventSource | null; retry: number | undefined; grace: number | undefined };

/** Server-sent events that come back by themselves, also after an answer on which the browser gives up. */
function listenToEvents(onPush: (push: Push) => void, onConnection: (state: Connection) => void): () => void {
  const line: EventLine = { source: null, retry: undefined, grace: undefined };
  const open = (): void => {
    const source = new EventSource('/events');
    line.source = source;
    source.onopen = () => {
      window.clearTimeout(line.grace);
      line.grace = undefined;
      onConnection('up');
    };
    source.onmessage = event => { onPush(JSON.parse(String(event.data)) as Push); };
    source.onerror = () => {
      line.grace ??= window.setTimeout(() => { onConnection('gone'); }, graceMs);
      if (source.readyState === EventSource.CLOSED) line.retry = window.setTimeout(open, retryMs);
    };
  };
  open();
  return () => {
    window.clearTimeout(line.retry);
    window.clearTimeout(line.grace);
    line.source?.close();
  };
}

const client = createEngineClient({
  send: message => (window.tenantscope === undefined ? post(message) : window.tenantscope.call(message)),
  listen: (onPush, onConnection) => (window.tenantscope === undefined ? listenToEvents(onPush, onConnection) : window.tenantscope.onPush(onPush)),
});

/**
 * Asks for an operation by name; the signal cancels it on the other side, which then answers with operation.cancelled.
 * @throws Failure of the catalogue; host.gone when the host does not answer
 */
export const call = client.call;

/** Hears every push until the returned function is called. */
export const onPush = client.onPush;

/** Hears when the line to the host goes down and comes back. On the desktop it never does: the window ends with its host. */
export const onConnection = client.onConnection;

export type PushValue<Name extends PushName> = Extract<Push, { readonly name: Name }>['value'];
