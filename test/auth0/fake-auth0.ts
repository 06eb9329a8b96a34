/** An Auth0 made of prepared answers, and a clock that only moves when somebody waits. */
import { createAuth0Client, type TenantConnection } from '../../electron/auth0/index';
import { type Auth0Ports, HttpFault, type HttpRequest, type HttpResponse } from '../../electron/auth0/ports';
import type { CheckedInput } from '../../shared/contract';
import { Failure } from '../../shared/errors';

export type FakeAnswer = { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | readonly string[]; readonly breaks?: HttpFault } | HttpFault;
export type Answerer = (request: HttpRequest, count: number) => FakeAnswer | Promise<FakeAnswer>;

export const json = (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): FakeAnswer => ({
  status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(value),
});
export const token = (value = 'token-1', more: Readonly<Record<string, unknown>> = {}): FakeAnswer =>
  json({ access_token: value, scope: 'read:logs read:users', expires_in: 86_400, token_type: 'Bearer', ...more });
export const apiError = (status: number, message: string, more: Readonly<Record<string, unknown>> = {}): FakeAnswer =>
  json({ statusCode: status, error: 'Error', message, errorCode: 'some_code', ...more }, status);

export function fakeClock(): Auth0Ports['clock'] & { readonly sleeps: number[]; readonly advance: (ms: number) => void; readonly onSleep: (listener: (ms: number) => void) => void } {
  const sleeps: number[] = [];
  const listeners: ((ms: number) => void)[] = [];
  let elapsed = 1_000_000;
  const startedAt = Date.UTC(2026, 0, 15, 12) - elapsed;
  return {
    sleeps,
    advance: (ms) => { elapsed += ms; },
    onSleep: (listener) => { listeners.push(listener); },
    now: () => startedAt + elapsed,
    elapsed: () => elapsed,
    sleep: (ms, signal) => {
      sleeps.push(ms);
      for (const listener of listeners) listener(ms);
      if (signal?.aborted !== true) elapsed += ms;
      return Promise.resolve();
    },
  };
}

async function* chunksOf(body: string | readonly string[], breaks: HttpFault | undefined): AsyncGenerator<Uint8Array> {
  for (const chunk of typeof body === 'string' ? [body] : body) {
    await Promise.resolve();
    yield new TextEncoder().encode(chunk);
  }
  if (breaks !== undefined) throw breaks;
}

export function fakeAuth0(plan: { readonly token?: Answerer; readonly logs?: Answerer; readonly random?: number }) {
  const requests: HttpRequest[] = [];
  const sentAt: number[] = [];
  const counts = { token: 0, logs: 0 };
  const clock = fakeClock();
  const waits: (readonly [tenant: string, ms: number])[] = [];
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    requests.push(request);
    sentAt.push(clock.elapsed());
    const kind = new URL(request.url).pathname === '/oauth/token' ? 'token' : 'logs';
    const answerer = plan[kind] ?? (kind === 'token' ? () => token() : () => json([]));
    const answer = await answerer(request, counts[kind]++);
    if (answer instanceof HttpFault) throw answer;
    return { status: answer.status ?? 200, headers: answer.headers ?? {}, body: chunksOf(answer.body ?? '', answer.breaks) };
  };
  const client = createAuth0Client({ http: { send }, clock, random: () => plan.random ?? 0.5, waiting: (tenant, ms) => { waits.push([tenant, ms]); } });
  return { client, requests, sentAt, counts, clock, waits };
}

export const canarySecret = 'canary-secret-0123456789';

export const connection = (more: Partial<TenantConnection> = {}): TenantConnection => ({
  tenant: 'acme.eu.auth0.com', domain: 'acme.eu.auth0.com', apiOrigin: null, audienceDomain: 'acme.eu.auth0.com', acceptedDomain: null,
  clientId: 'client-1', clientSecret: canarySecret, ...more,
});

export const connectInput = (more: Partial<CheckedInput<'tenant.connect'>> = {}): CheckedInput<'tenant.connect'> => ({
  domain: 'acme.eu.auth0.com', clientId: 'client-1', clientSecret: canarySecret, ...more,
});

export const never = (): AbortSignal => new AbortController().signal;

/** The failure of something that must fail; its whole text is checked for secrets and tokens. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const outcome = await work.then(() => null, (error: unknown) => error);
  if (!(outcome instanceof Failure)) throw new Error(`expected a Failure, got ${String(outcome)}`);
  const text = JSON.stringify(outcome.report()) + (outcome.stack ?? '');
  for (const secret of [canarySecret, 'token-1', 'token-2']) {
    if (text.includes(secret)) throw new Error(`${outcome.code} tells a secret`);
  }
  return outcome;
}
