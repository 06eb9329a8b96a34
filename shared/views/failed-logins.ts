/** Failed logins over time, by reason. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { bucketStates, defineView } from './define-view';
import { definitionParam, seriesGrain, wrongDates } from './series-params';

export const failedLogins = defineView({
  id: 'failed-logins',
  title: 'Failed logins',
  definition: `Failed logins in each bucket: events of the category login with the outcome failure, and the password grant (fepft). By reason: wrong password (fp, fepft), unknown user (fu), identity provider (f or fc on a connection of another strategy than auth0, email or sms: a SAML failure is an f), origin (fco, fcoa), other. Blocked attempts (limit_wc, limit_mu, limit_sul, limit_phone, pwd_leak) are counted beside them and are not part of the total. Auth0's Activity page counts the type f only, without wrong passwords and blocked attempts. ${wrongDates}`,
  kind: 'series',
  params: [...commonParams, seriesGrain, definitionParam],
  columns: [
    { id: 'bucketStart', header: 'Start', kind: 'instant' },
    { id: 'total', header: 'Failed logins', kind: 'number' },
    { id: 'wrongPassword', header: 'Wrong password', kind: 'number' },
    { id: 'unknownUser', header: 'Unknown user', kind: 'number' },
    { id: 'identityProvider', header: 'Identity provider', kind: 'number' },
    { id: 'origin', header: 'Origin', kind: 'number' },
    { id: 'other', header: 'Other', kind: 'number' },
    { id: 'blocked', header: 'Blocked attempts', kind: 'number' },
    { id: 'state', header: 'State', kind: 'text' },
  ],
  row: z.object({ bucketStart: z.string(), total: z.number().int(), wrongPassword: z.number().int(), unknownUser: z.number().int(), identityProvider: z.number().int(), origin: z.number().int(), other: z.number().int(), blocked: z.number().int(), state: z.enum(bucketStates) }),
});
