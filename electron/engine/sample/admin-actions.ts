/** What administrators do to the tenant through the Management API, and the events that tell of it. */
import type { EpochMs } from '../../../shared/domain/ids';
import { startOf, volumeOf } from './calendar';
import type { Details } from './login-details';
import { adminAddress } from './places';
import type { Random } from './random';
import { adminScene } from './run';
import type { Admin, Run } from './run';
import { hour, minute, weekdayOf } from './time';

/** One call of the Management API: `sapi` changes something, `mgmt_api_read` reads a secret. */
export type AdminCall = {
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  readonly path: string;
  readonly description: string;
  readonly body: Details;
  readonly answer: Details;
  readonly accessedSecrets?: readonly string[];
};

/** What the dashboard's own token may do: a long list, as in real events. */
const dashboardScopes: readonly string[] = ['clients', 'connections', 'users', 'roles', 'actions', 'organizations', 'branding', 'log_streams', 'tenant_settings']
  .flatMap(resource => ['read', 'create', 'update', 'delete'].map(verb => `${verb}:${resource}`));

const statusCodes = { get: 200, post: 201, patch: 200, put: 200, delete: 204 } as const;

export function addAdminCall(run: Run, admin: Admin, { at, call }: { readonly at: EpochMs; readonly call: AdminCall }): void {
  const { random, recorder } = run;
  const scene = adminScene(run, admin);
  recorder.add(scene, {
    type: call.method === 'get' ? 'mgmt_api_read' : 'sapi', at, description: call.description,
    details: {
      request: {
        method: call.method, path: `/api/v2/${call.path}`, query: {}, body: call.body, userAgent: scene.device?.userAgent,
        channel: 'https://manage.auth0.com/', ip: adminAddress,
        auth: {
          user: { user_id: admin.userId, name: admin.name, email: admin.userName }, strategy: 'jwt',
          credentials: { jti: random.hex(32), scopes: dashboardScopes },
        },
      },
      response: { statusCode: statusCodes[call.method], body: call.answer },
      accessedSecrets: call.accessedSecrets,
    },
  });
}

type Maker = (run: Run) => AdminCall;
const call = (method: AdminCall['method'], path: string, rest: Omit<AdminCall, 'method' | 'path'>): AdminCall => ({ method, path, ...rest });

const updateApplication: Maker = ({ random, world }) => {
  const { clientId, name } = random.pick(world.applications);
  const body = { callbacks: ['https://app.example.com/callback', `https://stage-${random.below(9)}.example.com/callback`] };
  return call('patch', `clients/${clientId}`, { description: 'Update a client', body, answer: { ...body, client_id: clientId, name, is_first_party: true } });
};

const readApplication: Maker = ({ random, world }) => {
  const { clientId, name } = random.pick(world.applications);
  return call('get', `clients/${clientId}`, { description: 'Get a client', body: {}, answer: { client_id: clientId, name }, accessedSecrets: ['client_secret'] });
};

const updateUser: Maker = ({ random, users }) => {
  const { userId, userName } = random.pick(users);
  const body = { app_metadata: { plan: random.pick(['basic', 'team', 'plus']) } };
  return call('patch', `users/${encodeURIComponent(userId)}`, { description: 'Update a user', body, answer: { user_id: userId, email: userName, ...body } });
};

const assignRoles: Maker = ({ random, users }) => {
  const { userId } = random.pick(users);
  const body = { roles: [`rol_${random.pick(['Clerk', 'Buyer', 'Viewer'])}00000000000`] };
  return call('post', `users/${encodeURIComponent(userId)}/roles`, { description: 'Assign roles to a user', body, answer: {} });
};

const inviteMember: Maker = ({ random, users, world }) => {
  const { id, displayName, domain } = random.pick(world.organizations);
  const client = random.pick(world.applications).clientId;
  const body = { inviter: { name: displayName }, invitee: { email: `guest${random.below(90)}@${domain}` }, client_id: client, ttl_sec: 604_800 };
  return call('post', `organizations/${id}/invitations`, { description: 'Create an organization invitation', body, answer: { ...body, id: `uinv_${random.letters(16)}`, roles: [], known_users: users.length } });
};

const updateOrganization: Maker = ({ random, world }) => {
  const { id, name, displayName } = random.pick(world.organizations);
  const body = { display_name: displayName, metadata: { tier: random.pick(['gold', 'silver']) } };
  return call('patch', `organizations/${id}`, { description: 'Modify an Organization', body, answer: { id, name, ...body } });
};

const updateBranding: Maker = ({ random }) => {
  const body = { colors: { primary: `#${random.hex(6)}`, page_background: '#ffffff' } };
  return call('patch', 'branding', { description: 'Update branding settings', body, answer: body });
};

const createRole: Maker = ({ random }) => {
  const body = { name: random.pick(['Clerk', 'Buyer', 'Auditor']), description: 'May see orders' };
  return call('post', 'roles', { description: 'Create a role', body, answer: { id: `rol_${random.letters(16)}`, ...body } });
};

const updateAction: Maker = ({ random }) => {
  const id = `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`;
  return call('patch', `actions/actions/${id}`, { description: 'Update an action', body: { code: 'exports.onExecutePostLogin = async () => {};' }, answer: { id, name: 'Add plan to tokens', status: 'pending' } });
};

const blockUser: Maker = ({ random, users }) => {
  const { userId } = random.pick(users);
  return call('patch', `users/${encodeURIComponent(userId)}`, { description: 'Update a user', body: { blocked: false }, answer: { user_id: userId, blocked: false } });
};

/** How often each is done, in any unit. */
const everyday: readonly (readonly [weight: number, make: Maker])[] = [
  [34, updateUser], [18, assignRoles], [14, inviteMember], [12, updateOrganization], [8, updateApplication], [7, readApplication],
  [2, updateBranding], [1, createRole], [1, updateAction], [3, blockUser],
];
const totalWeight = everyday.reduce((sum, [weight]) => sum + weight, 0);

function everydayCall(run: Run, random: Random): AdminCall {
  let left = random.unit() * totalWeight;
  const [, make] = everyday.find(([weight]) => (left -= weight) < 0) ?? [0, updateUser];
  return make(run);
}

const callsPerDay = 11;

/** Administrators work from Monday to Friday, in Berlin's daytime. */
export function playAdmins(run: Run, relativeDay: number): void {
  const { random, calendar, admins } = run;
  const weekday = weekdayOf(calendar.firstDay + relativeDay);
  if (weekday === 0 || weekday === 6) return;
  const count = random.poisson(callsPerDay * volumeOf(calendar));
  const opening = startOf(calendar, relativeDay) + 7 * hour;
  for (let left = count; left > 0; left -= 1) {
    addAdminCall(run, random.pick(admins), { at: opening + random.below(9 * 60) * minute + random.below(60_000), call: everydayCall(run, random) });
  }
}
