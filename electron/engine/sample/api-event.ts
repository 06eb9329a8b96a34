/** One log event as the JSON that Auth0's Management API sends, and the scene it happens in. */
import type { EpochMs, LogId } from '../../../shared/domain/ids';
import type { Device } from './devices';
import type { LocationInfo, Origin } from './places';
import type { SampleApplication, SampleConnection, SampleOrganization, Tenant } from './world';

/** Who did it, with what, through what, from where: what the events of one visit share. Null where Auth0 knows nothing. */
export type Scene = {
  readonly tenant: Tenant;
  readonly hostname: string | null;
  /** As claimed: on a failure the name is what was typed. */
  readonly user: { readonly userId: string; readonly userName: string } | null;
  readonly application: SampleApplication | null;
  readonly connection: SampleConnection | null;
  readonly organization: SampleOrganization | null;
  readonly origin: Origin | null;
  readonly device: Device | null;
};

/** What happens in a scene. */
export type Happening = {
  readonly type: string;
  readonly at: EpochMs;
  /** Auth0 leaves it out, sends null, or sends an empty text at times. */
  readonly description?: string | null | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly audience?: string | undefined;
  readonly scope?: string | readonly string[] | undefined;
};

/** The whole JSON; `_id` and `id` repeat the log id. */
export type EventWriter = (scene: Scene, happening: Happening, logId: LogId) => string;

/** `,"key":value` for every field that is not undefined. */
const fields = (object: Readonly<Record<string, unknown>>): string => {
  const text = JSON.stringify(object);
  return text === '{}' ? '' : `,${text.slice(1, -1)}`;
};

/** Texts by the object they tell of: the same few connections, devices and places come back in every event. */
function remembering<T extends object>(write: (object: T) => string): (object: T | null | undefined) => string {
  const texts = new Map<T, string>();
  return object => {
    if (object === null || object === undefined) return '';
    const known = texts.get(object) ?? write(object);
    texts.set(object, known);
    return known;
  };
}

function partWriters() {
  return {
    connection: remembering((connection: SampleConnection) => fields({ connection: connection.name, connection_id: connection.id })),
    strategy: remembering((connection: SampleConnection) => fields({ strategy: connection.strategy, strategy_type: connection.strategyType })),
    application: remembering((application: SampleApplication) => fields({ client_id: application.clientId, client_name: application.name })),
    sdk: remembering((application: SampleApplication) => fields({ auth0_client: application.sdk })),
    organization: remembering((organization: SampleOrganization) => fields({ organization_id: organization.id, organization_name: organization.name })),
    userAgent: remembering((device: Device) => fields({ user_agent: device.userAgent })),
    security: remembering((device: Device) => fields({ security_context: device.security })),
    location: remembering((location: LocationInfo) => fields({ location_info: location })),
    tenant: remembering((tenant: Tenant) => fields({ $event_schema: { version: '1.0.0' }, environment_name: tenant.environment, tenant_name: tenant.name })),
  };
}
type PartWriters = ReturnType<typeof partWriters>;

/** The parts of the JSON that all events of a scene share: before the details, between details and audience, and after. */
type SceneText = { readonly actors: string; readonly user: string; readonly circumstances: string; readonly back: string };

function sceneText(parts: PartWriters, { tenant, hostname, user, application, connection, organization, origin, device }: Scene): SceneText {
  const noConnection = user === null ? ',"connection_id":""' : '';
  const noUser = application === null ? '' : ',"user_id":""';
  return {
    actors: (parts.connection(connection) || noConnection) + parts.application(application) + (origin === null ? '' : `,"ip":"${origin.ip}"`) + parts.userAgent(device),
    user: (hostname === null ? '' : `,"hostname":"${hostname}"`)
      + (user === null ? noUser : `,"user_id":${JSON.stringify(user.userId)},"user_name":${JSON.stringify(user.userName)}`)
      + parts.strategy(connection) + parts.organization(organization),
    circumstances: parts.sdk(application) + parts.security(device) + parts.location(origin?.location) + parts.tenant(tenant),
    back: device === null ? '' : `,"isMobile":${device.isMobile}`,
  };
}

const described = (description: Happening['description']): string => (description === undefined ? '' : `,"description":${JSON.stringify(description)}`);

function asked({ audience, scope }: Happening): string {
  return (audience === undefined ? '' : `,"audience":"${audience}"`) + (scope === undefined ? '' : `,"scope":${JSON.stringify(scope)}`);
}

/**
 * Writes events as the API sends them: `date` in ISO 8601 with milliseconds, fields in the API's order, undefined ones left out.
 * Written in parts, as that takes half the time of an object for each event; joined, as ropes cost the collector more.
 */
export function openEventWriter(): EventWriter {
  const parts = partWriters();
  let lastScene: Scene | null = null;
  let text: SceneText = { actors: '', user: '', circumstances: '', back: '' };
  return (scene, happening, logId) => {
    if (scene !== lastScene) [lastScene, text] = [scene, sceneText(parts, scene)];
    const details = happening.details === undefined ? '' : `,"details":${JSON.stringify(happening.details)}`;
    return [
      '{"date":"', new Date(happening.at).toISOString(), '","type":"', happening.type, '"', described(happening.description),
      text.actors, details, text.user, asked(happening), text.circumstances,
      ',"log_id":"', logId, '","_id":"', logId, '"', text.back, ',"id":"', logId, '"}',
    ].join('');
  };
}
