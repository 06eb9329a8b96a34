/** A faithful stand-in for an Auth0 tenant on a loopback port: token endpoint, log, directory, statistics, rate limits and faults. */
import type { LogId } from '../../shared/domain/ids';
import { createEndpoints } from './endpoints';
import { createEventLog } from './event-log';
import type { SimulatedEvent } from './event-log';
import { createFaultSwitch } from './faults';
import type { Fault } from './faults';
import { generatedDirectory, loadGenerated } from './generated-events';
import { resolveOptions } from './options';
import type { SimulatorOptions } from './options';
import { createRequestLog } from './request-log';
import type { RecordedRequest } from './request-log';
import { listen, stopListening } from './server';
import type { Counts } from './server';
import { audienceOf, createTokens } from './tokens';

export type { SimulatedDirectory } from './directory';
export type { SimulatedEvent } from './event-log';
export type { Fault, LinkFault } from './faults';
export { generatedEvents } from './generated-events';
export { oddEvents } from './odd-events';
export { simulatedNow } from './options';
export type { SimulatorOptions } from './options';
export type { RecordedRequest } from './request-log';
export { deliverStream, streamBodies } from './stream';

export type Simulator = {
  /** `http://127.0.0.1:port`; serves `/oauth/token` and `/api/v2`. */
  readonly origin: string;
  /** What the client calls the tenant: the custom domain where there is one. */
  readonly domain: string;
  /** The tenant's own domain, which the audience names. */
  readonly audienceDomain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The last 50,000. */
  readonly requests: readonly RecordedRequest[];
  readonly counts: Readonly<Counts>;
  /** Makes events visible; late ids (smaller than the newest) are allowed, and a known id gets a new body. */
  readonly append: (events: readonly SimulatedEvent[]) => void;
  /** Removes the events whose id is below this one, as retention does. */
  readonly evictBefore: (logId: LogId) => void;
  /** Ids of the events visible now, ascending. */
  readonly visibleIds: () => readonly LogId[];
  /** The contract's digests, over every event that was ever visible (each with its first body) and over those visible now. */
  readonly digest: () => string;
  readonly contentDigest: () => string;
  readonly visibleDigest: () => string;
  readonly visibleContentDigest: () => string;
  /** Replaces the active faults, at any time; of several, the first that applies strikes. */
  readonly fault: (fault: Fault | readonly Fault[] | null) => void;
  /** For tokens issued from now on. */
  readonly setScopes: (scopes: readonly string[]) => void;
  readonly setSecret: (secret: string) => void;
  readonly expireTokens: () => void;
  /** Closes all sockets. */
  readonly stop: () => Promise<void>;
};

const keptRequests = 50_000;

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const resolved = resolveOptions(options);
  const log = createEventLog();
  const { events } = resolved;
  if ('count' in events) loadGenerated(log, events, resolved.domain);
  else log.append(events);
  const directory = () => resolved.directory ?? ('count' in events ? generatedDirectory(events, resolved.domain) : null);
  const tokens = createTokens(resolved);
  const faults = createFaultSwitch();
  const requestLog = createRequestLog(keptRequests);
  const counts: Counts = { requests: 0, tokens: 0, pages: 0, rateLimited: 0, refused: 0, faults: 0 };
  let origin = '';
  const endpoints = createEndpoints({ options: resolved, log, tokens, origin: () => origin, nextStrike: faults.next, directory });
  const listening = await listen({ endpoints, requestLog, counts, audience: audienceOf(resolved.domain) }, resolved.port);
  origin = listening.origin;
  return {
    origin,
    domain: resolved.customDomain ?? resolved.domain,
    audienceDomain: resolved.domain,
    clientId: resolved.clientId,
    clientSecret: resolved.clientSecret,
    get requests() { return requestLog.list(); },
    counts,
    append: log.append,
    evictBefore: log.evictBefore,
    visibleIds: () => log.visible().map(entry => entry.logId),
    digest: log.digest, contentDigest: log.contentDigest, visibleDigest: log.visibleDigest, visibleContentDigest: log.visibleContentDigest,
    fault: faults.set,
    setScopes: tokens.setScopes, setSecret: tokens.setSecret, expireTokens: tokens.expireTokens,
    stop: () => stopListening(listening.server),
  };
}
