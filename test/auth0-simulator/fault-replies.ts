/** Turns an honest reply into the one a fault asks for, and says how it is to be sent. */
import { gzipSync } from 'node:zlib';
import type { Delivery } from './delivery';
import type { Fault, Strike } from './faults';
import { apiError, bytesReply, htmlReply, oauthError, withHeaders } from './replies';
import type { Reply } from './replies';
import { tokenRefusals } from './tokens';

export type Sending = { readonly reply: Reply; readonly delivery: Delivery };
export type StruckCall = { readonly endpoint: 'pages' | 'token'; readonly path: string; readonly audience: string; readonly now: number };

const plain = (reply: Reply): Sending => ({ reply, delivery: { how: 'whole' } });

type TooMany = Extract<Fault, { kind: 'too-many-requests' }>;

function resetHeaders(reset: TooMany['reset'], now: number): Readonly<Record<string, string>> {
  const seconds = Math.floor(now / 1000);
  const values: Readonly<Record<NonNullable<TooMany['reset']>, string>> = {
    'next-second': String(seconds + 1), 'past': String(seconds - 600), 'hour-ahead': String(seconds + 3600),
    'milliseconds': String(now + 1000), 'garbage': 'soon', 'missing': '',
  };
  if (reset === 'missing') return {};
  return { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': values[reset ?? 'next-second'] };
}

function tooMany(fault: TooMany, { endpoint, now }: StruckCall): Reply {
  const reply = endpoint === 'token' ? oauthError(429, 'too_many_requests', 'Global limit has been reached') : apiError(429, 'Global limit has been reached', 'too_many_requests');
  const seconds = fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
  const date = fault.retryAfterDateSeconds === undefined ? {} : { 'retry-after': new Date(now + fault.retryAfterDateSeconds * 1000).toUTCString() };
  return withHeaders(reply, { ...resetHeaders(fault.reset, now), ...seconds, ...date });
}

const refused = (endpoint: 'pages' | 'token', status: number, code: string, message: string): Reply =>
  endpoint === 'token' ? oauthError(status, code, message) : apiError(status, message, code);

type Truncate = Extract<Fault, { kind: 'truncate' }>;

function truncated(fault: Truncate, reply: Reply, strike: number): Sending {
  const at = Math.min(reply.body.length, fault.at + strike * (fault.step ?? 0));
  if (fault.framing === 'length') return { reply, delivery: { how: 'cut', at, framing: 'length' } };
  if (fault.framing === 'chunked-cut') return { reply, delivery: { how: 'cut', at, framing: 'chunked' } };
  const short = { ...reply, body: reply.body.subarray(0, at) };
  return { reply: short, delivery: { how: fault.framing === 'chunked' ? 'chunked' : 'whole' } };
}

const bombBytes = 64 << 20;

function zipped(fault: Extract<Fault, { kind: 'gzip' }>, reply: Reply): Sending {
  const labelled = (body: Buffer): Sending => plain(withHeaders({ ...reply, body }, { 'content-encoding': 'gzip' }));
  if (fault.state === 'mislabelled') return labelled(reply.body);
  if (fault.state === 'bomb') {
    const size = fault.bytes ?? bombBytes;
    return labelled(gzipSync(Buffer.concat([Buffer.from('['), Buffer.alloc(size - 2, ' '), Buffer.from(']')])));
  }
  const packed = gzipSync(reply.body);
  if (fault.state === 'cut') return labelled(packed.subarray(0, packed.length >> 1));
  if (fault.state === 'corrupt') packed.writeUInt8(packed.readUInt8(packed.length >> 1) ^ 0xff, packed.length >> 1);
  return labelled(packed);
}

/** Replies that replace the honest one; null for faults that need it. */
function replacement(fault: Fault, call: StruckCall): Reply | null {
  switch (fault.kind) {
    case 'too-many-requests': return tooMany(fault, call);
    case 'server-error': return htmlReply(fault.status, `Error ${fault.status}`);
    case 'refusal': return refused(call.endpoint, fault.status, fault.code, fault.message);
    case 'unauthorized': return call.endpoint === 'token' ? tokenRefusals['access-denied']() : apiError(401, 'Invalid token');
    case 'forbidden': return refused(call.endpoint, 403, 'insufficient_scope', `Insufficient scope, expected any of: ${fault.scope}`);
    case 'uri-too-long': return htmlReply(414, '414 Request-URI Too Large');
    case 'html': return htmlReply(200, 'Sign in to the network');
    case 'empty-body': return bytesReply(200, Buffer.alloc(0));
    case 'no-content': return { status: 204, headers: {}, body: Buffer.alloc(0) };
    case 'body': return bytesReply(fault.status ?? 200, Buffer.from(fault.text), fault.contentType === undefined ? {} : { 'content-type': fault.contentType });
    case 'redirect': return { status: fault.status, headers: { location: (fault.target ?? 'https://elsewhere.example.com') + call.path }, body: Buffer.alloc(0) };
    case 'token-refused': return tokenRefusals[fault.reason](call.audience);
    default: return null;
  }
}

/** The sending that a strike makes of the honest reply. */
export function struck({ fault, strike }: Strike, reply: Reply, call: StruckCall): Sending {
  const replaced = replacement(fault, call);
  if (replaced !== null) return plain(replaced);
  switch (fault.kind) {
    case 'truncate': return truncated(fault, reply, strike);
    case 'gzip': return zipped(fault, reply);
    case 'content-type': return plain(withHeaders(reply, { 'content-type': fault.value }));
    case 'clock-skew': return plain(withHeaders(reply, { date: new Date(call.now + fault.seconds * 1000).toUTCString() }));
    case 'reset': return { reply, delivery: { how: 'reset', when: fault.when } };
    case 'stall': return { reply, delivery: { how: 'stall', when: fault.when } };
    case 'drip': return { reply, delivery: { how: 'drip', everyMs: fault.everyMs, bytes: fault.bytes ?? 1 } };
    case 'delay': return { reply, delivery: { how: 'delay', ms: fault.ms } };
    case 'oversized': return { reply, delivery: { how: 'flood', bytes: fault.bytes, framing: fault.framing } };
    default: return plain(reply);
  }
}
