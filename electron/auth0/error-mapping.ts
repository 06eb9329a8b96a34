/** Turns what Auth0 and the network say into failures of the catalogue; Auth0 speaks one dialect per endpoint. */
import { Failure } from '../../shared/errors';
import type { TenantConnection } from './connection';
import { audienceOf, baseHost, requiredScope } from './endpoints';
import type { HttpFault } from './ports';

/** A complete answer whose status nothing can be gained from repeating. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/** `{error, error_description}` of the token endpoint and `{statusCode, error, message, errorCode}` of the API, in one shape. */
type ErrorBody = { readonly code: string; readonly message: string };

const longestMessage = 300;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The body as a JSON object; null when it is anything else. */
export function jsonObject(body: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function errorBody(body: Uint8Array): ErrorBody | null {
  const object = jsonObject(body);
  if (object === null) return null;
  const message = textOf(object['message']) || textOf(object['error_description']);
  const code = textOf(object['errorCode']) || textOf(object['error']);
  return message === '' && code === '' ? null : { code, message: message || code };
}

/** A server's words as they may be shown: printable, short, and without any secret or token it repeats. */
function quoted(message: string, secrets: readonly string[]): string {
  const withoutSecrets = secrets.filter((secret) => secret !== '').reduce((text, secret) => text.split(secret).join('[hidden]'), message);
  return withoutSecrets
    .replace(/eyJ[\w-]+(?:\.[\w-]*)*/g, '[hidden]')
    .replace(/[^\x20-\x7e\u00a0-\u1fff\u2c00-\ud7ff]+/g, ' ')
    .trim()
    .slice(0, longestMessage) || 'no explanation';
}

/** The failure when the network gave no whole answer, and no attempt is left. */
export function faultFailure(fault: HttpFault, host: string): Failure {
  switch (fault.kind) {
    case 'cancelled':
      return new Failure('operation.cancelled');
    case 'timeout':
      return new Failure('auth0.timeout', { host });
    default:
      return new Failure('auth0.unreachable', { host, problem: fault.problem });
  }
}

/** The failure when a passing trouble of the server (408, 429, 5xx) did not pass. */
export const transientFailure = (status: number): Failure =>
  status === 429 ? new Failure('auth0.rate-limited') : new Failure('auth0.server-error', { status });

/** The failure for an answer of the token endpoint that carries no token. */
export function tokenFailure(answer: Answer, connection: TenantConnection): Failure {
  const body = errorBody(answer.body);
  const said = `${body?.code ?? ''} ${body?.message ?? ''}`;
  if (/service not enabled within domain/i.test(said)) return new Failure('auth0.audience-rejected', { audience: audienceOf(connection) });
  if (answer.status === 401 || /\b(?:invalid_client|unauthorized_client)\b/.test(said)) return new Failure('auth0.credentials-rejected');
  if (answer.status === 403 && body !== null) return new Failure('auth0.grant-missing');
  return new Failure('auth0.refused', { status: answer.status, message: quoted(body?.message ?? '', [connection.clientSecret]) });
}

/** The scopes of "expected any of: a,b", joined as a person would say it. */
function scopesNamed(message: string): string {
  const list = /expected any of:\s*([\w:,\s]*)/i.exec(message)?.[1] ?? '';
  const scopes = list.split(/[,\s]+/).filter((scope) => /^[a-z_]+:[a-z_]+$/.test(scope));
  return scopes.length === 0 ? requiredScope : scopes.join(' or ');
}

/**
 * `unauthorized`: the token is not accepted, and a new one may be. `refused`: the request itself is not accepted,
 * by an error of the API. `failure`: anything else.
 */
export type ApiError =
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  | { readonly kind: 'failure'; readonly failure: Failure };

/** What an answer of the Management API other than 200 means. `token` is only needed to keep it out of the message. */
export function apiError(answer: Answer, connection: TenantConnection, token: string): ApiError {
  const body = errorBody(answer.body);
  const message = quoted(body?.message ?? '', [connection.clientSecret, token]);
  const { status } = answer;
  const failure = (code: Failure): ApiError => ({ kind: 'failure', failure: code });
  if (status === 401) return { kind: 'unauthorized' };
  if (status === 400 && /authentication header|authorization header/i.test(body?.message ?? '')) return { kind: 'unauthorized' };
  if (status === 403 && /insufficient.scope/i.test(`${body?.code ?? ''} ${body?.message ?? ''}`)) {
    return failure(new Failure('auth0.scope-missing', { scope: scopesNamed(body?.message ?? '') }));
  }
  if (status === 400 || status === 404) {
    if (body !== null) return { kind: 'refused', status, message };
    return failure(new Failure('auth0.bad-response', { host: baseHost(connection), problem: `status ${status} without an error of the API` }));
  }
  return failure(new Failure('auth0.refused', { status, message }));
}
