/** Events and directory of the simulated tenant when nobody hands any in: those of the sample world. */
import { sampleDirectory, sampleEventBatches } from '../../electron/engine/sample/index';
import type { DirectoryUser, SampleDirectory, SampleOptions } from '../../electron/engine/sample/index';
import { clientRow, simulatedLogStreams } from './directory';
import type { DirectoryRow, SimulatedDirectory } from './directory';
import type { EventLog, SimulatedEvent } from './event-log';
import { simulatedNow } from './options';
import type { GeneratedEvents } from './options';

/** The sample world only aims at a number of events: it is asked for more, and the newest are kept. */
const surplus = 1.1;

const sampleOptions = ({ count, seed = 1, now = simulatedNow }: GeneratedEvents, domain: string): SampleOptions => ({
  now, seed, domain, events: Math.ceil(count * surplus),
});

/** Ascending by log id, exactly `count`. For very many, let the simulator generate them: it does not hold them as texts. */
export function generatedEvents(generated: GeneratedEvents, domain: string): readonly SimulatedEvent[] {
  const events = [...sampleEventBatches(sampleOptions(generated, domain))].flat();
  return events.slice(events.length - generated.count).map(({ logId, json }) => ({ logId, json }));
}

/** Puts the same events into an empty log, about a day at a time. */
export function loadGenerated(log: EventLog, generated: GeneratedEvents, domain: string): void {
  if (generated.count === 0) return;
  for (const batch of sampleEventBatches(sampleOptions(generated, domain))) log.append(batch);
  log.keepNewest(generated.count);
}

function userRow(user: DirectoryUser, { connections }: SampleDirectory): DirectoryRow {
  const connection = connections.find(candidate => candidate.id === user.connectionId);
  const createdAt = new Date(user.createdAt).toISOString();
  return {
    user_id: user.userId, name: user.name, created_at: createdAt, updated_at: createdAt,
    ...(user.email === null ? {} : { email: user.email, email_verified: true }),
    ...(user.phoneNumber === null ? {} : { phone_number: user.phoneNumber, phone_verified: true }),
    identities: [{
      connection: connection?.name ?? '', provider: connection?.strategy ?? '', user_id: user.userId.slice(user.userId.indexOf('|') + 1),
      isSocial: connection?.strategyType === 'social',
    }],
  };
}

export function generatedDirectory(generated: GeneratedEvents, domain: string): SimulatedDirectory {
  const sample = sampleDirectory(sampleOptions(generated, domain));
  const membersOf = (organizationId: string): readonly string[] => sample.users.filter(user => user.organizationId === organizationId).map(user => user.userId);
  return {
    users: sample.users.map(user => userRow(user, sample)),
    organizations: sample.organizations.map(({ id, name, displayName }) => ({ id, name, display_name: displayName })),
    clients: sample.applications.map(({ clientId, name, kind }) => clientRow(clientId, name, kind)),
    connections: sample.connections.map(({ id, name, displayName, strategy }) => ({ id, name, display_name: displayName, strategy, is_domain_connection: false })),
    logStreams: simulatedLogStreams,
    members: new Map(sample.organizations.map(({ id }) => [id, membersOf(id)])),
  };
}
