/** Seldom events of the tenant itself: notices, keys, connectors, failed messages, self-service set-up. */
import type { Details } from './login-details';
import type { SeldomRow, Subject } from './seldom';

const keyOf = (state: string) => ({ run }: Subject): Details => ({ id: run.random.hex(32), state, type: 'customer-provided-root-key' });
const setUp = (name: string) => ({ run }: Subject): Details => ({
  ss_sso_event_name: name, ss_sso_tracing_id: run.random.hex(24), connection_name: run.random.pick(run.world.organizations).connection.name,
  flow_type: 'create', enabled_features: { sso: true, provisioning: false, domainVerification: false },
});
const feature = (id: string, name: string) => (): Details => ({
  feature: { id, name, description: `${name} will be removed`, documentation: 'https://docs.example.com/deprecations' }, method: 'GET', path: '/authorize',
});
const flow = (state: string) => ({ run }: Subject): Details => ({ execution_id: run.random.letters(22), flow_id: `af_${run.random.letters(22)}`, state });
const action = ({ run }: Subject): Details => ({
  action_id: run.random.hex(32), action_name: 'Add plan to tokens', binding_id: run.random.hex(32), version_id: run.random.hex(32),
  execution_id: run.random.letters(40), trigger_id: 'post-login', error_class: 'action_timeout',
  action_error: { name: 'TimeoutError', code: 'TIMEOUT', message: 'The action took longer than 20 seconds', stack: '' },
});
const sync = ({ run, at }: Subject): Details => ({
  synchronization_id: run.random.hex(32), scheduled: true, created_at: new Date(at - 60_000).toISOString(), started_at: new Date(at - 30_000).toISOString(),
  sync_status: 'failed',
});
/** The one failure whose error is a text, not an object. */
const undelivered = (): Details => ({ to: 'closed.mailbox@example.net', email_type: 'verify_email', notification_type: 'email', error: 'The mailbox does not exist' });

/** Times in 90 days, type, description, details. */
export const tenantRows: readonly SeldomRow[] = [
  [50, 'flows_execution_completed', undefined, flow('completed')],
  [3, 'flows_execution_failed', 'The flow stopped at a step', flow('failed')],
  [12, 'actions_execution_failed', 'An action took too long', action],
  [1, 'fpurh', 'The hook after registration failed', () => ({ error: { message: 'The hook threw an error' } })],
  [13, 'depnote', 'A feature in use will be removed', feature('legacy_lock_api', 'Legacy Lock API')],
  [4, 'depnote', 'A feature in use will be removed', feature('hooks', 'Hooks')],
  [3, 'resource_cleanup', 'Refresh tokens of a user were removed because there were too many', () => ({ resource: 'refresh_tokens', start: 210, removedCount: 10, endCount: 200 })],
  [2, 'acul_sdk_notice', 'The SDK of the login screens is old', () => ({ sdk: { name: 'acul-react', version: '0.9.0' } })],
  [2, 'custom_domain_verification_failed', 'The domain could not be verified', () => ({ domain: 'login.example.org' })],
  [2, 'kms_key_management_success', undefined, keyOf('active')],
  [2, 'kms_key_state_changed', undefined, keyOf('deactivated')],
  [4, 'fcpro', 'The connector could not be set up', () => ({ details: 'The connector did not answer' })],
  [22, 'fn', 'The message could not be delivered', undelivered],
  [4, 'wn', 'The message was delayed', () => ({ to: 'someone@example.org', email_type: 'welcome_email', notification_type: 'email' })],
  [3, 'sui', 'Users imported', ({ run }) => ({ job_id: `job_${run.random.letters(16)}`, summary: { total: 40, inserted: 38, updated: 2, failed: 0 } })],
  [2, 'wum', 'A user was changed with a warning', () => ({ body: {} })],
  [3, 'directory_sync_failed', 'The directory could not be read', sync],
  [4, 'fscim', 'The user exists', ({ run }) => ({ action: 'create_user', request: { method: 'post', path: '/scim/v2/Users', query: {}, body: null, ip: '192.0.2.12', userAgent: 'scim-client/2.1' }, response: { statusCode: 409 }, connection_id: run.random.pick(run.world.organizations).connection.id })],
  [3, 'ss_sso_success', undefined, setUp('ss_sso_ticket_generation')],
  [3, 'ss_sso_success', undefined, setUp('ss_sso_connection_creation')],
  [4, 'ss_sso_info', undefined, setUp('ss_sso_try_connection_start')],
  [1, 'ss_sso_failure', 'The ticket has expired', setUp('ss_sso_ticket_consumption')],
  [5, 'gd_tenant_update', 'Guardian - Tenant settings changed', () => ({ request: { method: 'PATCH', path: '/api/tenants/settings', query: '', body: { friendly_name: 'Sample' } }, response: { statusCode: 200, body: {} } })],
  [6, 'mfar', undefined, () => ({})],
];
