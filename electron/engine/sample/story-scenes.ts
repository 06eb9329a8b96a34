/** Plays the stories: the certificate change, the password spray, the tired second factor, and names typed with bad intent. */
import { addAdminCall } from './admin-actions';
import type { AdminCall } from './admin-actions';
import { startOf } from './calendar';
import { addFactorEvent } from './factors';
import { isPresent } from './lives';
import { thumbprintOf } from './login-details';
import { failPassword } from './login-steps';
import { fatigueAddress, sprayAddress, strangerAddress } from './places';
import { freshState, strangerScene, userScene } from './run';
import type { Run, Visit } from './run';
import { timeOfDay } from './rhythms';
import { day, dayOf, hour, minute, offsetOn, second } from './time';
import { failBySignature, succeed } from './visits';
import type { SampleUser } from './users';
import type { SampleConnection } from './world';

const relativeDayOf = (run: Run, at: number): number => dayOf(at) - run.calendar.firstDay;

/** No certificate: a text in the place of one, as nobody should find a real one here. */
function replaceCertificate(connection: SampleConnection, version: 'first' | 'second'): AdminCall {
  const certificate = { signingCert: `EXAMPLE CERTIFICATE OF ${connection.displayName.toUpperCase()}, ${version.toUpperCase()}`, thumbprints: [thumbprintOf(`${connection.id}-${version}`)] };
  const options = { ...certificate, signInEndpoint: `https://sso.${connection.displayName.split(' ')[0]?.toLowerCase()}.example.com/saml`, signatureAlgorithm: 'rsa-sha256' };
  return {
    method: 'patch', path: `connections/${connection.id}`, description: 'Update a connection', body: { options },
    answer: { id: connection.id, name: connection.name, strategy: connection.strategy, options },
  };
}

const lockedOutTries = 40;

/** Members come at their usual hours, whatever else they do that day. */
function lockOut(run: Run): void {
  const { from, connection } = run.stories.certificate;
  const members = run.users.filter(user => user.connection === connection && isPresent(user.life, relativeDayOf(run, from)));
  if (members.length === 0) return;
  for (let left = lockedOutTries; left > 0; left -= 1) {
    const user = run.random.pick(members);
    const wished = startOf(run.calendar, relativeDayOf(run, from)) + timeOfDay(run.random, user.rhythm) - offsetOn(user.place.zone, dayOf(from));
    const at = from + ((wished - from + 2 * day) % day);
    const state = run.states[user.index];
    if (state !== undefined) failBySignature({ run, user, state, scene: userScene(run, user, at) }, Math.min(at, from + day - 10 * minute));
  }
}

function tellCertificate(run: Run): void {
  const { certificate } = run.stories;
  const [admin] = run.admins;
  if (admin === undefined) return;
  addAdminCall(run, admin, { at: certificate.from, call: replaceCertificate(certificate.connection, 'first') });
  lockOut(run);
  addAdminCall(run, admin, { at: certificate.to, call: replaceCertificate(certificate.connection, 'second') });
}

const sprayedUsers = 24;
const sprayMs = 40 * minute;

function sprayTargets(run: Run): readonly SampleUser[] {
  const today = relativeDayOf(run, run.stories.spray.from);
  return run.users
    .filter(user => user.connection === run.world.shared.database && user.secondFactor === 'none' && isPresent(user.life, today) && (user.life[0]?.from ?? 0) < 0)
    .slice(0, sprayedUsers);
}

/** With a session of its own: what the stranger does leaves no trace in the user's. */
const visitBy = (run: Run, user: SampleUser, ip: string): Visit =>
  ({ run, user, state: freshState(run.random, run.attackerDevice), scene: strangerScene(run, user, ip) });

/** Three to five passwords for every target, four targets at a time; then the last target's is right. */
function tellSpray(run: Run): void {
  const { from } = run.stories.spray;
  const targets = sprayTargets(run).map(user => visitBy(run, user, sprayAddress));
  const groups = Array.from({ length: Math.ceil(targets.length / 4) }, (_, group) => targets.slice(group * 4, group * 4 + 4));
  const tries = groups.flatMap(group => [1, 2, 3, 4, 5].flatMap(round => group.filter((_, index) => round <= 3 + (index % 3))));
  tries.forEach((visit, index) => { failPassword(visit, Math.floor(from + (sprayMs * index) / tries.length)); });
  const victim = targets.at(-1);
  if (victim === undefined) return;
  succeed(victim, from + sprayMs + 2 * minute);
  for (let turn = 1; turn <= 6; turn += 1) succeedAgain(victim, from + sprayMs + turn * 30 * minute);
}

function succeedAgain(visit: Visit, at: number): void {
  visit.state.tokenCounter += 1;
  visit.run.recorder.add(visit.scene, {
    type: 'sertft', at, description: 'Refresh Token for Access Token', details: { familyId: visit.state.familyId, tokenCounter: visit.state.tokenCounter },
    audience: visit.user.application.audience, scope: 'openid profile email offline_access',
  });
}

const pushes = 8;
const refusals = 5;

/** Somebody has the password and hopes that the owner of the phone gets tired. */
function tellFatigue(run: Run): void {
  const { from, victim } = run.stories.fatigue;
  if (victim === null) return;
  const visit = visitBy(run, victim, fatigueAddress);
  for (let push = 0; push < pushes; push += 1) {
    const at = from + push * 70 * second;
    addFactorEvent(visit, 'gd_send_pn', at);
    if (push < refusals) addFactorEvent(visit, 'gd_auth_rejected', at + run.random.between(8, 30) * second);
  }
}

/** User names that would hurt a careless spreadsheet, page or terminal; all fail as unknown users. */
const hostileNames = [
  '=HYPERLINK("https://example.com","open")', '<img src=x onerror=alert(1)>@example.org', "robert'); DROP TABLE log_event;--", '\u202Emoc.elpmaxe@nimda', '@SUM(1+1)*cmd',
] as const;

function typeHostileNames(run: Run): void {
  hostileNames.forEach((userName, index) => {
    const user = run.users[index * 5];
    if (user === undefined) return;
    const scene = { ...strangerScene(run, user, strangerAddress(run.random)), user: { userId: '', userName }, organization: null, connection: run.world.shared.database };
    const at = startOf(run.calendar, run.calendar.days - 3 - index * 6) + (4 + index) * hour;
    run.recorder.add(scene, { type: 'fu', at, description: 'Wrong email or password.', details: { error: { message: 'Wrong email or password.' } } });
  });
}

/** All stories that are events of their own; the churned organization is told by silence, the quota in machines.ts. */
export function tellStories(run: Run): void {
  tellCertificate(run);
  tellSpray(run);
  tellFatigue(run);
  typeHostileNames(run);
}
