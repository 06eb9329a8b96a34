/** The sample tenant: a seeded world whose audit log shows what Tenantscope can do, without an account. */
import type { EpochMs } from '../../../shared/domain/ids';
import { calendarOf, startOf } from './calendar';
import type { Calendar, SampleOptions } from './calendar';
import { peopled, playDays } from './play';
import type { SampleEvent } from './recorder';
import { day, offsetOn } from './time';
import type { SampleUser } from './users';
import type { ApplicationKind, SampleApplication, SampleConnection, SampleOrganization } from './world';

export type { SampleOptions } from './calendar';
export type { SampleEvent } from './recorder';
export { sampleStories } from './stories';
export type { SampleStory, SampleStoryId } from './stories';

export type DirectoryConnection = Pick<SampleConnection, 'id' | 'name' | 'displayName' | 'strategy' | 'strategyType'>;
export type DirectoryOrganization = Pick<SampleOrganization, 'id' | 'name' | 'displayName'> & {
  /** Of each connection that its members log in with. */
  readonly connectionIds: readonly string[];
};
export type DirectoryApplication = { readonly clientId: string; readonly name: string; readonly kind: ApplicationKind; readonly audience: string };
export type DirectoryUser = {
  readonly userId: string; readonly name: string;
  readonly email: string | null; readonly phoneNumber: string | null;
  readonly connectionId: string; readonly organizationId: string | null;
  readonly createdAt: EpochMs;
};
export type SampleDirectory = {
  readonly connections: readonly DirectoryConnection[];
  readonly organizations: readonly DirectoryOrganization[];
  readonly applications: readonly DirectoryApplication[];
  readonly users: readonly DirectoryUser[];
};

/** Ascending by logId, every logId unique. For long samples prefer `sampleEventBatches`. */
export function sampleEvents(options: SampleOptions): readonly SampleEvent[] {
  const events: SampleEvent[] = [];
  for (const batch of sampleEventBatches(options)) for (const event of batch) events.push(event);
  return events;
}

/** The same events in the same order, about a day at a time. */
export const sampleEventBatches = (options: SampleOptions): Iterable<readonly SampleEvent[]> => playDays(calendarOf(options));

const directoryConnection = ({ id, name, displayName, strategy, strategyType }: SampleConnection): DirectoryConnection =>
  ({ id, name, displayName, strategy, strategyType });

const directoryApplication = ({ clientId, name, kind, audience }: SampleApplication): DirectoryApplication => ({ clientId, name, kind, audience });

function directoryUser(user: SampleUser, createdAt: EpochMs): DirectoryUser {
  const byPhone = user.connection.strategy === 'sms';
  return {
    userId: user.userId, name: user.name,
    email: byPhone ? null : user.userName, phoneNumber: byPhone ? user.userName : null,
    connectionId: user.connection.id, organizationId: user.organization?.id ?? null, createdAt,
  };
}

/** From the day of arrival, in the user's own time zone. */
const createdAtOf = ({ firstDay }: Calendar, { life: [stay], place }: SampleUser): EpochMs => {
  const localDay = firstDay + (stay?.from ?? 0);
  return localDay * day - offsetOn(place.zone, localDay);
};

const isGone = (calendar: Calendar, { isDeletedAtEnd, life }: SampleUser): boolean =>
  isDeletedAtEnd && startOf(calendar, (life.at(-1)?.until ?? 0) + 1) < calendar.now;

/** The world behind the events: everybody who has arrived by `now` and is not deleted, members who only stopped coming included. */
export function sampleDirectory(options: SampleOptions): SampleDirectory {
  const calendar = calendarOf(options);
  const { world, users } = peopled(calendar);
  const connectionsOf = (organization: SampleOrganization): readonly string[] =>
    [...new Set(users.filter(user => user.organization === organization).map(user => user.connection.id))];
  return {
    connections: world.connections.map(directoryConnection),
    organizations: world.organizations.map(organization => ({
      id: organization.id, name: organization.name, displayName: organization.displayName, connectionIds: connectionsOf(organization),
    })),
    applications: world.applications.map(directoryApplication),
    users: users
      .map(user => ({ user, createdAt: createdAtOf(calendar, user) }))
      .filter(({ user, createdAt }) => createdAt <= calendar.now && !isGone(calendar, user))
      .map(({ user, createdAt }) => directoryUser(user, createdAt)),
  };
}
