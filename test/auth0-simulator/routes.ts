/** Which request is which endpoint, whose rate limit it counts against and which scopes open it. */
import type { EndpointGroup } from './rate-limit';

export type RouteName =
  | 'token' | 'logs' | 'log' | 'user-logs' | 'active-users' | 'daily' | 'users' | 'organizations' | 'members' | 'clients' | 'connections'
  | 'log-streams' | 'create-export' | 'job' | 'download';

export type Route = {
  readonly name: RouteName;
  readonly group: EndpointGroup;
  /** Any of these opens it; null: no token is asked for. */
  readonly scopes: readonly string[] | null;
  /** The id in the path, decoded; empty where there is none. */
  readonly id: string;
};

type Row = readonly [name: RouteName, method: 'GET' | 'POST', path: RegExp, group: EndpointGroup, scopes: readonly string[] | null];

const logScopes = ['read:logs', 'read:logs_users'];

const table: readonly Row[] = [
  ['token', 'POST', /^\/oauth\/token$/, 'token', null],
  ['logs', 'GET', /^\/api\/v2\/logs$/, 'logs', logScopes],
  ['log', 'GET', /^\/api\/v2\/logs\/([^/]+)$/, 'logs', logScopes],
  ['user-logs', 'GET', /^\/api\/v2\/users\/([^/]+)\/logs$/, 'logs', logScopes],
  ['active-users', 'GET', /^\/api\/v2\/stats\/active-users$/, 'other', ['read:stats']],
  ['daily', 'GET', /^\/api\/v2\/stats\/daily$/, 'other', ['read:stats']],
  ['users', 'GET', /^\/api\/v2\/users$/, 'users', ['read:users']],
  ['organizations', 'GET', /^\/api\/v2\/organizations$/, 'organizations', ['read:organizations', 'read:organizations_summary']],
  ['members', 'GET', /^\/api\/v2\/organizations\/([^/]+)\/members$/, 'members', ['read:organization_members']],
  ['clients', 'GET', /^\/api\/v2\/clients$/, 'clients', ['read:clients', 'read:client_keys', 'read:client_credentials', 'read:client_summary']],
  ['connections', 'GET', /^\/api\/v2\/connections$/, 'connections', ['read:connections']],
  ['log-streams', 'GET', /^\/api\/v2\/log-streams$/, 'other', ['read:log_streams']],
  ['create-export', 'POST', /^\/api\/v2\/jobs\/users-exports$/, 'other', ['read:users']],
  ['job', 'GET', /^\/api\/v2\/jobs\/([^/]+)$/, 'other', ['create:users', 'read:users']],
  ['download', 'GET', /^\/exports\/(.+)$/, 'other', null],
];

/** Every scope that one of the endpoints asks for first. */
export const allScopes: readonly string[] = [...new Set(table.flatMap(([, , , , scopes]) => scopes?.slice(0, 1) ?? [])), 'read:organization_member_roles']
  .filter(scope => scope !== 'create:users');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function routeOf(method: string, path: string): Route | null {
  for (const [name, routeMethod, pattern, group, scopes] of table) {
    const match = method === routeMethod ? pattern.exec(path) : null;
    if (match !== null) return { name, group, scopes, id: decoded(match[1] ?? '') };
  }
  return null;
}
