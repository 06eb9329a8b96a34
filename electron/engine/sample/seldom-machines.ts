/** Seldom events of applications without users: refused tokens, exchanges, limits. */
import type { Details } from './login-details';
import type { SeldomRow, Subject } from './seldom';

const withToken = ({ run }: Subject): Details => ({ access_token_jti: run.random.letters(22) });
const exchanged = ({ run }: Subject): Details => ({ access_token_jti: run.random.letters(22), subject_token_type: 'urn:example:partner-token', actor: null });
const empty = (): Details => ({});

/** Times in 90 days, type, description, details. */
export const machineRows: readonly SeldomRow[] = [
  [40, 'feccft', 'Unauthorized', () => ({ client_authentication_error: 'the secret does not match' })],
  [24, 'secte', 'Custom token exchange', exchanged],
  [3, 'fecte', 'The subject token has expired', exchanged],
  [4, 'jwt_bearer_exchange_failed', 'The assertion has expired', empty],
  [12, 'success_on_behalf_of_token_exchange', undefined, withToken],
  [6, 'idjag_exchange_succeeded', undefined, withToken],
  [3, 'limit_delegation', 'Too many calls to the delegation endpoint', empty],
  [9, 'api_limit_warning', 'You are close to the rate limit of the Management API', () => ({
    limit: { bucket: 'management_read', global: false, size: 50, usage: 40 }, request: { method: 'GET', path: '/api/v2/users' },
  })],
];
