/** The tenant's users, organizations, applications and connections, in the shape in which the Management API lists them. */

export type DirectoryRow = Readonly<Record<string, unknown>>;

export type SimulatedDirectory = {
  readonly users: readonly DirectoryRow[];
  readonly organizations: readonly DirectoryRow[];
  readonly clients: readonly DirectoryRow[];
  readonly connections: readonly DirectoryRow[];
  readonly logStreams: readonly DirectoryRow[];
  /** User ids by organization id. */
  readonly members: ReadonlyMap<string, readonly string[]>;
};

/** Carries authorization values in its sinks, as Auth0's own answers do: a client must not keep them. */
export const simulatedLogStreams: readonly DirectoryRow[] = [
  {
    id: 'lst_0000000000000001', name: 'Archive webhook', type: 'http', status: 'active',
    sink: {
      httpEndpoint: 'https://collector.example.com/logs', httpAuthorization: 'simulated authorization of a sink',
      httpContentType: 'application/json', httpContentFormat: 'JSONLINES', httpCustomHeaders: [],
    },
    filters: [], isPriority: false,
  },
  {
    id: 'lst_0000000000000002', name: 'Failed logins', type: 'http', status: 'paused',
    sink: { httpEndpoint: 'https://siem.example.org/auth0', httpAuthorization: 'another simulated authorization', httpContentType: 'application/json', httpContentFormat: 'JSONARRAY' },
    filters: [{ type: 'category', name: 'auth.login.fail' }],
    pii_config: { log_fields: ['email', 'username'], method: 'mask', algorithm: 'xxhash' },
    isPriority: false,
  },
];

const keyed = (into: Map<string, DirectoryRow>, key: unknown, row: () => DirectoryRow): void => {
  if (typeof key === 'string' && key !== '' && !into.has(key)) into.set(key, row());
};

const textOr = (value: unknown, fallback: string): string => (typeof value === 'string' && value !== '' ? value : fallback);

/** The directory that a list of events lets one infer, for simulators that are given their events. */
export function directoryFromEvents(events: Iterable<DirectoryRow>): SimulatedDirectory {
  const users = new Map<string, DirectoryRow>();
  const organizations = new Map<string, DirectoryRow>();
  const clients = new Map<string, DirectoryRow>();
  const connections = new Map<string, DirectoryRow>();
  const members = new Map<string, Set<string>>();
  for (const event of events) {
    const { user_id: userId, organization_id: organizationId, date } = event;
    keyed(users, userId, () => ({
      user_id: userId, email: textOr(event['user_name'], `${users.size}@example.com`), name: textOr(event['user_name'], String(userId)), created_at: date, updated_at: date,
      identities: [{ connection: event['connection'], provider: event['strategy'], user_id: String(userId).split('|').at(-1) }],
    }));
    const organizationName = textOr(event['organization_name'], String(organizationId));
    keyed(organizations, organizationId, () => ({ id: organizationId, name: organizationName, display_name: organizationName }));
    keyed(clients, event['client_id'], () => clientRow(String(event['client_id']), textOr(event['client_name'], 'Unnamed'), 'regular_web'));
    keyed(connections, event['connection'], () => ({
      id: textOr(event['connection_id'], `con_${connections.size}`), name: event['connection'], strategy: textOr(event['strategy'], 'auth0'), is_domain_connection: false,
    }));
    if (typeof organizationId === 'string' && typeof userId === 'string' && userId !== '') {
      members.set(organizationId, (members.get(organizationId) ?? new Set()).add(userId));
    }
  }
  return {
    users: [...users.values()], organizations: [...organizations.values()], clients: [...clients.values()], connections: [...connections.values()],
    logStreams: simulatedLogStreams, members: new Map([...members].map(([id, ids]) => [id, [...ids]])),
  };
}

/** The secret is there because Auth0 sends one too unless `fields` leaves it out. */
export const clientRow = (clientId: string, name: string, kind: string): DirectoryRow => ({
  client_id: clientId, name, app_type: kind, is_first_party: true, global: false, client_secret: `simulated secret of ${name}`, grant_types: ['authorization_code'],
});
