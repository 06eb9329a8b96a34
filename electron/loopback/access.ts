/** Decides from a request's head alone whether it may be answered, and as what: one pure function, tested as a table of cases. */

/** What is known of a request before its body; header names in lower case, every value that was sent under one. */
export type RequestHead = {
  readonly method: string;
  /** As in the request line: path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
};

/** What the request is measured by. */
export type Door = {
  readonly port: number;
  /** Whether a cookie's value is this run's session. */
  readonly isSession: (value: string) => boolean;
  /** Whether a ticket is the one that may be used now. */
  readonly isTicket: (value: string) => boolean;
};

export type Passage =
  | { readonly kind: 'enter' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'call' }
  | { readonly kind: 'events' }
  | { readonly kind: 'upload'; readonly id: string; readonly size: number | null }
  | { readonly kind: 'download'; readonly id: string; readonly name: string };

export type Refusal = { readonly kind: 'refused'; readonly status: 400 | 403 | 404 | 405 | 413 | 415 | 421; readonly reason: RefusalReason; readonly allow: string };
export type RefusalReason = 'target' | 'host' | 'origin' | 'site' | 'ticket' | 'session' | 'method' | 'type' | 'size' | 'id' | 'header';

export const callLimitBytes = 1_048_576;
/** The limit of an import's unpacked size; what is packed is not larger. */
export const uploadLimitBytes = 20 * 1024 ** 3;

const statuses: Readonly<Record<RefusalReason, Refusal['status']>> = {
  target: 400, header: 400, host: 421, origin: 403, site: 403, ticket: 403, session: 403, method: 405, type: 415, size: 413, id: 404,
};

const refuse = (reason: RefusalReason, allow = ''): Refusal => ({ kind: 'refused', status: statuses[reason], reason, allow });

/** The page chooses the ids of what it sends and takes. */
const transferId = /^[A-Za-z0-9_-]{1,64}$/;
/** Of these a second value would leave it open which one counts. */
const singleHeaders = ['host', 'origin', 'cookie', 'content-type', 'content-length', 'sec-fetch-site', 'sec-fetch-mode'];

export const authorityOf = (port: number): string => (port === 80 ? '127.0.0.1' : `127.0.0.1:${String(port)}`);
/** Cookies are shared by all ports of an address: the name keeps two running hosts apart. */
export const cookieName = (port: number): string => `tenantscope-${String(port)}`;

type Head = RequestHead & { readonly path: string; readonly query: URLSearchParams; readonly one: (header: string) => string | null };

/** The head of a well-formed request; null when its target is none of this host's or a header that counts is doubled. */
function readHead(head: RequestHead): Head | 'target' | 'header' {
  if (!/^\/(?!\/)[\x21-\x7e]*$/.test(head.target)) return 'target';
  if (singleHeaders.some(name => (head.headers[name]?.length ?? 0) > 1)) return 'header';
  const at = head.target.indexOf('?');
  const path = at === -1 ? head.target : head.target.slice(0, at);
  return { ...head, path, query: new URLSearchParams(at === -1 ? '' : head.target.slice(at + 1)), one: name => head.headers[name]?.[0] ?? null };
}

/** Browsers send it with every request; other programs do not, and they cannot be lured. */
function isOwnSite({ method, one }: Head): boolean {
  const site = one('sec-fetch-site');
  if (site === null || site === 'same-origin') return true;
  // `none`: the person typed the address or opened it from another program.
  return site === 'none' && (method === 'GET' || method === 'HEAD') && [null, 'navigate'].includes(one('sec-fetch-mode'));
}

const isOwnOrigin = ({ method, one }: Head, authority: string): boolean => {
  const origin = one('origin');
  return origin === null ? method !== 'POST' : origin === `http://${authority}`;
};

function hasSession({ one }: Head, { port, isSession }: Door): boolean {
  const pairs = (one('cookie') ?? '').split(';').map(pair => pair.trim());
  const own = pairs.filter(pair => pair.startsWith(`${cookieName(port)}=`)).map(pair => pair.slice(cookieName(port).length + 1));
  return own.length === 1 && isSession(own[0] ?? '');
}

/** The body's length as announced; null when it comes in chunks. */
function announcedSize({ one }: Head): number | null | 'header' {
  const text = one('content-length');
  if (text === null) return null;
  return /^\d{1,15}$/.test(text) ? Number(text) : 'header';
}

function postPassage(head: Head): Passage | Refusal {
  const isCall = head.path === '/call';
  if (head.method !== 'POST') return refuse('method', 'POST');
  const type = /^application\/(json|octet-stream)(?:; ?charset=utf-8)?$/i.exec(head.one('content-type') ?? '')?.[1]?.toLowerCase();
  if (type !== (isCall ? 'json' : 'octet-stream')) return refuse('type');
  const size = announcedSize(head);
  if (size === 'header') return refuse('header');
  if (size !== null && size > (isCall ? callLimitBytes : uploadLimitBytes)) return refuse('size');
  if (isCall) return { kind: 'call' };
  const id = head.query.get('id') ?? '';
  return transferId.test(id) ? { kind: 'upload', id, size } : refuse('id');
}

function downloadPassage(head: Head): Passage | Refusal {
  const id = head.path.slice('/download/'.length);
  return transferId.test(id) ? { kind: 'download', id, name: head.query.get('name') ?? '' } : refuse('id');
}

function passageOf(head: Head): Passage | Refusal {
  const { method, path } = head;
  if (path === '/call' || path === '/upload') return postPassage(head);
  const isFile = path !== '/events' && !path.startsWith('/download/');
  if (method !== 'GET' && !(method === 'HEAD' && isFile)) return refuse('method', isFile ? 'GET, HEAD' : 'GET');
  if (isFile) return { kind: 'file', path };
  return path === '/events' ? { kind: 'events' } : downloadPassage(head);
}

/**
 * In this order: well formed; our own name (421); our own origin (403); no foreign site (403); a ticket, good for one browser; else
 * the session's cookie (403); and only then what is asked for.
 */
export function judge(request: RequestHead, door: Door): Passage | Refusal {
  const head = readHead(request);
  if (typeof head === 'string') return refuse(head);
  const authority = authorityOf(door.port);
  if (head.one('host') !== authority) return refuse('host');
  if (!isOwnOrigin(head, authority)) return refuse('origin');
  if (!isOwnSite(head)) return refuse('site');
  const tickets = head.path === '/' ? head.query.getAll('ticket') : [];
  if (tickets.length > 0) {
    if (head.method !== 'GET') return refuse('method', 'GET');
    return tickets.length === 1 && door.isTicket(tickets[0] ?? '') ? { kind: 'enter' } : refuse('ticket');
  }
  return hasSession(head, door) ? passageOf(head) : refuse('session');
}
