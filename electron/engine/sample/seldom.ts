/** The event types that are seen now and then: each with how often, in which scene, and its details. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { Scene } from './api-event';
import { startOf, volumeOf } from './calendar';
import type { Calendar } from './calendar';
import type { Details } from './login-details';
import { isPresent } from './lives';
import { strangerAddress } from './places';
import { randomFor } from './random';
import { applicationScene, strangerScene, tenantScene, userScene } from './run';
import type { Run } from './run';
import { machineRows } from './seldom-machines';
import { tenantRows } from './seldom-tenant';
import { strangerRows, userRows } from './seldom-users';
import { day, hour } from './time';
import type { SampleUser } from './users';

/** Who a seldom event is about, for its details. */
export type Subject = { readonly run: Run; readonly scene: Scene; readonly user: SampleUser | null; readonly at: EpochMs };
/** `per90`: times in 90 days of the usual sample. A description is left out where it is undefined. */
export type SeldomRow = readonly [per90: number, type: string, description: string | undefined, details: (subject: Subject) => Details | undefined];

type Setting = 'user' | 'stranger' | 'application' | 'tenant';
type Planned = { readonly setting: Setting; readonly row: SeldomRow };
/** Relative day to what happens on it. */
export type SeldomPlan = ReadonlyMap<number, readonly Planned[]>;

const settings: Readonly<Record<Setting, readonly SeldomRow[]>> = { user: userRows, stranger: strangerRows, application: machineRows, tenant: tenantRows };

/** Spread evenly, with jitter; never less than once, however short or quiet the sample is. */
export function planSeldom(calendar: Calendar): SeldomPlan {
  const { days, seed } = calendar;
  const random = randomFor(seed, 'seldom');
  const plan = new Map<number, Planned[]>();
  const volume = (days / 90) * volumeOf(calendar);
  for (const setting of ['user', 'stranger', 'application', 'tenant'] as const) {
    for (const row of settings[setting]) {
      const count = Math.max(1, Math.round(row[0] * volume));
      for (let index = 0; index < count; index += 1) {
        const relativeDay = Math.floor(((index + random.unit()) / count) * (days - 1));
        plan.set(relativeDay, [...(plan.get(relativeDay) ?? []), { setting, row }]);
      }
    }
  }
  return plan;
}

/** Somebody who is there on that day and belongs to the organization's daily life. */
function presentUser({ random, users }: Run, relativeDay: number): SampleUser | null {
  for (let tries = 0; tries < 200; tries += 1) {
    const user = random.pick(users);
    if (isPresent(user.life, relativeDay)) return user;
  }
  return null;
}

function subjectOf(run: Run, setting: Setting, { at, relativeDay }: { readonly at: EpochMs; readonly relativeDay: number }): Subject {
  if (setting === 'tenant') return { run, at, user: null, scene: tenantScene(run) };
  if (setting === 'application') {
    const machines = run.world.applications.filter(application => application.kind === 'non_interactive');
    return { run, at, user: null, scene: applicationScene(run, run.random.pick(machines)) };
  }
  const user = presentUser(run, relativeDay);
  if (user === null) return { run, at, user, scene: tenantScene(run) };
  return { run, at, user, scene: setting === 'user' ? userScene(run, user, at) : strangerScene(run, user, strangerAddress(run.random)) };
}

export function playSeldom(run: Run, plan: SeldomPlan, relativeDay: number): void {
  for (const { setting, row: [, type, description, details] } of plan.get(relativeDay) ?? []) {
    const at = startOf(run.calendar, relativeDay) + 6 * hour + run.random.below(day / 2);
    const subject = subjectOf(run, setting, { at, relativeDay });
    run.recorder.add(subject.scene, { type, at, description, details: details(subject) });
  }
}
