/** Sends one request until Auth0 has answered it: limits, waits and repetitions. */
import type { TenantId } from '../../shared/domain/ids';
import { Failure } from '../../shared/errors';
import type { ApiRequest } from './endpoints';
import { type Answer, faultFailure, transientFailure } from './error-mapping';
import { type Auth0Clock, type Auth0Ports, HttpFault, type HttpResponse } from './ports';
import { longestHintMs } from './rate-budget';
import { retryDelayMs, retryHintMs } from './retry';

const headerTimeoutMs = 15_000;
const idleTimeoutMs = 30_000;
const largestBodyBytes = 32 * 1024 * 1024;
const largestErrorBytes = 64 * 1024;
/** A body that comes slower than this on average, once the idle time is over, counts as silent: drops keep no connection alive. */
const slowestBytesPerMs = 1;

/** How often and how long to wait for a server in trouble. */
export type Patience = { readonly waits: number; readonly longestWaitMs: number };

export const patient: Patience = { waits: 5, longestWaitMs: Number.POSITIVE_INFINITY };
/** Without a network there is nothing to be gained by waiting: the next sync resumes where this one stood. */
const waitsWithoutNetwork = 2;
/** A wait that a person may notice. */
const noticedMs = 2000;
/** Somebody sits before the screen. */
export const prompt: Patience = { waits: 1, longestWaitMs: 10_000 };

/** Keeps the rate budget: asked before every attempt, told of every answer, and of a pause that is too long to be waited for. */
export type Pacer = {
  readonly waitMs: () => number;
  readonly answered: (headers: Answer['headers'], sentAt: number) => void;
  readonly sentAway: (failure: Failure) => void;
};

export type Exchange = {
  readonly tenant: TenantId;
  readonly request: ApiRequest;
  readonly signal: AbortSignal;
  readonly patience: Patience;
  readonly pacer: Pacer | null;
};

type Attempt =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** `mostWaits`: no more than these help, whatever the patience. */
  | { readonly kind: 'transient'; readonly failure: Failure; readonly hintMs: number | null; readonly mostWaits: number };

const isTransient = (status: number): boolean => status === 408 || status === 429 || status >= 500;

async function waitFor({ clock, waiting }: Auth0Ports, ms: number, { tenant, signal }: Exchange): Promise<void> {
  if (ms > noticedMs && !signal.aborted) waiting?.(tenant, ms);
  if (ms > 0) await clock.sleep(ms, signal);
  if (signal.aborted) throw new Failure('operation.cancelled');
}

function discard(body: AsyncIterable<Uint8Array>): void {
  void body[Symbol.asyncIterator]().return?.().catch(() => undefined);
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** The whole body; null when it is larger than `limit`. @throws HttpFault when it breaks off or drips */
async function readBody(body: AsyncIterable<Uint8Array>, limit: number, clock: Auth0Clock): Promise<Uint8Array | null> {
  const startedAt = clock.elapsed();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) return null;
    if (clock.elapsed() - startedAt > idleTimeoutMs + size / slowestBytesPerMs) throw new HttpFault('timeout', 'the answer came too slowly');
    chunks.push(chunk);
  }
  return joined(chunks, size);
}

/** An error's body only explains the status: whatever is wrong with it, the status still counts. */
async function readErrorBody(response: HttpResponse, clock: Auth0Clock): Promise<Uint8Array> {
  try {
    return (await readBody(response.body, largestErrorBytes, clock)) ?? new Uint8Array();
  } catch (error) {
    if (error instanceof HttpFault && error.kind !== 'cancelled') return new Uint8Array();
    throw error;
  }
}

/** What is wrong with the head of a 200, seen before its body is read; null when nothing is. */
function headProblem({ status, headers }: HttpResponse): string | null {
  if (status !== 200) return `status ${status} where a page was due`;
  const [mediaType = ''] = (headers['content-type'] ?? '').toLowerCase().split(';');
  if (/^\s*text\/html\s*$/.test(mediaType)) return 'a web page, perhaps the sign-in of a network or a proxy';
  if (!/^\s*application\/(?:[\w.-]+\+)?json\s*$/.test(mediaType)) return 'its type is not JSON';
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  return encoding === '' || encoding === 'identity' ? null : 'an encoding that was not asked for';
}

async function readSuccess(response: HttpResponse, host: string, clock: Auth0Clock): Promise<Attempt> {
  const problem = headProblem(response);
  const declaredBytes = Number(response.headers['content-length'] ?? 0);
  if (problem !== null || declaredBytes > largestBodyBytes) {
    discard(response.body);
    throw problem === null ? new Failure('auth0.too-large', { host }) : new Failure('auth0.bad-response', { host, problem });
  }
  try {
    const body = await readBody(response.body, largestBodyBytes, clock);
    if (body === null) throw new Failure('auth0.too-large', { host });
    return { kind: 'answer', answer: { status: response.status, headers: response.headers, body } };
  } catch (error) {
    if (!(error instanceof HttpFault) || error.kind !== 'reset') throw error;
    return { kind: 'transient', failure: new Failure('auth0.bad-response', { host, problem: 'the answer was cut short' }), hintMs: null, mostWaits: Number.POSITIVE_INFINITY };
  }
}

async function readResponse(response: HttpResponse, host: string, clock: Auth0Clock): Promise<Attempt> {
  const { status, headers } = response;
  if (status >= 300 && status < 400) {
    discard(response.body);
    throw new Failure('auth0.redirected', { host });
  }
  if (status < 300) return readSuccess(response, host, clock);
  const body = await readErrorBody(response, clock);
  if (!isTransient(status)) return { kind: 'answer', answer: { status, headers, body } };
  return { kind: 'transient', failure: transientFailure(status), hintMs: retryHintMs(status, headers, clock.now()), mostWaits: Number.POSITIVE_INFINITY };
}

async function attempt(ports: Auth0Ports, { request, signal, pacer }: Exchange): Promise<Attempt> {
  const { host } = new URL(request.url);
  const sentAt = ports.clock.elapsed();
  try {
    const response = await ports.http.send({ ...request, signal, headerTimeoutMs, idleTimeoutMs });
    // A 429 says by itself when to come back: its reset must not be waited for on top.
    pacer?.answered(response.status === 429 ? {} : response.headers, sentAt);
    return await readResponse(response, host, ports.clock);
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error;
    if (signal.aborted) throw new Failure('operation.cancelled');
    const failure = faultFailure(error, host);
    if (error.kind === 'tls' || error.kind === 'blocked' || error.kind === 'cancelled') throw failure;
    return { kind: 'transient', failure, hintMs: null, mostWaits: error.kind === 'unreachable' ? waitsWithoutNetwork : Number.POSITIVE_INFINITY };
  }
}

/** How long to wait after trouble, the `waitCount`th time. @throws Failure the trouble's own when patience ends, or when Auth0 asks for more than five minutes */
function delayAfter(trouble: Extract<Attempt, { kind: 'transient' }>, { patience, pacer }: Exchange, chance: { readonly waitCount: number; readonly random: number }): number {
  const { hintMs } = trouble;
  const delayMs = retryDelayMs({ ...chance, hintMs });
  const isOver = chance.waitCount >= Math.min(patience.waits, trouble.mostWaits) || delayMs > patience.longestWaitMs;
  const isTooLong = hintMs !== null && hintMs > longestHintMs;
  if (isTooLong) pacer?.sentAway(trouble.failure);
  if (isOver || isTooLong) throw trouble.failure;
  return delayMs;
}

/**
 * Sends until there is an answer that repeating would not change: a 200 with a JSON body, or a 4xx.
 * @throws Failure auth0.rate-limited, auth0.server-error, auth0.unreachable or auth0.timeout when the waits are used up or one
 * would be too long; auth0.redirected, auth0.bad-response or auth0.too-large at once; operation.cancelled
 */
export async function exchange(ports: Auth0Ports, what: Exchange): Promise<Answer> {
  for (let waitCount = 0; ; waitCount++) {
    await waitFor(ports, Math.min(what.pacer?.waitMs() ?? 0, what.patience.longestWaitMs), what);
    const outcome = await attempt(ports, what);
    if (outcome.kind === 'answer') return outcome.answer;
    await waitFor(ports, delayAfter(outcome, what, { waitCount, random: ports.random() }), what);
  }
}
