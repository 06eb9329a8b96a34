/** Second factors: pushes, codes, enrolments and refusals, as Guardian logs them. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { Details } from './login-details';
import { backendAddress } from './places';
import type { Random } from './random';
import type { Visit } from './run';
import { second } from './time';
import type { SampleUser } from './users';

const authenticatorTypes = { none: 'recovery-code', push: 'push', otp: 'otp', sms: 'phone' } as const;

/** Auth0 shows the end of a phone number only. */
const maskedPhone = (user: SampleUser): string | null => (user.secondFactor === 'sms' ? `XXXXXXXX${String(1000 + user.index).slice(-4)}` : null);

const deviceIdOf = (user: SampleUser): string => `dev_${(user.index + 1).toString(36).padStart(16, '0')}`;

/** `details` of `gd_*` events; one enrolment per user. */
export function factorDetails(visit: Visit): Details {
  const { user, run, state } = visit;
  return {
    authenticator: { id: deviceIdOf(user), type: authenticatorTypes[user.secondFactor], phone_number: maskedPhone(user) },
    device_id: deviceIdOf(user),
    enrollment: {
      _id: `enr_${(user.index + 1).toString(36).padStart(12, '0')}`, user_id: user.userId, tenant: run.world.tenant.name,
      name: user.phone.userAgent.split('/')[0]?.trim() ?? '', identifier: (user.index + 1).toString(16).padStart(12, '0'), phone_number: maskedPhone(user),
    },
    session_id: state.sessionId, remember_browser: run.random.chance(0.2),
  };
}

const factorTexts = {
  gd_send_pn: 'Push notification sent', gd_send_sms: 'SMS sent', gd_auth_succeed: 'Guardian - Second factor authentication succeeded',
  gd_auth_rejected: 'Guardian - Second factor authentication rejected', gd_auth_failed: 'Guardian - Second factor authentication failed',
  gd_start_auth: 'Guardian - Second factor authentication started', gd_enrollment_complete: 'Guardian - Enrollment complete',
  gd_start_enroll: 'Guardian - Enrollment started',
} as const;
export type FactorEvent = keyof typeof factorTexts;

export function addFactorEvent(visit: Visit, type: FactorEvent, at: EpochMs): void {
  visit.run.recorder.add(visit.scene, { type, at, description: factorTexts[type], details: factorDetails(visit) });
}

/** Returns when the push was answered. */
export function sendPush(visit: Visit, at: EpochMs): EpochMs {
  addFactorEvent(visit, 'gd_send_pn', at);
  return at + visit.run.random.between(6, 30) * second;
}

const wrongCode = (random: Random): Details => ({
  request: {
    ip: backendAddress, method: 'POST', path: '/api/verify-otp', query: '', userAgent: '', auth: { scopes: ['verify'], strategy: 'jwt' },
    body: { code: '***' },
  },
  response: { statusCode: 403, body: { errorCode: 'invalid_otp' } }, failure_details: { errorCode: 'invalid_otp', message: `Invalid code, try ${1 + random.below(2)}` },
});

/** Returns when the factor was accepted, which lets the login go on; null when the user refused it. */
export function verifyFactor(visit: Visit, at: EpochMs): EpochMs | null {
  const { random, recorder } = visit.run;
  if (visit.user.secondFactor === 'push' && random.chance(0.01)) {
    addFactorEvent(visit, 'gd_auth_rejected', at);
    return null;
  }
  let next = at;
  if (visit.user.secondFactor === 'sms') addFactorEvent(visit, 'gd_send_sms', at - 9 * second);
  if (visit.user.secondFactor !== 'push' && random.chance(0.05)) {
    recorder.add(visit.scene, { type: 'gd_auth_failed', at: next, description: factorTexts.gd_auth_failed, details: { ...factorDetails(visit), ...wrongCode(random) } });
    next += random.between(10, 40) * second;
  }
  addFactorEvent(visit, 'gd_auth_succeed', next);
  return next + random.between(1, 4) * second;
}

/** A new user sets a second factor up. */
export function enrol(visit: Visit, at: EpochMs): void {
  addFactorEvent(visit, 'gd_start_enroll', at);
  addFactorEvent(visit, 'gd_enrollment_complete', at + visit.run.random.between(20, 90) * second);
}
