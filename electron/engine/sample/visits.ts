/** What a user does on a visit: logs in, stays in by silent authentication, refreshes tokens, logs out. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { Scene } from './api-event';
import { arrive } from './arrivals';
import { codeDetails, failureDetails, loginDetails, loginRequiredDetails, refreshDetails, silentDetails, thumbprintOf } from './login-details';
import { beforeLogin, typeWrongly } from './login-steps';
import { backendAddress } from './places';
import { userScene, worded } from './run';
import type { Run, Visit } from './run';
import { hour, minute, second } from './time';
import type { SampleUser } from './users';

const tokenScope = 'openid profile email offline_access';
const enterpriseFailures = [
  'User is not assigned to the application at the identity provider',
  'The identity provider did not answer in time',
  'User is blocked',
] as const;

/** What Auth0 reports when an assertion was signed with another certificate than the connection knows. */
export const signatureMessage = (connectionId: string, secondId: string): string =>
  `Signature check failed: invalid thumbprint (configured: ${thumbprintOf(secondId)}. calculated: ${thumbprintOf(connectionId)})`;

/** The sign-in pages of a server-side application exchange codes from its server, so these events name no browser. */
function exchangeScene({ run, user, scene }: Visit): Scene {
  if (user.application.kind !== 'regular_web') return scene;
  return { ...scene, origin: { ip: backendAddress, location: undefined }, device: run.programs[2] ?? null };
}

function exchangeCode(visit: Visit, at: EpochMs): void {
  const { run, user, state } = visit;
  run.recorder.add(exchangeScene(visit), {
    type: 'seacft', at, description: worded(run.random, 'Authorization Code for Access Token'),
    details: codeDetails(run.random, state), audience: user.application.audience, scope: run.random.chance(0.7) ? tokenScope : tokenScope.split(' '),
  });
}

/** The login itself and the token that the application fetches with it, about half a second later. */
export function succeed(visit: Visit, at: EpochMs): void {
  const { run, user, state, scene } = visit;
  state.logins += 1;
  state.device = scene.device ?? state.device;
  state.sessionId = run.random.letters(32);
  state.familyId = run.random.hex(24);
  state.tokenCounter = 1;
  run.recorder.add(scene, {
    type: 's', at, description: worded(run.random, 'Successful login'),
    details: loginDetails(run.random, user, { at, state }), audience: run.random.chance(0.5) ? user.application.audience : undefined,
  });
  exchangeCode(visit, at + run.random.between(150, 1300));
}

/** Tries again up to twice and gives up; the customer's identity provider signs with a certificate Auth0 does not know. */
export function failBySignature({ run, user, scene }: Visit, at: EpochMs): void {
  const message = signatureMessage(user.connection.id, `${user.connection.id}-next`);
  let tryAt = at;
  for (let left = 1 + run.random.below(3); left > 0; left -= 1) {
    run.recorder.add(scene, { type: 'f', at: tryAt, description: message, details: failureDetails(run.random, user, message) });
    tryAt += run.random.between(20 * second, 4 * minute);
  }
}

const isBroken = ({ stories }: Run, user: SampleUser, at: EpochMs): boolean =>
  user.connection === stories.certificate.connection && at >= stories.certificate.from && at < stories.certificate.to;

/** Returns the instant of the login; null when it did not come to one. */
function logIn(visit: Visit, at: EpochMs): EpochMs | null {
  const { run, user, scene } = visit;
  const { random, recorder } = run;
  if (user.application.kind === 'spa' && random.chance(0.14)) {
    recorder.add(scene, { type: 'fsa', at: at - 3 * second, description: 'Login required', details: loginRequiredDetails(user), audience: user.application.audience, scope: tokenScope });
  }
  if (isBroken(run, user, at)) {
    failBySignature(visit, at);
    return null;
  }
  if (user.connection.strategyType === 'enterprise' && random.chance(0.025)) {
    const message = random.pick(enterpriseFailures);
    recorder.add(scene, { type: 'f', at, description: message, details: failureDetails(random, user, message) });
    return null;
  }
  const ready = beforeLogin(visit, typeWrongly(visit, at));
  if (ready !== null) succeed(visit, ready);
  return ready;
}

function authenticateSilently(visit: Visit, at: EpochMs): void {
  const { run, user, state, scene } = visit;
  run.recorder.add(scene, { type: 'ssa', at, description: worded(run.random, 'Successful silent authentication'), details: silentDetails(run.random, user, { at, state }) });
  if (run.random.chance(0.3)) exchangeCode(visit, at + run.random.between(150, 1300));
}

function refresh(visit: Visit, at: EpochMs): void {
  const { run, user, state } = visit;
  state.tokenCounter += 1;
  run.recorder.add(exchangeScene(visit), {
    type: 'sertft', at, description: worded(run.random, 'Refresh Token for Access Token'),
    details: refreshDetails(run.random, state), audience: user.application.audience, scope: tokenScope,
  });
}

/** The hours after a login: the application keeps its tokens fresh, and some log out at the end. */
function stayIn(visit: Visit, at: EpochMs): void {
  const { run, user, state, scene } = visit;
  const { random } = run;
  let later = at;
  const keepFresh = user.application.kind === 'spa' ? authenticateSilently : refresh;
  for (let left = random.poisson(0.35); left > 0; left -= 1) {
    later += random.between(20 * minute, 2 * hour);
    keepFresh(visit, later);
  }
  if (!random.chance(0.22)) return;
  run.recorder.add(scene, {
    type: 'slo', at: later + random.between(5 * minute, 50 * minute), description: worded(random, 'User successfully logged out'),
    details: { return_to: 'https://app.example.com/', allowed_logout_url: ['https://app.example.com/', 'https://shop.example.org/'], session_id: state.sessionId },
  });
}

const usualDeviceShare = 0.92;
const loginShare = { spa: 0.45, regular_web: 0.8, native: 0.27, non_interactive: 0 } as const;

/** One visit of a user who has been here before. */
export function visitAgain(run: Run, user: SampleUser, at: EpochMs): void {
  const state = run.states[user.index];
  if (state === undefined) return;
  const isLogin = run.random.chance(loginShare[user.application.kind]);
  const scene = userScene(run, user, at);
  const device = run.random.chance(usualDeviceShare) ? user.device : user.phone;
  const visit: Visit = { run, user, state, scene: isLogin ? { ...scene, device } : scene };
  if (isLogin) {
    const loggedIn = logIn(visit, at);
    if (loggedIn !== null) stayIn(visit, loggedIn);
  } else if (user.application.kind === 'native' || run.random.chance(0.2)) {
    refresh(visit, at);
  } else {
    authenticateSilently(visit, at);
  }
}

/** The first visit inside the sample: an arrival where the user is new, and always a whole login. */
export function visitFirst(run: Run, user: SampleUser, { at, isNew }: { readonly at: EpochMs; readonly isNew: boolean }): void {
  const state = run.states[user.index];
  if (state === undefined) return;
  const visit: Visit = { run, user, state, scene: userScene(run, user, at) };
  if (isNew) {
    state.logins = 0;
    arrive(visit, at);
  }
  const loggedIn = logIn(visit, at + (isNew ? 2 * minute : 0));
  if (loggedIn !== null) stayIn(visit, loggedIn);
}
