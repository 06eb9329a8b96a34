/** Writes answers: every one with the security headers and with a body. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { securityHeaders } from '../node/static-files';

export type Body = { readonly status: number; readonly type: 'html' | 'text' | 'json'; readonly body: string; readonly headers?: Readonly<Record<string, string>> };

const types: Readonly<Record<Body['type'], string>> = { html: 'text/html; charset=utf-8', text: 'text/plain; charset=utf-8', json: 'application/json' };

export const headersOf = (more: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({ ...securityHeaders('self'), 'Cache-Control': 'no-store', ...more });

/** Does nothing when the client has gone. */
export function send(response: ServerResponse, { status, type, body, headers = {} }: Body): void {
  if (response.destroyed || response.headersSent) return;
  const bytes = Buffer.from(body);
  response.writeHead(status, headersOf({ 'Content-Type': types[type], 'Content-Length': String(bytes.length), ...headers }));
  response.end(bytes);
}

/** How long a client may go on sending what nobody reads, so that it comes to read the answer. */
const discardMs = 2_000;

/** Answers a request before its body was read to its end. */
export function sendEarly(request: IncomingMessage, response: ServerResponse, answer: Body): void {
  send(response, answer);
  if (request.complete) return;
  const timer = setTimeout(() => { request.destroy(); }, discardMs);
  request.once('close', () => { clearTimeout(timer); });
  // Cutting it off is part of the plan.
  request.on('error', () => undefined);
  request.resume();
}
