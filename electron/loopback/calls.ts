/** Takes a call from a page: reads its message, lets the desk answer, and keeps the line open meanwhile. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import { transferId } from '../node/user-files';
import { callLimitBytes } from './access';
import type { Downloads } from './downloads';
import { headersOf, send, sendEarly } from './replies';
import type { Uploads } from './uploads';

export type CallTaker = {
  readonly desk: { readonly handle: (message: unknown) => Promise<Reply> };
  readonly uploads: Uploads;
  readonly downloads: Downloads;
  /** How long a client may take to send the message. */
  readonly bodyMs: number;
  /** Browsers give up on an answer of which they hear nothing for minutes. */
  readonly signOfLifeMs: number;
};

const refusal = (problem: string): Reply => ({ ok: false, error: new Failure('operation.input-invalid', { problem }).report() });

/** The whole body; `size` when it is too large, null when the client has gone. */
async function readAll(request: IncomingMessage): Promise<Uint8Array | 'size' | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // Not destroyed when it is left: the answer goes out over the same socket.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > callLimitBytes) return 'size';
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch {
    return null;
  }
}

async function readInTime(request: IncomingMessage, bodyMs: number): Promise<Uint8Array | 'size' | 'time' | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'time'>(resolve => { timer = setTimeout(resolve, bodyMs, 'time'); });
  try {
    return await Promise.race([readAll(request), late]);
  } finally {
    clearTimeout(timer);
  }
}

function parse(bytes: Uint8Array): { readonly message: unknown } | null {
  try {
    return { message: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown };
  } catch {
    return null;
  }
}

const member = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined);

/** The transfers that a message names, wherever its operation takes files. */
export function transfersIn(message: unknown): { readonly uploads: readonly string[]; readonly downloads: readonly string[] } {
  const input = member(message, 'input');
  const named = (kind: 'upload' | 'download', values: readonly unknown[]): readonly string[] =>
    values.flatMap(value => (typeof value === 'string' ? [transferId(kind, value)] : [])).filter(id => id !== null);
  return { uploads: named('upload', [member(input, 'file'), member(input, 'files')].flat()), downloads: named('download', [member(input, 'out')]) };
}

async function answer({ desk, uploads, downloads }: CallTaker, message: unknown): Promise<Reply> {
  const named = transfersIn(message);
  downloads.expect(named.downloads);
  try {
    return await desk.handle(message);
  } finally {
    uploads.release(named.uploads);
    downloads.release(named.downloads);
  }
}

/** Blanks before a JSON text mean nothing: they are the sign of life. */
async function sendWhenReady(response: ServerResponse, reply: Promise<Reply>, signOfLifeMs: number): Promise<void> {
  const beat = setInterval(() => {
    if (!response.headersSent) response.writeHead(200, headersOf({ 'Content-Type': 'application/json' }));
    response.write(' ');
  }, signOfLifeMs);
  const body = JSON.stringify(await reply);
  clearInterval(beat);
  if (response.headersSent) response.end(body);
  else send(response, { status: 200, type: 'json', body });
}

/** A call goes on when its page has gone: what it stores is wanted all the same, and a page cancels by message what is not. */
export async function takeCall(taker: CallTaker, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readInTime(request, taker.bodyMs);
  if (body === null) return;
  if (body === 'size') return sendEarly(request, response, { status: 413, type: 'json', body: JSON.stringify(refusal('it is larger than 1 MiB')) });
  if (body === 'time') return sendEarly(request, response, { status: 408, type: 'json', body: JSON.stringify(refusal('it did not arrive in time')) });
  const parsed = parse(body);
  if (parsed === null) return send(response, { status: 400, type: 'json', body: JSON.stringify(refusal('it is not JSON in UTF-8')) });
  await sendWhenReady(response, answer(taker, parsed.message), taker.signOfLifeMs);
}
