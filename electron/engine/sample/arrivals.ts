/** How users come and go: signups, invitations, first logins, provisioning by their company, deletion. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { Scene } from './api-event';
import { enrol } from './factors';
import type { Details } from './login-details';
import { backendAddress, places } from './places';
import { tenantScene, userScene } from './run';
import type { Run, Visit } from './run';
import { day, minute, second } from './time';
import type { SampleUser } from './users';

function signUp({ run, user, scene }: Visit, at: EpochMs): void {
  const { random, recorder } = run;
  const body: Details = {
    email: user.userName, connection: user.connection.name, client_id: user.application.clientId, tenant: run.world.tenant.name,
    name: user.name, email_verified: false, request_language: 'en', user_metadata: {}, ip: scene.origin?.ip,
  };
  recorder.add(scene, { type: 'ss', at, description: random.chance(0.5) ? '' : undefined, details: { body, actions: { executions: [] } } });
  if (user.connection.strategyType !== 'database') return;
  recorder.add(scene, { type: 'svr', at: at + second, description: '', details: { body: { ...body, verificationUrl: 'https://login.example.com/u/email-verification' } } });
  if (!random.chance(0.9)) return;
  recorder.add(scene, {
    type: 'sv', at: at + random.between(20, 100) * second, description: 'Your email was verified. You can continue using the application.',
    details: { email: user.userName, title: 'Email Verified', query: { connection: user.connection.name, email: user.userName, tenant: run.world.tenant.name } },
  });
}

function acceptInvitation({ run, user, scene }: Visit, at: EpochMs): void {
  const invitation = {
    id: `uinv_${run.random.letters(16)}`, client_id: user.application.clientId, created_at: new Date(at - 2 * day).toISOString(),
    expires_at: new Date(at + 5 * day).toISOString(), invitee: { email: user.userName }, inviter: { name: user.organization?.displayName ?? '' }, roles: [],
  };
  run.recorder.add(scene, { type: 'si', at, description: 'Invitation accepted', details: { invitation } });
  addMember({ run, user, scene }, { at: at + second, reason: 'invitation' });
}

type Joining = { readonly at: EpochMs; readonly reason: 'invitation' | 'auto_membership' };

function addMember({ run, scene }: Pick<Visit, 'run' | 'user' | 'scene'>, { at, reason }: Joining): void {
  run.recorder.add(scene, { type: 'organization_member_added', at, description: 'Member added to the organization', details: { reason } });
}

/** The company's own directory calls; the event is about the user and comes from the company's server. */
const provisioningScene = (run: Run, user: SampleUser): Scene => ({
  ...tenantScene(run), hostname: run.world.tenant.loginHost, user, connection: user.connection,
  origin: { ip: backendAddress, location: places[0]?.location }, device: run.programs[4] ?? null,
});

type Provisioning = { readonly at: EpochMs; readonly method: 'post' | 'patch'; readonly action: string; readonly body: Details };

/** `sscim`: one call of the company's directory. */
function provision(run: Run, user: SampleUser, { at, method, action, body }: Provisioning): void {
  const path = `/scim/v2/connections/${user.connection.id}/Users`;
  run.recorder.add(provisioningScene(run, user), {
    type: 'sscim', at, description: method === 'post' ? 'Create a user' : 'Update a user',
    details: {
      action, connection_id: user.connection.id,
      request: { method, path: method === 'post' ? path : `${path}/${user.identity}`, query: {}, body, ip: backendAddress, userAgent: 'scim-client/2.1' },
      response: { statusCode: method === 'post' ? 201 : 200 },
    },
  });
}

const provisionNew = (run: Run, user: SampleUser, at: EpochMs): void => provision(run, user, {
  at, method: 'post', action: 'create_user',
  body: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: user.userName, displayName: user.name, active: true },
});

const patch = (path: string, value: unknown): Details => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [{ op: 'replace', path, value }],
});

export const provisionUpdate = (run: Run, user: SampleUser, at: EpochMs): void =>
  provision(run, user, { at, method: 'patch', action: 'update_user', body: patch('displayName', user.name) });

const setActive = (run: Run, user: SampleUser, { at, active }: { readonly at: EpochMs; readonly active: boolean }): void =>
  provision(run, user, { at, method: 'patch', action: 'update_user', body: patch('active', active) });

/** Everything that makes a newcomer a user, just before the first login at `at` plus two minutes. */
export function arrive(visit: Visit, at: EpochMs): void {
  const { run, user } = visit;
  const { organization } = user;
  if (organization === null) signUp(visit, at);
  else if (user.connection.strategyType !== 'enterprise') acceptInvitation(visit, at);
  else if (organization.provisioning === 'scim') provisionNew(run, user, at - run.random.between(10, 50) * minute);
  else addMember(visit, { at: at + 2 * minute + 2 * second, reason: 'auto_membership' });
  if (user.secondFactor !== 'none') enrol(visit, at + 20 * second);
}

/** Somebody is back: those whom the company had switched off are switched on again. */
export function comeBack(run: Run, user: SampleUser, at: EpochMs): void {
  if (user.organization?.provisioning === 'scim') setActive(run, user, { at: at - run.random.between(10, 50) * minute, active: true });
}

/** The last trace of some: their company switches them off, or they delete themselves. */
export function depart(run: Run, user: SampleUser, at: EpochMs): void {
  if (user.organization?.provisioning === 'scim') {
    setActive(run, user, { at, active: false });
  } else if (user.isDeletedAtEnd) {
    const details = { body: { connection: user.connection.name, tenant: run.world.tenant.name } };
    run.recorder.add(userScene(run, user, at), { type: 'sdu', at, description: 'User successfully deleted', details });
  }
}
