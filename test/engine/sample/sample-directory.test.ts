/** The directory fits the events: the same connections, organizations, applications and users. */
import { describe, expect, it } from 'vitest';
import { sampleDirectory } from '../../../electron/engine/sample';
import { now, options, parsed } from './generated-sample';

const directory = sampleDirectory(options);
const idsSeen = (field: 'user_id' | 'organization_id' | 'connection_id' | 'client_id', types?: readonly string[]): ReadonlySet<string> =>
  new Set(parsed.flatMap(event => (types === undefined || types.includes(event.type) ? event[field] || [] : [])));

describe('the directory', () => {
  it('has 40 organizations, each with a connection of the list', () => {
    expect(directory.organizations).toHaveLength(40);
    const connections = new Set(directory.connections.map(connection => connection.id));
    expect(directory.organizations.every(organization => organization.connectionIds.length > 0 && organization.connectionIds.every(id => connections.has(id)))).toBe(true);
  });

  it('has 8 SAML connections among others of every kind', () => {
    expect(directory.connections.filter(connection => connection.strategy === 'samlp')).toHaveLength(8);
    expect(new Set(directory.connections.map(connection => connection.strategyType))).toEqual(new Set(['database', 'social', 'enterprise', 'passwordless']));
    expect(new Set(directory.connections.map(connection => connection.id)).size).toBe(directory.connections.length);
  });

  it('holds whatever the events name', () => {
    const known = { organizations: new Set(directory.organizations.map(({ id }) => id)), connections: new Set(directory.connections.map(({ id }) => id)) };
    expect([...idsSeen('organization_id')].filter(id => !known.organizations.has(id))).toEqual([]);
    expect([...idsSeen('connection_id')].filter(id => !known.connections.has(id))).toEqual([]);
    const applications = new Set(directory.applications.map(({ clientId }) => clientId));
    expect([...idsSeen('client_id', ['s', 'seacft', 'seccft'])].filter(id => !applications.has(id))).toEqual([]);
  });

  it('holds the users who log in, but for those who were deleted', () => {
    const listed = new Set(directory.users.map(({ userId }) => userId));
    expect(listed.size).toBe(directory.users.length);
    const deleted = idsSeen('user_id', ['sdu']);
    expect(deleted.size).toBeGreaterThan(5);
    const unlisted = [...idsSeen('user_id', ['s'])].filter(id => !listed.has(id));
    expect(unlisted.filter(id => !deleted.has(id))).toEqual([]);
    expect(directory.users.length).toBeGreaterThan(3900);
  });

  it('lists nobody who has not arrived', () => {
    expect(directory.users.every(user => user.createdAt <= now)).toBe(true);
    const newcomers = directory.users.filter(user => user.createdAt > now - 80 * 86_400_000);
    const firstSeen = new Map<string, number>();
    for (const event of parsed) if (event.user_id && !firstSeen.has(event.user_id)) firstSeen.set(event.user_id, Date.parse(event.date));
    expect(newcomers.filter(user => (firstSeen.get(user.userId) ?? Infinity) < user.createdAt - 3_600_000)).toEqual([]);
  });
});
