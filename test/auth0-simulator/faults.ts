/** What can be made to go wrong, as data, and when a fault that was set strikes. */

/** `Link` values named by what is wrong with them. `backwards` points before the page, `relative` and `several` are legitimate forms. */
export type LinkFault =
  | 'missing' | 'self' | 'backwards' | 'other-host' | 'other-path' | 'other-scheme' | 'other-port'
  | 'userinfo' | 'host-as-userinfo' | 'malformed' | 'empty' | 'relative' | 'several';

/** Where it strikes: pages of the log (both modes; the default), the token endpoint, or both. `after` requests pass first, then `times` are struck (default: for ever). */
type When = { readonly on?: 'pages' | 'token' | 'both'; readonly after?: number; readonly times?: number };

type Effect =
  /** 429; `reset` says what the rate headers claim; Retry-After in seconds or as a date so many seconds ahead. */
  | { readonly kind: 'too-many-requests'; readonly reset?: 'next-second' | 'missing' | 'past' | 'hour-ahead' | 'milliseconds' | 'garbage'; readonly retryAfterSeconds?: number; readonly retryAfterDateSeconds?: number }
  | { readonly kind: 'server-error'; readonly status: 500 | 502 | 503 | 504 | 520 }
  /** Any other refusal, worded in the endpoint's dialect. */
  | { readonly kind: 'refusal'; readonly status: number; readonly code: string; readonly message: string }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'forbidden'; readonly scope: string }
  | { readonly kind: 'uri-too-long' }
  /** 200 with a page of HTML, as a captive portal gives. */
  | { readonly kind: 'html' }
  | { readonly kind: 'empty-body' }
  | { readonly kind: 'no-content' }
  | { readonly kind: 'body'; readonly text: string; readonly status?: number; readonly contentType?: string }
  | { readonly kind: 'content-type'; readonly value: string }
  /** `target` is an origin; the path stays. */
  | { readonly kind: 'redirect'; readonly status: 301 | 302 | 303 | 307 | 308; readonly target?: string }
  /** `length`: the whole length is promised and the connection cut. `exact`: the length fits what is sent. `chunked` ends properly, `chunked-cut` does not. `at` grows by `step` at each strike. */
  | { readonly kind: 'truncate'; readonly at: number; readonly step?: number; readonly framing: 'length' | 'exact' | 'chunked' | 'chunked-cut' }
  | { readonly kind: 'reset'; readonly when: 'before-headers' | 'in-body' }
  | { readonly kind: 'stall'; readonly when: 'before-headers' | 'after-headers' | 'in-body' }
  /** One byte each interval; `bytes` makes the steps larger. */
  | { readonly kind: 'drip'; readonly everyMs: number; readonly bytes?: number }
  | { readonly kind: 'delay'; readonly ms: number }
  /** `bomb` unpacks to `bytes` (default 64 MiB) of an otherwise harmless array; `mislabelled` is not gzip at all. */
  | { readonly kind: 'gzip'; readonly state: 'good' | 'corrupt' | 'cut' | 'mislabelled' | 'bomb'; readonly bytes?: number }
  /** A JSON array of so many bytes, streamed. */
  | { readonly kind: 'oversized'; readonly bytes: number; readonly framing: 'length' | 'chunked' }
  /** Shifts the `Date` header. */
  | { readonly kind: 'clock-skew'; readonly seconds: number };

/** Only pages of the log know these. */
type PageEffect =
  /** Answers every request with the page that the first one struck got, `from` ignored. */
  | { readonly kind: 'repeat-page' }
  | { readonly kind: 'take'; readonly take: number }
  | { readonly kind: 'descending' }
  /** Every event of the page twice. */
  | { readonly kind: 'double-events' }
  /** `target` is the origin used by `other-host` and `host-as-userinfo`. */
  | { readonly kind: 'link'; readonly link: LinkFault | { readonly text: string }; readonly target?: string };

type TokenEffect = { readonly kind: 'token-refused'; readonly reason: 'access-denied' | 'invalid-client' | 'no-grant' | 'service-not-enabled' };

export type Fault = When & (Effect | PageEffect | TokenEffect);

/** A fault that strikes now; `strike` counts from 0. */
export type Strike = { readonly fault: Fault; readonly strike: number; readonly memory: Map<string, string> };

export type FaultSwitch = {
  /** Replaces what is active; of several, the first that applies strikes. */
  readonly set: (faults: Fault | readonly Fault[] | null) => void;
  readonly next: (endpoint: 'pages' | 'token') => Strike | null;
};

type Armed = { readonly fault: Fault; passed: number; struck: number; readonly memory: Map<string, string> };

const placeOf = (fault: Fault): 'pages' | 'token' | 'both' => fault.on ?? (fault.kind === 'token-refused' ? 'token' : 'pages');

export function createFaultSwitch(): FaultSwitch {
  let active: readonly Armed[] = [];

  const strikes = (armed: Armed, endpoint: 'pages' | 'token'): boolean => {
    const place = placeOf(armed.fault);
    if (place !== 'both' && place !== endpoint) return false;
    if (armed.struck >= (armed.fault.times ?? Infinity)) return false;
    armed.passed += 1;
    return armed.passed > (armed.fault.after ?? 0);
  };

  return {
    set: faults => {
      const list = faults === null ? [] : 'kind' in faults ? [faults] : faults;
      active = list.map(fault => ({ fault, passed: 0, struck: 0, memory: new Map() }));
    },
    next: endpoint => {
      const armed = active.find(candidate => strikes(candidate, endpoint));
      if (armed === undefined) return null;
      armed.struck += 1;
      return { fault: armed.fault, strike: armed.struck - 1, memory: armed.memory };
    },
  };
}
