/** Lists of users, organizations, members, applications, connections and log streams, each with the paging forms it has in Auth0. */
import type { DirectoryRow, SimulatedDirectory } from './directory';
import { fieldPicker, isBeyondReach, readNumber, readOffsetPage } from './parameters';
import type { Query } from './parameters';
import { apiError, jsonReply, queryError } from './replies';
import type { Reply } from './replies';

type Listing = { readonly name: string; readonly rows: readonly DirectoryRow[]; readonly hiddenFields?: readonly string[] };

const usersReach = 'You can only page through the first 1000 records. See https://auth0.com/docs/users/search/v3/view-search-results-by-page#limitation';
const listReach = (page: number): string => `Requesting page ${page} exceeds the allowed maximum of 1000 records. To fetch results beyond 1000, use the checkpoint pagination method`;

function shown({ rows, hiddenFields = [] }: Listing, query: Query): readonly DirectoryRow[] {
  const pick = fieldPicker(query);
  const open = hiddenFields.length === 0 ? rows : rows.map(row => Object.fromEntries(Object.entries(row).filter(([key]) => !hiddenFields.includes(key))));
  return pick === null ? open : open.map(pick);
}

/** Here, unlike in the log, `total` is the count of all rows. */
function offsetPage(listing: Listing, query: Query, reach: (page: number) => string): Reply {
  const offset = readOffsetPage(query);
  if ('refusal' in offset) return offset.refusal;
  const { page, perPage, start } = offset.value;
  if (isBeyondReach(offset.value)) return apiError(400, reach(page), 'invalid_paging');
  const rows = shown({ ...listing, rows: listing.rows.slice(start, start + perPage) }, query);
  if (query['include_totals'] !== 'true') return jsonReply(rows);
  return jsonReply({ start, limit: perPage, length: rows.length, total: listing.rows.length, [listing.name]: rows });
}

const cursorPrefix = 'simulated cursor ';
const cursorAt = (index: number): string => Buffer.from(cursorPrefix + String(index)).toString('base64url');

function readCursor(text: string | undefined): number | null {
  if (text === undefined) return 0;
  const plain = Buffer.from(text, 'base64url').toString();
  return plain.startsWith(cursorPrefix) ? Number(plain.slice(cursorPrefix.length)) : null;
}

/** `next` is opaque, leads forward only, and is absent on the last page. */
function checkpointPage(listing: Listing, query: Query): Reply {
  const take = readNumber(query, { name: 'take', fallback: 50, minimum: 1, maximum: 100 });
  if ('refusal' in take) return take.refusal;
  const start = readCursor(query['from']);
  if (start === null) return queryError('Invalid checkpoint', 'from');
  const end = start + take.value;
  const rows = shown({ ...listing, rows: listing.rows.slice(start, end) }, query);
  return jsonReply({ [listing.name]: rows, ...(end < listing.rows.length ? { next: cursorAt(end) } : {}) });
}

const eitherPage = (listing: Listing, query: Query): Reply =>
  query['from'] !== undefined || query['take'] !== undefined ? checkpointPage(listing, query) : offsetPage(listing, query, listReach);

const has = (scopes: readonly string[], any: readonly string[]): boolean => any.some(scope => scopes.includes(scope));

function memberRows(directory: SimulatedDirectory, organizationId: string, query: Query): readonly DirectoryRow[] {
  const isMember = new Set(directory.members.get(organizationId) ?? []);
  const withRoles = query['fields']?.split(',').includes('roles') === true;
  return directory.users.filter(user => isMember.has(String(user['user_id']))).map(({ user_id, name, email, picture }) => ({
    user_id, name, email, ...(picture === undefined ? {} : { picture }), ...(withRoles ? { roles: [{ id: 'rol_member', name: 'member' }] } : {}),
  }));
}

export type DirectoryCall = { readonly query: Query; readonly scopes: readonly string[] };

export type DirectoryEndpoints = {
  readonly users: (call: DirectoryCall) => Reply;
  readonly organizations: (call: DirectoryCall) => Reply;
  readonly members: (organizationId: string, call: DirectoryCall) => Reply;
  readonly clients: (call: DirectoryCall) => Reply;
  readonly connections: (call: DirectoryCall) => Reply;
  readonly logStreams: () => Reply;
};

export function createDirectoryEndpoints(directory: () => SimulatedDirectory): DirectoryEndpoints {
  return {
    users: ({ query }) => offsetPage({ name: 'users', rows: directory().users }, query, () => usersReach),
    organizations: ({ query }) => eitherPage({ name: 'organizations', rows: directory().organizations }, query),
    members: (organizationId, { query, scopes }) => {
      const wantsRoles = query['fields']?.split(',').includes('roles') === true;
      if (wantsRoles && !has(scopes, ['read:organization_member_roles'])) return apiError(403, 'Insufficient scope, expected any of: read:organization_member_roles', 'insufficient_scope');
      const isKnown = directory().organizations.some(row => row['id'] === organizationId);
      if (!isKnown) return apiError(404, 'No organization found by that id or name', 'inexistent_organization');
      return eitherPage({ name: 'members', rows: memberRows(directory(), organizationId, query) }, query);
    },
    clients: ({ query, scopes }) => {
      const hiddenFields = has(scopes, ['read:clients', 'read:client_keys']) ? [] : ['client_secret'];
      return eitherPage({ name: 'clients', rows: directory().clients, hiddenFields }, query);
    },
    connections: ({ query }) => {
      const rows = directory().connections.filter(row =>
        (query['strategy'] === undefined || row['strategy'] === query['strategy']) && (query['name'] === undefined || row['name'] === query['name']));
      return eitherPage({ name: 'connections', rows }, query);
    },
    logStreams: () => jsonReply(directory().logStreams),
  };
}
