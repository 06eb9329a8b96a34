/** The Auth0 client: checks a connection and reads pages of a tenant's log. */
import type { CheckedInput, RateBudget } from '../../shared/contract';
import type { TenantId } from '../../shared/domain/ids';
import type { LogsReply, LogsRequest } from '../../shared/domain/logs-page';
import { Failure } from '../../shared/errors';
import { connectionFrom, type TenantConnection } from './connection';
import { type ApiRequest, baseHost, baseOrigin, insteadOfRequired, logsRequest, optionalScopes, probeRequest, requiredScope } from './endpoints';
import { type Answer, type ApiError, apiError } from './error-mapping';
import { nextPage } from './link';
import type { Auth0Ports } from './ports';
import { longestHintMs, type Pace, paceAfter, readBudget, waitBefore } from './rate-budget';
import { exchange, type Pacer, type Patience, patient, prompt } from './request';
import { createTokens, type Token, type Tokens } from './token';

export type { TenantConnection } from './connection';

export type Scopes = { readonly granted: readonly string[]; readonly missing: readonly string[] };

export type Auth0Client = {
  /** Validates, gets a token, reads one event of the log. Stores nothing. @throws Failure tenant.*, auth0.* or operation.cancelled */
  readonly check: (input: CheckedInput<'tenant.connect'>, signal: AbortSignal) => Promise<{ readonly connection: TenantConnection; readonly scopes: Scopes }>;
  /** One page of the log, after the waits that the rate budget asks for. @throws Failure auth0.* or operation.cancelled */
  readonly logs: (connection: TenantConnection, request: LogsRequest, signal: AbortSignal) => Promise<LogsReply>;
  /** Forgets every token, and every secret it was got with. */
  readonly forgetCredentials: () => void;
};

/** Auth0 asked for a longer pause than is waited for: until `endsAt` (monotonic) nothing is asked again, however often a sync polls. */
type Pause = { readonly failure: Failure; readonly endsAt: number };

type Client = { readonly ports: Auth0Ports; readonly tokens: Tokens; readonly paces: Map<TenantId, Pace>; readonly pauses: Map<TenantId, Pause> };

const tokenRejected = (): Failure => new Failure('auth0.token-rejected');

function pacerOf({ ports, paces, pauses }: Client, tenant: TenantId): Pacer {
  return {
    waitMs: () => waitBefore(paces.get(tenant) ?? null, ports.clock.elapsed()),
    answered: (headers, sentAt) => {
      const reading = readBudget(headers, ports.clock.now());
      const pace = paceAfter(paces.get(tenant) ?? null, reading, { sentAt, readAt: ports.clock.elapsed() });
      if (pace !== null) paces.set(tenant, pace);
    },
    sentAway: failure => { pauses.set(tenant, { failure, endsAt: ports.clock.elapsed() + longestHintMs }); },
  };
}

type Call = { readonly token: Token; readonly request: ApiRequest; readonly signal: AbortSignal; readonly patience: Patience };
type Reply = { readonly kind: 'answer'; readonly answer: Answer } | Exclude<ApiError, { readonly kind: 'failure' }>;

/** Sends one authorised request. `unauthorized` is left to the caller; a missing scope makes the token useless too. */
async function authorised(client: Client, connection: TenantConnection, call: Call): Promise<Reply> {
  const { token, request, signal, patience } = call;
  const answer = await exchange(client.ports, { tenant: connection.tenant, request, signal, patience, pacer: pacerOf(client, connection.tenant) });
  if (answer.status === 200) {
    client.tokens.accepted(connection);
    return { kind: 'answer', answer };
  }
  const error = apiError(answer, connection, token.value);
  if (error.kind === 'unauthorized') client.tokens.turnedDown(connection, token, tokenRejected());
  if (error.kind !== 'failure') return error;
  if (error.failure.code === 'auth0.scope-missing') client.tokens.turnedDown(connection, token, error.failure);
  throw error.failure;
}

/** The scopes of the token reply against those this application can use; `read:logs_users` stands in for `read:logs`. */
function compareScopes(granted: readonly string[]): Scopes {
  const mayRead = granted.includes(requiredScope) || granted.includes(insteadOfRequired);
  if (!mayRead) throw new Failure('auth0.scope-missing', { scope: requiredScope });
  return { granted, missing: optionalScopes.filter((scope) => !granted.includes(scope)) };
}

async function check(client: Client, input: CheckedInput<'tenant.connect'>, signal: AbortSignal): ReturnType<Auth0Client['check']> {
  const connection = connectionFrom(input);
  if (signal.aborted) throw new Failure('operation.cancelled');
  const token = await client.tokens.fresh(connection, signal);
  // A reply without scopes says nothing either way: what the probe shows is then all that is known.
  const scopes = token.scopes === null ? { granted: [requiredScope], missing: [] } : compareScopes(token.scopes);
  const reply = await authorised(client, connection, { token, request: probeRequest(connection, token.value), signal, patience: prompt });
  if (reply.kind === 'unauthorized') throw tokenRejected();
  if (reply.kind === 'refused') throw new Failure('auth0.refused', { status: reply.status, message: reply.message });
  if (!/^\s*\[/.test(new TextDecoder().decode(reply.answer.body.subarray(0, 64)))) {
    throw new Failure('auth0.bad-response', { host: baseHost(connection), problem: 'its body is not a list of events' });
  }
  return { connection, scopes };
}

function budgetOf(answer: Answer, now: number): RateBudget | null {
  const reading = readBudget(answer.headers, now);
  return reading === null ? null : { limit: reading.limit, remaining: reading.remaining, resetAt: Math.round(now + reading.resetInMs) };
}

function pageOf(connection: TenantConnection, answer: Answer, at: { readonly url: string; readonly now: number }): LogsReply {
  const origins = [baseOrigin(connection), `https://${connection.domain}`, `https://${connection.audienceDomain}`];
  const next = nextPage(answer.headers['link'], { url: at.url, origins });
  if (next.kind === 'refused') throw new Failure('auth0.link-refused', { host: baseHost(connection) });
  return { kind: 'page', body: answer.body, nextFrom: next.kind === 'next' ? next.from : null, budget: budgetOf(answer, at.now) };
}

async function logs(client: Client, connection: TenantConnection, wanted: LogsRequest, signal: AbortSignal): Promise<LogsReply> {
  const pause = client.pauses.get(connection.tenant);
  if (pause !== undefined && client.ports.clock.elapsed() < pause.endsAt) throw pause.failure;
  // The second round is the one silent refresh.
  for (let round = 0; round < 2; round++) {
    if (signal.aborted) throw new Failure('operation.cancelled');
    const token = await client.tokens.current(connection, signal);
    const request = logsRequest(connection, token.value, wanted);
    const reply = await authorised(client, connection, { token, request, signal, patience: patient });
    if (reply.kind === 'answer') return pageOf(connection, reply.answer, { url: request.url, now: client.ports.clock.now() });
    if (reply.kind === 'refused') return reply;
  }
  throw tokenRejected();
}

/** Makes a client with its own token cache and rate budgets; a process needs one. */
export function createAuth0Client(ports: Auth0Ports): Auth0Client {
  const client: Client = { ports, tokens: createTokens(ports), paces: new Map(), pauses: new Map() };
  return {
    check: (input, signal) => check(client, input, signal),
    logs: (connection, request, signal) => logs(client, connection, request, signal),
    forgetCredentials: client.tokens.forget,
  };
}
