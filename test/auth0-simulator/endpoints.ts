/** The honest answer of every endpoint: admitted by the rate limit, let in by token and scope, then answered from the log or the directory. */
import { directoryFromEvents } from './directory';
import type { SimulatedDirectory } from './directory';
import { createDirectoryEndpoints } from './directory-endpoints';
import type { EventLog } from './event-log';
import { createExportJobs } from './export-jobs';
import type { Strike } from './faults';
import { readLog, readLogs, readUserLogs } from './log-pages';
import type { ResolvedOptions } from './options';
import type { Query } from './parameters';
import { createRateLimiter } from './rate-limit';
import { apiError, oauthError, withHeaders } from './replies';
import type { Reply } from './replies';
import type { Route } from './routes';
import { activeUsers, dailyStatistics } from './statistics';
import type { Tokens } from './tokens';

export type Call = {
  readonly route: Route;
  readonly path: string;
  readonly query: Query;
  readonly body: string;
  readonly contentType: string;
  readonly authorization: string | undefined;
  readonly host: string;
  readonly now: number;
};

/** `struck` is true where the request got as far as a fault can reach: the token endpoint, or a page of the log. */
export type Answer = { readonly reply: Reply; readonly strike: Strike | null };

export type Endpoints = { readonly answer: (call: Call) => Answer };

export type EndpointParts = {
  readonly options: ResolvedOptions;
  readonly log: EventLog;
  readonly tokens: Tokens;
  readonly origin: () => string;
  readonly nextStrike: (endpoint: 'pages' | 'token') => Strike | null;
  /** Null where it is to be inferred from the events; asked for once, when a request needs it. */
  readonly directory: () => SimulatedDirectory | null;
};

function* parsedEvents(log: EventLog): Iterable<Readonly<Record<string, unknown>>> {
  for (const entry of log.visible()) {
    const value = JSON.parse(log.bytes(entry).toString()) as Record<string, unknown> | null;
    if (typeof value === 'object' && value !== null) yield value;
  }
}

const linkLifeMs = 60_000;

type Services = ReturnType<typeof createServices>;

function createServices({ options, log, origin, directory }: EndpointParts) {
  let asked: SimulatedDirectory | null = null;
  const known = (): SimulatedDirectory => (asked ??= directory() ?? directoryFromEvents(parsedEvents(log)));
  return {
    lists: createDirectoryEndpoints(known),
    jobs: createExportJobs({
      users: () => known().users, origin, tenant: options.domain.split('.')[0] ?? options.domain,
      compression: options.exportCompression, linkLifeMs: linkLifeMs / options.timeScale,
    }),
  };
}

/** What comes after the gates, but for pages of the log. */
function resource({ log }: EndpointParts, { lists, jobs }: Services, call: Call, scopes: readonly string[]): Reply {
  const { route, query } = call;
  switch (route.name) {
    case 'log': return readLog(log, route.id);
    case 'user-logs': return readUserLogs(log, route.id, query);
    case 'active-users': return activeUsers(log);
    case 'daily': return dailyStatistics(log, query);
    case 'users': return lists.users({ query, scopes });
    case 'organizations': return lists.organizations({ query, scopes });
    case 'members': return lists.members(route.id, { query, scopes });
    case 'clients': return lists.clients({ query, scopes });
    case 'connections': return lists.connections({ query, scopes });
    case 'log-streams': return lists.logStreams();
    case 'create-export': return jobs.create(call.body);
    case 'job': return jobs.read(route.id);
    case 'download': return jobs.download(call.path, query, call.now);
    default: return apiError(404, 'Not Found');
  }
}

/** Null where token and scopes let the request pass. */
function gate(tokens: Tokens, { route, authorization, host }: Call): { readonly refusal: Reply } | { readonly scopes: readonly string[] } {
  if (route.scopes === null) return { scopes: [] };
  const checked = tokens.check(authorization, host);
  if ('refusal' in checked || route.scopes.some(scope => checked.scopes.includes(scope))) return checked;
  return { refusal: apiError(403, `Insufficient scope, expected any of: ${route.scopes.join(',')}`, 'insufficient_scope') };
}

export function createEndpoints(parts: EndpointParts): Endpoints {
  const { options, log, tokens, nextStrike } = parts;
  const services = createServices(parts);
  const limiter = createRateLimiter(options.plan, options.timeScale, options.minuteRefill);
  const honest = (reply: Reply): Answer => ({ reply, strike: null });

  const admitted = (call: Call): Answer => {
    if (call.route.name === 'token') {
      const strike = nextStrike('token');
      return { reply: tokens.issue(call), strike };
    }
    const passed = gate(tokens, call);
    if ('refusal' in passed) return honest(passed.refusal);
    if (call.route.name !== 'logs') return honest(resource(parts, services, call, passed.scopes));
    const strike = nextStrike('pages');
    return { reply: readLogs(log, options, { query: call.query, origin: `http://${call.host}`, strike }), strike };
  };

  return {
    answer: call => {
      const admission = limiter.admit(call.route.group, call.now);
      if (admission.admitted) {
        const answer = admitted(call);
        return { ...answer, reply: withHeaders(answer.reply, admission.headers) };
      }
      const refusal = call.route.group === 'token' ? oauthError(429, 'too_many_requests', admission.message) : apiError(429, admission.message, 'too_many_requests');
      return honest(withHeaders(refusal, admission.headers));
    },
  };
}
