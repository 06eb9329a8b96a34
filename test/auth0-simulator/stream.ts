/** Auth0's log stream as a sender: the same events in envelopes, some twice, some out of order, retried when the receiver fails. */
import type { SimulatedEvent } from './event-log';

export type StreamFormat = 'JSONLINES' | 'JSONARRAY' | 'JSONOBJECT';

export type StreamShape = {
  readonly format: StreamFormat;
  /** Envelopes in one request; JSONOBJECT always has one. */
  readonly batchSize: number;
  /** Every n-th event is sent again at the end of its batch; 0 never. */
  readonly repeatEvery: number;
  /** Reverses the order of neighbours in groups of this size; 1 keeps the order. */
  readonly disorder: number;
  /** Personal fields as asterisks, as a stream with `pii_config` sends them. */
  readonly pii: 'clear' | 'masked';
};

const maskedFields = ['user_name'];
const apiOnlyFields = ['_id', 'id', 'isMobile'];

/** API-only fields go, `isMobile` becomes `is_mobile`, and personal fields are masked; `log_id` stays inside as well. */
function envelope(event: SimulatedEvent, pii: StreamShape['pii']): string {
  const whole = JSON.parse(event.json) as Readonly<Record<string, unknown>>;
  const mask = (field: string, value: unknown): unknown => (pii === 'masked' && maskedFields.includes(field) && typeof value === 'string' ? '*'.repeat(value.length) : value);
  const kept = Object.entries(whole).filter(([field]) => !apiOnlyFields.includes(field)).map(([field, value]) => [field, mask(field, value)]);
  const mobile = whole['isMobile'] === undefined ? {} : { is_mobile: whole['isMobile'] };
  return JSON.stringify({ log_id: event.logId, data: { ...Object.fromEntries(kept), ...mobile } });
}

function groups<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

function bodyOf(format: StreamFormat, envelopes: readonly string[]): string {
  if (format === 'JSONARRAY') return `[${envelopes.join(',')}]`;
  return format === 'JSONLINES' ? envelopes.map(line => `${line}\n`).join('') : envelopes.join('');
}

/** The bodies of the requests that a stream would send for these events. */
export function streamBodies(events: readonly SimulatedEvent[], shape: StreamShape): readonly string[] {
  const shuffled = groups(events, shape.disorder).flatMap(group => [...group].reverse());
  const repeated = shape.repeatEvery === 0 ? shuffled : shuffled.flatMap((event, index) => ((index + 1) % shape.repeatEvery === 0 ? [event, event] : [event]));
  const envelopes = repeated.map(event => envelope(event, shape.pii));
  return groups(envelopes, shape.format === 'JSONOBJECT' ? 1 : shape.batchSize).map(batch => bodyOf(shape.format, batch));
}

export type StreamDelivery = { readonly delivered: number; readonly attempts: number; readonly failed: readonly string[] };

const maximumAttempts = 3;

/** POSTs bodies one after another, each at most three times until any 2xx; `authorization` is sent raw. */
export async function deliverStream(bodies: readonly string[], target: { readonly url: string; readonly authorization: string }): Promise<StreamDelivery> {
  const failed: string[] = [];
  let attempts = 0;
  for (const body of bodies) {
    let isAccepted = false;
    for (let attempt = 0; attempt < maximumAttempts && !isAccepted; attempt += 1) {
      attempts += 1;
      isAccepted = await post(body, target);
    }
    if (!isAccepted) failed.push(body);
  }
  return { delivered: bodies.length - failed.length, attempts, failed };
}

async function post(body: string, { url, authorization }: { readonly url: string; readonly authorization: string }): Promise<boolean> {
  try {
    const response = await fetch(url, { method: 'POST', body, headers: { authorization, 'content-type': 'application/json' }, redirect: 'manual' });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
