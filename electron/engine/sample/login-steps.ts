/** What comes before a login: mistyped passwords, a forgotten one, a code by mail or text message, a second factor. */
import type { EpochMs } from '../../../shared/domain/ids';
import { sendPush, verifyFactor } from './factors';
import type { Visit } from './run';
import { second } from './time';

const transaction = (visit: Visit) => ({ transaction_id: visit.run.random.letters(22) });

/** Somebody mistypes the own name: an unknown user, of whom Auth0 has no id. */
function mistypeName(visit: Visit, at: EpochMs): void {
  const { run, user, scene } = visit;
  const typed = user.userName.replace(/(.)(.)/, '$2$1');
  run.recorder.add({ ...scene, user: { userId: '', userName: typed }, organization: null }, {
    type: 'fu', at, description: 'Wrong email or password.', details: { error: { message: 'Wrong email or password.' }, ...transaction(visit) },
  });
}

export function failPassword(visit: Visit, at: EpochMs): void {
  const { run, scene } = visit;
  const reason = run.random.chance(0.2) ? { reason: 'wrong password' } : { message: 'Wrong email or password.' };
  run.recorder.add(scene, { type: 'fp', at, description: 'Wrong email or password.', details: { error: reason, ...transaction(visit) } });
}

function resetPassword(visit: Visit, at: EpochMs): EpochMs {
  const { run, user, scene } = visit;
  const body = { email: user.userName, tenant: run.world.tenant.name, connection: user.connection.name, client_id: user.application.clientId };
  run.recorder.add(scene, { type: 'scpr', at, description: '', details: { body: { ...body, resetUrl: 'https://login.example.com/lo/reset' } } });
  const changed = at + run.random.between(60, 400) * second;
  run.recorder.add(scene, {
    type: 'scp', at: changed, description: 'You can now login to the application with the new password.',
    details: { title: 'Password Change', email: user.userName, body: { tenant: body.tenant }, query: { ...body, user_id: user.userId } },
  });
  return changed;
}

/** Wrong tries of those who have a password; returns when the right one is typed. */
export function typeWrongly(visit: Visit, at: EpochMs): EpochMs {
  const { random } = visit.run;
  if (visit.user.connection.strategyType !== 'database') return at;
  let next = at;
  if (random.chance(0.025)) mistypeName(visit, next - 25 * second);
  if (random.chance(0.13)) {
    failPassword(visit, next);
    next += random.between(8, 40) * second;
    if (random.chance(0.25)) failPassword(visit, next);
    next += random.between(8, 40) * second;
    if (random.chance(0.14)) next = resetPassword(visit, next) + random.between(10, 40) * second;
  }
  return next;
}

function sendCode(visit: Visit, at: EpochMs): void {
  const { run, user, scene } = visit;
  const body = { client_id: user.application.clientId, connection: user.connection.name, tenant: run.world.tenant.name, send: 'code' };
  if (user.connection.strategy === 'sms') {
    run.recorder.add(scene, {
      type: 'cs', at, description: `To: ${user.userName}`,
      details: { body: { ...body, phone_number: user.userName, request_language: 'en', username: user.userName }, ...transaction(visit) },
    });
    return;
  }
  const byLink = run.random.chance(0.3);
  run.recorder.add(scene, {
    type: 'cls', at, description: `To: ${user.userName}`,
    details: { body: { ...body, send: byLink ? 'link' : 'code', email: user.userName }, link: byLink ? 'https://login.example.com/passwordless/verify_redirect' : '', ...transaction(visit) },
  });
}

/** Returns when the login happens, or null when the second factor was refused. */
export function beforeLogin(visit: Visit, at: EpochMs): EpochMs | null {
  const { user } = visit;
  if (user.connection.strategyType === 'passwordless') {
    sendCode(visit, at);
    return at + visit.run.random.between(15, 90) * second;
  }
  if (user.secondFactor === 'none' || visit.run.random.chance(0.5)) return at;
  const asked = user.secondFactor === 'push' ? sendPush(visit, at) : at;
  return verifyFactor(visit, asked);
}
