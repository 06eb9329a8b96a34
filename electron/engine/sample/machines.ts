/** Applications without users: the tokens they fetch, and the limits they run into. */
import type { EpochMs } from '../../../shared/domain/ids';
import { startOf, volumeOf } from './calendar';
import type { Calendar } from './calendar';
import { applicationScene } from './run';
import type { Run } from './run';
import { day, hour, minute, weekdayOf } from './time';
import type { SampleApplication } from './world';

/** Share of all events. */
export const tokenShare = 0.18;
const growth = 12;
const weekendFactor = 0.75;
/** How the tokens divide among the applications, in the order of the world's list. */
const applicationShares: Readonly<Record<string, number>> = { 'Data Lake Loader': 0.55, 'Billing Sync': 0.2, 'Inventory Export': 0.17, 'Status Monitor': 0.08 };
/** Tokens for Auth0's own API, which nobody is billed for. */
const managementTokensPerDay = 3;

/** The part of the period's tokens that a relative day holds: few at first, thirteen times as many at the end. */
function dayWeight(calendar: Calendar, relativeDay: number): number {
  const weekday = weekdayOf(calendar.firstDay + relativeDay);
  const progress = relativeDay / Math.max(calendar.days - 1, 1);
  return (1 + growth * progress * progress) * (weekday === 0 || weekday === 6 ? weekendFactor : 1);
}

const sumOfWeights = (calendar: Calendar, from: number): number =>
  Array.from({ length: calendar.days }, (_, relativeDay) => (relativeDay >= from ? dayWeight(calendar, relativeDay) : 0)).reduce((a, b) => a + b, 0);

/** How many billed tokens are expected on each relative day. */
export function tokensByDay(calendar: Calendar): readonly number[] {
  const perWeight = (calendar.events * tokenShare) / sumOfWeights(calendar, 0);
  return Array.from({ length: calendar.days }, (_, relativeDay) => dayWeight(calendar, relativeDay) * perWeight);
}

const roundedDown = (count: number): number => {
  const unit = 10 ** Math.floor(Math.log10(Math.max(count, 1)));
  return Math.floor(count / unit) * unit;
};

/** A round number of tokens a month that the last 30 days pass by about a third: 5,000 of the usual sample. */
export function monthlyTokenLimit(calendar: Calendar): number {
  const lastMonth = tokensByDay(calendar).slice(-30).reduce((a, b) => a + b, 0);
  return roundedDown(lastMonth * 0.8);
}

export const loaderOf = (applications: readonly SampleApplication[]): SampleApplication | undefined =>
  applications.find(application => application.name === 'Data Lake Loader');

function fetchToken(run: Run, application: SampleApplication, at: EpochMs): void {
  const { random, recorder } = run;
  const scope = application.audience.endsWith('/api/v2/') ? 'read:clients read:users read:logs' : 'read:records write:records';
  recorder.add(applicationScene(run, application), {
    type: 'seccft', at, description: random.chance(0.96) ? 'Client Credentials for Access Token' : undefined,
    details: { access_token_jti: random.letters(22), actions: { executions: random.chance(0.5) ? [random.letters(44)] : [] } },
    audience: application.audience, scope: random.chance(0.8) ? scope : scope.split(' '),
  });
}

/** All tokens of a relative day; jobs run at any hour. */
export function playMachines(run: Run, relativeDay: number): void {
  const { random, calendar, world } = run;
  const midnight = startOf(calendar, relativeDay);
  const expected = tokensByDay(calendar)[relativeDay] ?? 0;
  for (const application of world.applications) {
    const share = applicationShares[application.name];
    const isManagement = application.audience.endsWith('/api/v2/');
    const mean = share === undefined ? (isManagement ? managementTokensPerDay * volumeOf(calendar) : 0) : expected * share;
    for (let left = random.poisson(mean); left > 0; left -= 1) fetchToken(run, application, midnight + random.below(day));
  }
}

const warningPercents = [60, 80, 100] as const;
const lastDaysOverQuota = 8;
const lastDaysOverLimit = [1, 4, 9] as const;

/** Early Access quota of one application: a warning as each part of the day's quota is used up, then refusals. */
function warnOfQuota(run: Run, loader: SampleApplication, midnight: EpochMs): void {
  const { random, recorder, calendar } = run;
  const quota = roundedDown((monthlyTokenLimit(calendar) / 30) * 0.55);
  const scene = { ...applicationScene(run, loader), origin: null, device: null };
  warningPercents.forEach((percent, index) => {
    recorder.add(scene, {
      type: 'token_quota_consumption_warning', at: midnight + (7 + index * 5) * hour + random.below(2 * hour),
      description: `The token quota of ${loader.name} is used to ${percent} percent`,
      details: {
        bucket: 'per_day', entity_type: 'client', entity_id: loader.clientId, quota,
        quota_consumption_percentage: percent, quota_consumption: Math.ceil((quota * percent) / 100),
      },
    });
  });
  recorder.add(applicationScene(run, loader), {
    type: 'feccft', at: midnight + 20 * hour + random.below(3 * hour), description: 'Client quota exceeded', details: {}, audience: loader.audience,
  });
}

/** Six exhausted buckets within ten minutes, each after its warning. */
function exhaustLimit(run: Run, loader: SampleApplication, midnight: EpochMs): void {
  const from = midnight + 9 * hour + run.random.below(2 * hour);
  const scene = applicationScene(run, loader);
  const request = { method: 'POST', path: '/oauth/token' };
  for (let burst = 0; burst < 6; burst += 1) {
    const at = from + Math.floor(burst * 1.5 * minute);
    run.recorder.add(scene, {
      type: 'api_limit_warning', at, description: 'You are close to the rate limit of the Authentication API',
      details: { limit: { bucket: 'oauth_token', global: false, size: 100, usage: 80 }, request },
    });
    run.recorder.add(scene, {
      type: 'api_limit', at: at + 20_000, description: 'You passed the rate limit of the Authentication API',
      details: { limit: { bucket: 'oauth_token', global: false, size: 100 }, request, response: '429' },
    });
  }
}

/** The story of the quota that runs high, beside the tokens themselves. */
export function tellQuotaStory(run: Run): void {
  const { calendar } = run;
  const loader = loaderOf(run.world.applications);
  if (loader === undefined) return;
  for (let back = 0; back < lastDaysOverQuota; back += 1) warnOfQuota(run, loader, startOf(calendar, calendar.days - 1 - back));
  for (const back of lastDaysOverLimit) exhaustLimit(run, loader, startOf(calendar, calendar.days - 1 - back));
}
