/** The token endpoint and the check of a bearer token: client credentials in, an opaque token with scopes and a life out. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { apiError, jsonReply, oauthError } from './replies';
import type { Reply } from './replies';

export type TokenOptions = {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
  readonly tokenLifeSeconds: number;
};

export type TokenRequest = { readonly body: string; readonly contentType: string; readonly host: string };

export type Tokens = {
  readonly issue: (request: TokenRequest) => Reply;
  /** The scopes of a good token; otherwise the refusal. */
  readonly check: (authorization: string | undefined, host: string) => { readonly scopes: readonly string[] } | { readonly refusal: Reply };
  /** As in Auth0, tokens already issued keep their scopes. */
  readonly setScopes: (scopes: readonly string[]) => void;
  readonly setSecret: (secret: string) => void;
  readonly expireTokens: () => void;
};

export const audienceOf = (domain: string): string => `https://${domain}/api/v2/`;

export const tokenRefusals = {
  'access-denied': () => oauthError(401, 'access_denied', 'Unauthorized'),
  'invalid-client': () => oauthError(401, 'invalid_client', 'Client authentication failed'),
  'no-grant': (audience: string) => oauthError(403, 'access_denied',
    `Client is not authorized to access "${audience}". You might probably want to create a "client-grant" associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants`),
  'service-not-enabled': (audience: string) => oauthError(403, 'access_denied', `Service not enabled within domain: ${audience}`),
} as const satisfies Record<string, (audience: string) => Reply>;

function fieldsOf({ body, contentType }: TokenRequest): Readonly<Record<string, unknown>> | null {
  if (contentType.includes('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(body));
  try {
    const value = JSON.parse(body) as unknown;
    return typeof value === 'object' && value !== null ? value as Record<string, unknown> : null;
  } catch {
    return null;
  }
}

function sameText(a: unknown, b: string): boolean {
  const given = Buffer.from(typeof a === 'string' ? a : '');
  const expected = Buffer.from(b);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const base64Json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function createTokens(options: TokenOptions): Tokens {
  const issued = new Map<string, { readonly expiresAt: number; readonly scopes: readonly string[]; readonly host: string }>();
  const audience = audienceOf(options.domain);
  let { scopes, clientSecret } = options;
  let expiredBefore = 0;
  let serial = 0;

  const refusalFor = (fields: Readonly<Record<string, unknown>> | null): Reply | null => {
    if (fields === null || fields['grant_type'] === undefined) return oauthError(400, 'invalid_request', 'Missing required parameter: grant_type');
    if (fields['grant_type'] !== 'client_credentials') return oauthError(400, 'unsupported_grant_type', `Unsupported grant type: ${String(fields['grant_type'])}`);
    if (fields['client_id'] !== options.clientId || !sameText(fields['client_secret'], clientSecret)) return tokenRefusals['access-denied']();
    if (fields['audience'] === undefined) return oauthError(400, 'invalid_request', 'Missing required parameter: audience');
    if (fields['audience'] !== audience) return tokenRefusals['service-not-enabled'](String(fields['audience']));
    return null;
  };

  return {
    issue: request => {
      const refusal = refusalFor(fieldsOf(request));
      if (refusal !== null) return refusal;
      serial += 1;
      const scope = scopes.join(' ');
      const claims = { iss: `https://${options.domain}/`, aud: audience, azp: options.clientId, gty: 'client-credentials', scope, jti: serial };
      const token = [base64Json({ alg: 'RS256', typ: 'JWT', kid: 'simulated' }), base64Json(claims), randomBytes(64).toString('base64url')].join('.');
      issued.set(token, { expiresAt: performance.now() + options.tokenLifeSeconds * 1000, scopes, host: request.host });
      return jsonReply({ access_token: token, ...(scope === '' ? {} : { scope }), expires_in: options.tokenLifeSeconds, token_type: 'Bearer' });
    },
    check: (authorization, host) => {
      if (authorization === undefined) return { refusal: apiError(401, 'Missing authentication') };
      const token = /^bearer (\S+)$/i.exec(authorization)?.[1];
      if (token === undefined || token.split('.').length !== 3) return { refusal: apiError(400, 'Bad HTTP authentication header format', 'Bearer') };
      const found = issued.get(token);
      if (found === undefined || found.host !== host) return { refusal: apiError(401, 'Invalid token') };
      if (performance.now() >= found.expiresAt || found.expiresAt <= expiredBefore) return { refusal: apiError(401, 'Expired token received for JSON Web Token validation') };
      return { scopes: found.scopes };
    },
    setScopes: next => { scopes = next; },
    setSecret: next => { clientSecret = next; },
    expireTokens: () => { expiredBefore = performance.now() + options.tokenLifeSeconds * 1000; },
  };
}
