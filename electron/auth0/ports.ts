/** What the Auth0 client needs from a host: requests, time and chance. */
import type { TenantId } from '../../shared/domain/ids';

export type HttpRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** From the call to the first header of the answer, the connection included. */
  readonly headerTimeoutMs: number;
  /** The longest silence within the body. */
  readonly idleTimeoutMs: number;
  /** `public-only` refuses hosts whose address is private, loopback, link-local or otherwise not on the public internet. */
  readonly network: 'public-only' | 'any';
};

export type HttpResponse = {
  readonly status: number;
  /** Names in lower case; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** To be read once, or given back unread through its iterator's `return`. @throws HttpFault when it does not come whole */
  readonly body: AsyncIterable<Uint8Array>;
};

export type HttpPort = {
  /** One request, without following a redirect. @throws HttpFault */
  readonly send: (request: HttpRequest) => Promise<HttpResponse>;
};

/** `tls` and `blocked` stay as they are until somebody changes a setting; the others may pass. */
export type HttpFaultKind = 'unreachable' | 'timeout' | 'reset' | 'tls' | 'blocked' | 'cancelled';

/** No answer, or not all of it. `problem` is a short phrase for people, without addresses, URLs or credentials. */
export class HttpFault extends Error {
  readonly kind: HttpFaultKind;
  readonly problem: string;

  constructor(kind: HttpFaultKind, problem: string) {
    super(problem);
    this.name = 'HttpFault';
    this.kind = kind;
    this.problem = problem;
  }
}

export type Auth0Clock = {
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number;
  /** Monotonic milliseconds. */
  readonly elapsed: () => number;
  /** Resolves after the time, or at once when the signal fires. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
};

export type Auth0Ports = {
  readonly http: HttpPort;
  readonly clock: Auth0Clock;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
  /** Told before every wait of more than two seconds, for the rate budget or before a repetition. */
  readonly waiting?: (tenant: TenantId, ms: number) => void;
};
