/** The requests this application makes to Auth0: where each goes and what it carries. */
import type { LogsRequest } from '../../shared/domain/logs-page';
import type { TenantConnection } from './connection';
import type { HttpRequest } from './ports';

export type ApiRequest = Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body' | 'network'>;

export const logsPath = '/api/v2/logs';

/** Without one of the first two nothing can be read; the others only name things. */
export const requiredScope = 'read:logs';
export const insteadOfRequired = 'read:logs_users';
export const optionalScopes: readonly string[] = [
  'read:users', 'read:organizations', 'read:connections', 'read:clients', 'read:stats', 'read:log_streams',
];

/** The only origin that is ever sent a secret or a token of this tenant. */
export const baseOrigin = (connection: TenantConnection): string => connection.apiOrigin ?? `https://${connection.domain}`;

/** Host and port, for messages. */
export const baseHost = (connection: TenantConnection): string => new URL(baseOrigin(connection)).host;

/** With its last slash, without which Auth0 knows no such audience. */
export const audienceOf = (connection: TenantConnection): string => `https://${connection.audienceDomain}/api/v2/`;

/** A person who names an API origin may mean a private network; a domain is always looked up on the public one. */
const networkOf = (connection: TenantConnection): ApiRequest['network'] => (connection.apiOrigin === null ? 'public-only' : 'any');

const commonHeaders = { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'Tenantscope' };

export function tokenRequest(connection: TenantConnection): ApiRequest {
  return {
    method: 'POST',
    url: `${baseOrigin(connection)}/oauth/token`,
    headers: { ...commonHeaders, 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      client_id: connection.clientId,
      client_secret: connection.clientSecret,
      audience: audienceOf(connection),
    }),
    network: networkOf(connection),
  };
}

function apiGet(connection: TenantConnection, token: string, pathAndQuery: string): ApiRequest {
  return {
    method: 'GET',
    url: baseOrigin(connection) + pathAndQuery,
    headers: { ...commonHeaders, authorization: `Bearer ${token}` },
    network: networkOf(connection),
  };
}

/** The two ways of reading the log exclude each other: beside `from`, Auth0 ignores every parameter but `take`. */
export function logsRequest(connection: TenantConnection, token: string, request: LogsRequest): ApiRequest {
  const query = request.mode === 'checkpoint'
    ? `from=${encodeURIComponent(request.from)}&take=${request.take}`
    : `sort=date:1&per_page=${request.take}&page=${request.page}`;
  return apiGet(connection, token, `${logsPath}?${query}`);
}

/** The smallest request that shows whether the log may be read. */
export const probeRequest = (connection: TenantConnection, token: string): ApiRequest =>
  apiGet(connection, token, `${logsPath}?per_page=1&page=0`);
