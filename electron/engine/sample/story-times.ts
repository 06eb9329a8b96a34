/** When the stories of the sample happen, and to whom, before any of them is told. */
import type { EpochMs } from '../../../shared/domain/ids';
import { startOf, weekdayBefore } from './calendar';
import type { Calendar } from './calendar';
import { day, hour, minute } from './time';
import type { SampleUser } from './users';
import type { SampleConnection, SampleOrganization, World } from './world';

export type Period = { readonly from: EpochMs; readonly to: EpochMs };

export type StoryTimes = {
  /** The connection that the largest customer logs in with. */
  readonly certificate: Period & { readonly connection: SampleConnection };
  readonly spray: Period;
  readonly fatigue: Period & { readonly victim: SampleUser | null };
  readonly churn: Period & { readonly organization: SampleOrganization };
};

const tuesday = 2;
/** Relative to the last day; see the table in stories.ts. */
export const offsets = { certificateAtLeast: 7, spray: 6, fatigue: 3, churn: 38 } as const;
const churnedOrganization = 12;

/** Relative day from which on nobody of the churned organization is seen. */
export const churnDay = (calendar: Calendar): number => calendar.days - 1 - offsets.churn;

export function churnedOrganizationOf(world: World): SampleOrganization {
  const organization = world.organizations[churnedOrganization] ?? world.organizations[0];
  if (organization === undefined) throw new RangeError('The sample world has no organizations.');
  return organization;
}

/** Whose members log in by SAML and are many: the first organization that does. */
export function certificateConnectionOf(world: World): SampleConnection {
  return world.organizations.find(organization => organization.connection.strategy === 'samlp')?.connection ?? world.shared.database;
}

const fromHour = (calendar: Calendar, relativeDay: number, hours: number): EpochMs => startOf(calendar, relativeDay) + hours * hour;

function victimOf(users: readonly SampleUser[], calendar: Calendar): SampleUser | null {
  const known = users.filter(user => user.secondFactor === 'push' && user.organization !== null && (user.life[0]?.from ?? 0) < 0);
  return known.find(user => (user.life[0]?.until ?? 0) > calendar.days) ?? known[0] ?? null;
}

export function storyTimesOf(calendar: Calendar, world: World, users: readonly SampleUser[]): StoryTimes {
  const last = calendar.days - 1;
  const broken = fromHour(calendar, weekdayBefore(calendar, tuesday, offsets.certificateAtLeast), 8) + 40 * minute;
  const sprayed = fromHour(calendar, last - offsets.spray, 2) + 12 * minute;
  const pushed = fromHour(calendar, last - offsets.fatigue, 3) + 25 * minute;
  return {
    certificate: { from: broken, to: broken + day, connection: certificateConnectionOf(world) },
    spray: { from: sprayed, to: sprayed + 4 * hour },
    fatigue: { from: pushed, to: pushed + 10 * minute, victim: victimOf(users, calendar) },
    churn: { from: startOf(calendar, churnDay(calendar)), to: startOf(calendar, calendar.days), organization: churnedOrganizationOf(world) },
  };
}
