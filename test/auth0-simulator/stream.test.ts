/** The simulated log stream: envelopes, repeats, disorder, masks and retries. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { deliverStream, oddEvents, simulatedNow, streamBodies } from './index';

const events = oddEvents(simulatedNow);
const shape = { format: 'JSONLINES', batchSize: 5, repeatEvery: 0, disorder: 1, pii: 'clear' } as const;
type Envelope = { readonly log_id: string; readonly data: Readonly<Record<string, unknown>> };
const linesOf = (bodies: readonly string[]): readonly Envelope[] => bodies.flatMap(body => body.trim().split('\n')).map(line => JSON.parse(line) as Envelope);

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map(close => close()));
});

async function receiver(statuses: readonly number[]) {
  const received: { readonly body: string; readonly authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
    request.on('end', () => {
      response.statusCode = statuses[received.length] ?? 200;
      received.push({ body, authorization: request.headers.authorization });
      response.end();
    });
  });
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve); });
  closing.push(() => new Promise(resolve => { server.close(resolve); server.closeAllConnections(); }));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/logs`, received };
}

describe('a log stream', () => {
  it('wraps each event in an envelope and leaves out what only the API sends', () => {
    const lines = linesOf(streamBodies(events, shape));
    expect(lines.map(line => line.log_id)).toEqual(events.map(event => event.logId));
    expect(lines.every(({ log_id, data }) => data['log_id'] === log_id && data['is_mobile'] === false)).toBe(true);
    expect(lines.some(({ data }) => '_id' in data || 'id' in data || 'isMobile' in data)).toBe(false);
  });

  it('comes as lines, as an array or one by one', () => {
    const bodies = streamBodies(events, { ...shape, format: 'JSONARRAY' });
    expect(bodies.map(body => (JSON.parse(body) as unknown[]).length)).toEqual([5, 5, 3]);
    expect(streamBodies(events, { ...shape, format: 'JSONOBJECT' })).toHaveLength(events.length);
  });

  it('repeats and disorders events, and masks names', () => {
    const lines = linesOf(streamBodies(events, { ...shape, repeatEvery: 4, disorder: 3, pii: 'masked' }));
    const ids = lines.map(line => line.log_id);
    expect(ids).toHaveLength(events.length + 3);
    expect(new Set(ids)).toEqual(new Set(events.map(event => event.logId)));
    expect(ids.slice(0, 3)).toEqual([2, 1, 0].map(index => events[index]!.logId));
    expect(lines.map(({ data }) => data['user_name']).filter(name => typeof name === 'string').every(name => /^\*+$/.test(name))).toBe(true);
  });

  it('is tried three times, with the raw authorization value', async () => {
    const bodies = streamBodies(events, shape);
    const { url, received } = await receiver([500, 204, 500, 500, 500, 200]);
    const delivery = await deliverStream(bodies, { url, authorization: 'simulated value' });
    expect(delivery).toEqual({ delivered: 2, attempts: 6, failed: [bodies[1]] });
    expect(received.map(({ body }) => body)).toEqual([0, 0, 1, 1, 1, 2].map(index => bodies[index]));
    expect(received[0]?.authorization).toBe('simulated value');
  });
});
