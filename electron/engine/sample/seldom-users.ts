/** Seldom events about a user: profile changes, protection, devices, passkeys, linked accounts, forms. */
import type { Details } from './login-details';
import type { SeldomRow, Subject } from './seldom';

const nothing = (): undefined => undefined;
const empty = (): Details => ({});
const failed = (message: string) => (): Details => ({ error: { message, oauthError: 'invalid_request', type: 'oauth-authorization' } });
const failedGrant = (message: string) => (): Details => ({ error: { message, oauthError: 'invalid_grant' } });

const bodyOf = ({ run, user }: Subject): Details => ({
  email: user?.userName, connection: user?.connection.name, tenant: run.world.tenant.name, client_id: user?.application.clientId,
});
const withBody = (subject: Subject): Details => ({ body: bodyOf(subject) });
const device = ({ run }: Subject): Details => ({ code: `****-***${run.random.letters(1).toUpperCase()}`, session_id: run.random.letters(32) });
const family = ({ run }: Subject): Details => ({ familyId: run.random.hex(24), tokenCounter: 3, latestCounter: 3 });
const account = ({ run }: Subject): Details => ({ connected_account: { id: `cac_${run.random.letters(20)}` }, request: { method: 'POST', path: '/me/v1/connected-accounts' } });
const method = ({ run }: Subject): Details => ({
  operation: 'create', authentication_method: 'passkey', authentication_method_id: `passkey|${run.random.hex(24)}`, session_id: run.random.letters(32),
  request: { method: 'POST', path: '/me/v1/authentication-methods' },
});
const subjectToken = ({ run }: Subject): Details => ({ access_token_jti: run.random.letters(22), subject_token_type: 'urn:example:legacy-session' });
const assessed = (requiresVerification: boolean) => ({ run }: Subject): Details => ({ requiresVerification, ipOnAllowlist: false, session_id: run.random.letters(32) });
const challenge = (purpose: 'login' | 'register') => ({ run }: Subject): Details => ({ purpose, session_id: run.random.letters(32), prompts: [] });
const invitation = ({ run, user }: Subject): Details => ({ invitation: { ticket_id: run.random.letters(32), invitee: { email: user?.userName }, roles: [] } });
const form = ({ run }: Subject): Details => ({ form_id: `ap_${run.random.letters(22)}`, state: run.random.letters(20) });
const backchannel = (statusCode: number) => (): Details => ({
  initiator: 'rp-logout', errors: statusCode < 300 ? [] : ['The application answered with an error'],
  request: { method: 'POST', backchannel_logout_uri: 'https://app.example.com/backchannel-logout' }, response: { statusCode },
});
/** `fs` is the type that puts an object where others have a text. */
const weakPassword = (): Details => ({
  code: 'invalid_password', name: 'PasswordStrengthError', statusCode: 400,
  description: { rules: [{ code: 'lengthAtLeast', message: 'At least %d characters in length', format: [12], verified: false }], verified: false },
});
const fieldOf = (key: string, value: string) => (subject: Subject): Details => ({ body: { ...bodyOf(subject), user_id: subject.user?.userId, [key]: value } });

/** Times in 90 days, type, description, details. */
export const userRows: readonly SeldomRow[] = [
  [60, 'pla', undefined, assessed(false)],
  [3, 'ublkdu', 'User block released', withBody],
  [2, 'rich_consents_access_error', 'The consent could not be read', failed('The consent has expired')],
  [5, 'fpar', 'The pushed authorization request was refused', failed('redirect_uri is not allowed')],
  [14, 'fs', 'The password is too weak', weakPassword],
  [20, 'svr', '', withBody],
  [3, 'fv', 'This link can be used only once.', withBody],
  [2, 'fvr', 'The user is unknown', withBody],
  [24, 'fcp', 'Your password was not changed', withBody],
  [16, 'fcpr', 'The user does not exist.', withBody],
  [14, 'sce', 'The e-mail address was changed', fieldOf('newEmail', 'new.address@example.com')],
  [2, 'fce', 'The e-mail address is in use', fieldOf('newEmail', 'taken@example.com')],
  [4, 'scpn', 'The phone number was changed', fieldOf('phone_number', '+12025550100')],
  [3, 'scu', 'The username was changed', fieldOf('username', 'renamed')],
  [5, 'fi', 'The invitation has expired', invitation],
  [40, 'sede', 'Device Code for Access Token', ({ run }) => ({ access_token_jti: run.random.letters(22) })],
  [6, 'fdeac', 'The device code has expired', device],
  [3, 'fdecc', 'User did not confirm the device', device],
  [2, 'fdeaz', 'The device request was refused', failed('Unknown application')],
  [18, 'fertft', 'Unknown or invalid refresh token.', failedGrant('Unknown or invalid refresh token.')],
  [3, 'ferrt', 'Unsuccessful Refresh Token exchange, reused refresh token detected', family],
  [16, 'feacft', 'Invalid authorization code', failedGrant('Invalid authorization code')],
  [12, 'sepft', 'Password for Access Token', ({ run }) => ({ access_token_jti: run.random.letters(22) })],
  [3, 'fepft', 'Wrong email or password.', failedGrant('Wrong email or password.')],
  [5, 'sens', 'Native social login', subjectToken],
  [4, 'scoa', undefined, ({ run }) => ({ session_id: run.random.letters(32), prompts: [] })],
  [6, 'w', 'You are using Auth0 development keys which are only intended for use in development and testing.', empty],
  [24, 'srrt', 'Refresh token revoked', ({ run }) => ({ credential_id: `cgr_${run.random.letters(20)}`, grant_id: null })],
  [6, 'flo', 'The return address is not allowed', failed('The "returnTo" querystring parameter is not allowed')],
  [20, 'oidc_backchannel_logout_succeeded', undefined, backchannel(204)],
  [3, 'oidc_backchannel_logout_failed', undefined, backchannel(500)],
  [5, 'universal_logout_succeeded', undefined, nothing],
  [12, 'my_account_authentication_method_succeeded', undefined, method],
  [2, 'my_account_authentication_method_failed', undefined, method],
  [16, 'passkey_challenge_started', undefined, challenge('login')],
  [3, 'passkey_challenge_failed', 'The passkey is unknown', challenge('login')],
  [9, 'connected_accounts_connection_succeeded', undefined, account],
  [2, 'connected_accounts_connection_failed', 'Access was refused', account],
  [2, 'connected_accounts_delete_succeeded', undefined, account],
  [9, 'ciba_start_succeeded', undefined, ({ run }) => ({ body: { scope: 'openid' }, notification_channel: 'guardian-push', transaction_linking_id: `cns_${run.random.letters(22)}` })],
  [7, 'ciba_exchange_succeeded', undefined, ({ run }) => ({ access_token_jti: run.random.letters(22) })],
  [2, 'ciba_start_failed', 'The user has no device to ask', failed('The user has no enrolled device')],
  [3, 'gd_unenroll', 'Guardian - Unenroll', ({ user }) => ({ enrollment: { user_id: user?.userId } })],
  [4, 'gd_recovery_succeed', 'Guardian - Recovery succeeded', empty],
  [2, 'gd_recovery_failed', 'Guardian - Recovery failed', empty],
  [30, 'forms_submission_succeeded', undefined, form],
  [3, 'forms_submission_failed', 'The form has expired', form],
  [10, 'sd', 'Delegation succeeded', empty],
  [2, 'fd', 'Delegation failed', failed('The application may not delegate')],
  [4, 'scv', undefined, nothing],
];

/** The same, from addresses that are not the user's: somebody else tried, and Auth0 stopped it. */
export const strangerRows: readonly SeldomRow[] = [
  [2, 'pla', undefined, assessed(true)],
  [3, 'limit_wc', 'User has been blocked after too many failed logins', nothing],
  [1, 'limit_sul', 'Too many logins of one user from one address', nothing],
  [1, 'limit_phone', 'Too many text messages to one number', nothing],
  [4, 'pwd_leak', 'Someone tried to log in with a password known to be leaked', nothing],
  [2, 'signup_pwd_leak', 'Someone tried to sign up with a password known to be leaked', nothing],
  [1, 'reset_pwd_leak', 'Someone tried to reset to a password known to be leaked', nothing],
  [3, 'fcoa', 'Wrong email or password.', failed('Wrong email or password.')],
  [3, 'gd_otp_rate_limit_exceed', 'Guardian - Too many failures', empty],
  [1, 'limit_mu', 'Too many failed logins from one address', () => ({ flow: 'login' })],
];
