/** Why a login failed or was turned away, by the type of its event and the strategy of its connection. */

export const failureReasons = ['wrongPassword', 'unknownUser', 'identityProvider', 'origin', 'other'] as const;
export type FailureReason = (typeof failureReasons)[number];

/** Types of failed logins by reason; those of `identityProvider` only where the strategy is foreign. What stands nowhere here is `other`. */
export const codesOfReason: Readonly<Record<Exclude<FailureReason, 'other'>, readonly string[]>> = {
  wrongPassword: ['fp', 'fepft'], unknownUser: ['fu'], identityProvider: ['f', 'fc'], origin: ['fco', 'fcoa'],
};

/** Connections of these strategies are Auth0's own: no identity provider had a say. */
export const ownStrategies: readonly string[] = ['auth0', 'email', 'sms'];

/** Attack protection that turned an attempt away. */
export const blockedAttemptCodes: readonly string[] = ['limit_wc', 'limit_mu', 'limit_sul', 'limit_phone', 'pwd_leak'];
