/** Plays the sample's days one after the other and hands the events out in order of log id. */
import { playAdmins } from './admin-actions';
import { comeBack, depart } from './arrivals';
import { startOf, volumeOf } from './calendar';
import type { Calendar } from './calendar';
import { playDaily } from './daily';
import { stayOn } from './lives';
import type { Stay } from './lives';
import { playMachines, tellQuotaStory, tokenShare } from './machines';
import { places } from './places';
import { randomFor } from './random';
import { openRecorder } from './recorder';
import type { SampleEvent } from './recorder';
import { rhythmNames, timeOfDay, weekdayWeight } from './rhythms';
import type { Rhythm } from './rhythms';
import { openRun } from './run';
import type { Run } from './run';
import { planSeldom, playSeldom } from './seldom';
import { tellStories } from './story-scenes';
import { churnDay, churnedOrganizationOf, storyTimesOf } from './story-times';
import type { StoryTimes } from './story-times';
import { day, hour, offsetOn, weekdayOf } from './time';
import { buildUsers } from './users';
import type { SampleUser } from './users';
import { visitAgain, visitFirst } from './visits';
import { buildWorld } from './world';
import type { World } from './world';

export type Peopled = { readonly world: World; readonly users: readonly SampleUser[]; readonly stories: StoryTimes };

/** The world with its users and the dates of its stories, before anything happens. */
export function peopled(calendar: Calendar): Peopled {
  const world = buildWorld(calendar);
  const churned = { organizationId: churnedOrganizationOf(world).id, day: churnDay(calendar) };
  const users = buildUsers(world, { seed: calendar.seed, days: calendar.days, count: calendar.userCount, churned });
  return { world, users, stories: storyTimesOf(calendar, world, users) };
}

/** Measured over several seeds: what a visit brings, what a user brings besides, and what happens without users. */
const eventsPerVisit = 2;
const eventsPerUser = 3.9;
const usualOthers = 3140;
const fewestVisitsPerWeight = 0.0001;

type WeekdaySums = Readonly<Record<Rhythm, readonly number[]>>;

/** Sum of the weekday weights of all relative days before each. */
function weekdaySums(calendar: Calendar): WeekdaySums {
  const sums = (rhythm: Rhythm): readonly number[] => {
    const list = [0];
    for (let d = 0; d <= calendar.days; d += 1) list.push((list[d] ?? 0) + weekdayWeight(rhythm, weekdayOf(calendar.firstDay + d)));
    return list;
  };
  const [office, evening, shift] = rhythmNames;
  return { office: sums(office), evening: sums(evening), shift: sums(shift) };
}

const weightOf = (sums: readonly number[], { from, until }: Stay): number => (sums[Math.max(until, 0)] ?? 0) - (sums[Math.max(from, 0)] ?? 0);

/** Visits per unit of zeal on an ordinary day, so that the total comes to `events`. */
function visitsPerZeal({ calendar, users }: Run): number {
  const sums = weekdaySums(calendar);
  const weight = users.reduce((sum, user) => sum + user.zeal * user.life.reduce((stays, stay) => stays + weightOf(sums[user.rhythm], stay), 0), 0);
  const others = usualOthers * volumeOf(calendar) * (calendar.days / 90);
  const left = calendar.events * (1 - tokenShare) - others - users.length * eventsPerUser;
  return Math.max(left / eventsPerVisit / weight, fewestVisitsPerWeight);
}

/** A relative day on which each user certainly comes: that of arrival, or some day while the user is there. */
function certainDaysOf({ calendar, users }: Run): readonly number[] {
  const random = randomFor(calendar.seed, 'first visits');
  return users.map(({ life: [stay] }) => {
    if (stay === undefined || stay.from >= 0) return stay?.from ?? 0;
    return random.below(Math.max(1, Math.min(stay.until, calendar.days)));
  });
}

type Pace = { readonly certainDays: readonly number[]; readonly visitsPerZeal: number };
/** One day of the sample; `midnights` are the local ones, by the index of the place. */
type Today = { readonly relativeDay: number; readonly weekday: number; readonly midnights: readonly number[] };

function dayOfPlaces({ firstDay }: Calendar, relativeDay: number): Today {
  const localDay = firstDay + relativeDay;
  return { relativeDay, weekday: weekdayOf(localDay), midnights: places.map(place => localDay * day - offsetOn(place.zone, localDay)) };
}

const isKeptOut = ({ stories }: Run, user: SampleUser, at: number): boolean =>
  user === stories.fatigue.victim && at > stories.fatigue.from - 3 * hour && at < stories.fatigue.from + day;

function playUser(run: Run, user: SampleUser, { stay, today, pace }: { readonly stay: Stay; readonly today: Today; readonly pace: Pace }): void {
  const { random } = run;
  const midnight = today.midnights[user.place.index] ?? 0;
  if (pace.certainDays[user.index] === today.relativeDay) {
    visitFirst(run, user, { at: midnight + timeOfDay(random, user.rhythm), isNew: stay.from === today.relativeDay });
  }
  if (stay.from === today.relativeDay && stay !== user.life[0]) {
    const at = midnight + timeOfDay(random, user.rhythm);
    comeBack(run, user, at);
    visitAgain(run, user, at);
  }
  const mean = pace.visitsPerZeal * user.zeal * weekdayWeight(user.rhythm, today.weekday);
  const times = Array.from({ length: random.poisson(mean) }, () => midnight + timeOfDay(random, user.rhythm)).sort((a, b) => a - b);
  for (const at of times) if (!isKeptOut(run, user, at)) visitAgain(run, user, at);
  if (stay.until === today.relativeDay + 1 && stay.until < run.calendar.days) depart(run, user, midnight + day + random.below(8 * hour));
}

function playUsers(run: Run, today: Today, pace: Pace): void {
  for (const user of run.users) {
    const stay = stayOn(user.life, today.relativeDay);
    if (stay !== undefined) playUser(run, user, { stay, today, pace });
  }
}

/** Local days start up to 14 hours before UTC's, and provisioning comes up to an hour before a first visit. */
const earliest = 16 * hour;

/** The events of the sample, ascending, in batches of about a day, so that a long sample need not be held at once. */
export function* playDays(calendar: Calendar): Generator<readonly SampleEvent[], void> {
  const random = randomFor(calendar.seed, `events from ${calendar.firstDay}`);
  const recorder = openRecorder(random, startOf(calendar, 0));
  const run = openRun({ calendar, ...peopled(calendar), random, recorder });
  const pace: Pace = { certainDays: certainDaysOf(run), visitsPerZeal: visitsPerZeal(run) };
  const plan = planSeldom(calendar);
  tellStories(run);
  tellQuotaStory(run);
  for (let today = 0; today <= calendar.days; today += 1) {
    playUsers(run, dayOfPlaces(calendar, today), pace);
    if (today < calendar.days) {
      playMachines(run, today);
      playAdmins(run, today);
      playDaily(run, today);
      playSeldom(run, plan, today);
    }
    yield recorder.takenBefore(Math.min(startOf(calendar, today + 1) - earliest, calendar.now + 1));
  }
  yield recorder.takenBefore(calendar.now + 1);
}
