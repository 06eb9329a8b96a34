/** What the parts of the generator share while they play the days through, and the scenes they play in. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { Scene } from './api-event';
import type { Calendar } from './calendar';
import { openDeviceShop } from './devices';
import type { Device } from './devices';
import { adminAddress, attackerLocation, places, serverAddress, uncompressed } from './places';
import type { Origin } from './places';
import { randomFor } from './random';
import type { Random } from './random';
import type { Recorder } from './recorder';
import type { StoryTimes } from './story-times';
import { dayOf, offsetOn, weekdayOf } from './time';
import type { SampleUser } from './users';
import type { SampleApplication, World } from './world';

/** What Auth0 remembers of a user from one visit to the next; the only thing that changes while the days are played. */
export type UserState = { logins: number; device: Device; sessionId: string; familyId: string; tokenCounter: number };

export type Admin = { readonly userId: string; readonly userName: string; readonly name: string };

export type Run = {
  readonly calendar: Calendar;
  readonly world: World;
  readonly users: readonly SampleUser[];
  readonly states: readonly UserState[];
  readonly admins: readonly Admin[];
  readonly stories: StoryTimes;
  readonly random: Random;
  readonly recorder: Recorder;
  /** What applications without users, and the administrators, call with. */
  readonly programs: readonly Device[];
  readonly adminDevice: Device;
  readonly attackerDevice: Device;
};

/** A user at a moment, in a scene. */
export type Visit = { readonly run: Run; readonly user: SampleUser; readonly state: UserState; readonly scene: Scene };

type Stage = Omit<Run, 'states' | 'admins' | 'programs' | 'adminDevice' | 'attackerDevice'>;

const adminNames = ['Robin Vale', 'Sam Okoro', 'Alex Lund', 'Kim Sorel'] as const;
const programNames = ['node-fetch/3.3.2', 'python-requests/2.32.5', 'Other 0.0.0 / Other 0.0.0', 'Go-http-client/2.0', 'unknown'] as const;

/** A session and its tokens belong to one device. */
export const freshState = (random: Random, device: Device): UserState => ({
  logins: random.below(160), device, sessionId: random.letters(32), familyId: random.hex(24), tokenCounter: 1,
});

export function openRun(stage: Stage): Run {
  const random = randomFor(stage.calendar.seed, 'run');
  const shop = openDeviceShop(randomFor(stage.calendar.seed, 'devices'));
  return {
    ...stage,
    states: stage.users.map(user => freshState(random, user.device)),
    admins: adminNames.map(name => ({ userId: `google-oauth2|${random.digits(21)}`, userName: `${name.split(' ')[0]?.toLowerCase()}@example.com`, name })),
    programs: programNames.map(shop.program),
    adminDevice: shop.desktop(random),
    attackerDevice: { ...shop.desktop(random), userAgent: 'Chrome 109.0.0 / Windows 7.0.0', security: { ja3: random.hex(32), ja4: `t13d1711h1_${random.hex(12)}_${random.hex(12)}` } },
  };
}

const originOf = (random: Random, ip: string, location: Origin['location']): Origin =>
  ({ ip: ip.includes('::') && random.chance(0.25) ? uncompressed(ip) : ip, location });

const officeDayShare = 0.72;

/** A user at the office on most working days, else at home; on the device of the session. */
export function userScene(run: Run, user: SampleUser, at: EpochMs): Scene {
  const { random } = run;
  const weekday = weekdayOf(dayOf(at + offsetOn(user.place.zone, dayOf(at))));
  const atOffice = user.officeIp !== null && weekday > 0 && weekday < 6 && random.chance(officeDayShare);
  const ip = atOffice && user.officeIp !== null ? user.officeIp : user.homeIp;
  return {
    tenant: run.world.tenant, hostname: run.world.tenant.loginHost, user,
    application: user.application, connection: user.connection, organization: user.organization,
    origin: originOf(random, ip, user.place.location),
    device: run.states[user.index]?.device ?? user.device,
  };
}

/** Somebody else who gives the user's name, from far away. */
export const strangerScene = (run: Run, user: SampleUser, ip: string): Scene => ({
  tenant: run.world.tenant, hostname: run.world.tenant.loginHost, user,
  application: user.application, connection: user.connection, organization: user.organization,
  origin: { ip, location: attackerLocation }, device: run.attackerDevice,
});

/** An application without a user, from one of its servers. */
export function applicationScene(run: Run, application: SampleApplication): Scene {
  const index = run.world.applications.indexOf(application);
  return {
    tenant: run.world.tenant, hostname: run.world.tenant.host, user: null, application, connection: null, organization: null,
    origin: { ip: serverAddress(index), location: places[0]?.location },
    device: run.programs[index % run.programs.length] ?? null,
  };
}

export function adminScene(run: Run, admin: Admin): Scene {
  return {
    tenant: run.world.tenant, hostname: null, user: admin, application: run.world.dashboard, connection: null, organization: null,
    origin: { ip: adminAddress, location: places[0]?.location }, device: run.adminDevice,
  };
}

/** The tenant itself: no user, no address. */
export const tenantScene = (run: Run): Scene => ({
  tenant: run.world.tenant, hostname: null, user: null, application: null, connection: null, organization: null, origin: null, device: null,
});

/** Mostly the text, sometimes null, empty or nothing, as in real logs. */
export function worded(random: Random, text: string): string | null | undefined {
  const kind = random.unit();
  if (kind < 0.9) return text;
  return kind < 0.95 ? undefined : kind < 0.98 ? null : '';
}
