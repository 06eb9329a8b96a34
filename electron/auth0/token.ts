/** Keeps one access token per tenant, renewed before it expires and never asked for in a storm. */
import type { TenantId } from '../../shared/domain/ids';
import { Failure } from '../../shared/errors';
import type { TenantConnection } from './connection';
import { audienceOf, baseHost, baseOrigin, tokenRequest } from './endpoints';
import { jsonObject, tokenFailure } from './error-mapping';
import type { Auth0Ports } from './ports';
import { exchange, type Patience, patient, prompt } from './request';

/** Opaque: nothing looks inside the value. `scopes` is null when the reply named none. Instants are monotonic milliseconds. */
export type Token = {
  readonly value: string;
  readonly scopes: readonly string[] | null;
  readonly renewAt: number;
};

export type Tokens = {
  /** A token asked for now, for a person who waits. @throws Failure auth0.* or operation.cancelled */
  readonly fresh: (connection: TenantConnection, signal: AbortSignal) => Promise<Token>;
  /** The cached token, or a new one. While every token is turned down: two calls in ten minutes, then the same failure again. */
  readonly current: (connection: TenantConnection, signal: AbortSignal) => Promise<Token>;
  /** The API took the token. */
  readonly accepted: (connection: TenantConnection) => void;
  /** The API did not take the token, so that a new one is needed; `reason` is told to whoever asks too often. */
  readonly turnedDown: (connection: TenantConnection, token: Token, reason: Failure) => void;
  /** Every token, and every secret it was got with. */
  readonly forget: () => void;
};

/** What is known of one tenant's tokens; replaced as a whole when its credentials change. */
type Entry = {
  readonly connection: TenantConnection;
  readonly token: Token | null;
  /** When token calls ended in an answer, since the API last took a token. */
  readonly callsAt: readonly number[];
  readonly reason: Failure | null;
};

const stormMs = 600_000;
const callsInStorm = 2;
const assumedLifeMs = 3_600_000;
const longestLifeMs = 30 * 86_400_000;
/** Renewed this long before the end, or after nine tenths of a short life. */
const marginMs = 300_000;

const sameCredentials = (a: TenantConnection, b: TenantConnection): boolean =>
  baseOrigin(a) === baseOrigin(b) && audienceOf(a) === audienceOf(b) && a.clientId === b.clientId && a.clientSecret === b.clientSecret;

function lifeMs(expiresIn: unknown): number {
  const seconds = typeof expiresIn === 'string' ? Number(expiresIn) : expiresIn;
  if (typeof seconds !== 'number' || !(seconds > 0)) return assumedLifeMs;
  return Math.min(seconds * 1000, longestLifeMs);
}

function scopeList(scope: unknown): readonly string[] | null {
  const scopes = typeof scope === 'string' ? scope.split(/\s+/) : Array.isArray(scope) ? scope : null;
  return scopes === null ? null : [...new Set(scopes.filter((one): one is string => typeof one === 'string' && /^[\x21-\x7e]{1,200}$/.test(one)))];
}

/** Asks for a token. Its life counts from before the request, so that a slow answer cannot make it look younger. */
async function requestToken(ports: Auth0Ports, connection: TenantConnection, how: { readonly signal: AbortSignal; readonly patience: Patience }): Promise<Token> {
  const askedAt = ports.clock.elapsed();
  const answer = await exchange(ports, { tenant: connection.tenant, request: tokenRequest(connection), pacer: null, ...how });
  if (answer.status !== 200) throw tokenFailure(answer, connection);
  const reply = jsonObject(answer.body);
  const value = reply?.['access_token'];
  if (reply === null || typeof value !== 'string' || !/^[\x21-\x7e]{1,8192}$/.test(value)) {
    throw new Failure('auth0.bad-response', { host: baseHost(connection), problem: 'the token endpoint sent no token' });
  }
  const life = lifeMs(reply['expires_in']);
  return { value, scopes: scopeList(reply['scope']), renewAt: askedAt + life - Math.min(marginMs, life / 10) };
}

/** Resolves when the other has ended, either way, or the signal fires. */
function endOf(other: Promise<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      signal.removeEventListener('abort', end);
      resolve();
    };
    signal.addEventListener('abort', end);
    other.then(end, end);
  });
}

/** Failures that say the credentials are wrong; those of the network say nothing about them. */
const isVerdict = (error: unknown): error is Failure =>
  error instanceof Failure && ['auth0.credentials-rejected', 'auth0.grant-missing', 'auth0.audience-rejected', 'auth0.refused'].includes(error.code);

/** The cache of one client: entries by tenant, and the call under way for each. */
class TokenCache {
  readonly #ports: Auth0Ports;
  readonly #entries = new Map<TenantId, Entry>();
  readonly #pending = new Map<TenantId, Promise<Token>>();

  constructor(ports: Auth0Ports) {
    this.#ports = ports;
  }

  entryOf(connection: TenantConnection): Entry {
    const entry = this.#entries.get(connection.tenant);
    return entry !== undefined && sameCredentials(entry.connection, connection) ? entry : { connection, token: null, callsAt: [], reason: null };
  }

  forget(): void {
    this.#entries.clear();
  }

  change(connection: TenantConnection, change: Partial<Entry>): void {
    this.#entries.set(connection.tenant, { ...this.entryOf(connection), ...change });
  }

  /** Changes what is known, unless the tenant has other credentials by now. */
  amend(connection: TenantConnection, change: (entry: Entry) => Partial<Entry>): void {
    const entry = this.#entries.get(connection.tenant);
    if (entry !== undefined && sameCredentials(entry.connection, connection)) this.change(connection, change(entry));
  }

  async current(connection: TenantConnection, signal: AbortSignal): Promise<Token> {
    for (let other = this.#pending.get(connection.tenant); other !== undefined; other = this.#pending.get(connection.tenant)) {
      await endOf(other, signal);
      if (signal.aborted) throw new Failure('operation.cancelled');
    }
    const { token, callsAt, reason } = this.entryOf(connection);
    const now = this.#ports.clock.elapsed();
    if (token !== null && now < token.renewAt) return token;
    const recent = callsAt.filter((at) => now - at < stormMs);
    if (reason !== null && recent.length >= callsInStorm) throw reason;
    const call = this.#ask(connection, signal, recent).finally(() => this.#pending.delete(connection.tenant));
    this.#pending.set(connection.tenant, call);
    return call;
  }

  async #ask(connection: TenantConnection, signal: AbortSignal, recent: readonly number[]): Promise<Token> {
    const callsAt = [...recent, this.#ports.clock.elapsed()];
    try {
      const token = await requestToken(this.#ports, connection, { signal, patience: patient });
      this.change(connection, { token, callsAt });
      return token;
    } catch (error) {
      if (isVerdict(error)) this.change(connection, { token: null, callsAt, reason: error });
      throw error;
    }
  }
}

export function createTokens(ports: Auth0Ports): Tokens {
  const cache = new TokenCache(ports);
  return {
    fresh: async (connection, signal) => {
      const token = await requestToken(ports, connection, { signal, patience: prompt });
      cache.change(connection, { token, callsAt: [ports.clock.elapsed()], reason: null });
      return token;
    },
    current: (connection, signal) => cache.current(connection, signal),
    accepted: (connection) => {
      cache.amend(connection, () => ({ callsAt: [], reason: null }));
    },
    forget: () => { cache.forget(); },
    turnedDown: (connection, token, reason) => {
      cache.amend(connection, (entry) => ({ token: entry.token?.value === token.value ? null : entry.token, reason }));
    },
  };
}
