/** The stories told in the sample, so that a test, a detection or a guide can point at them. */
import type { EpochMs } from '../../../shared/domain/ids';
import { calendarOf, startOf } from './calendar';
import type { Calendar, SampleOptions } from './calendar';
import { loaderOf, monthlyTokenLimit } from './machines';
import { sprayAddress } from './places';
import { peopled } from './play';
import { day } from './time';

export type SampleStoryId = 'saml-certificate-change' | 'password-spray' | 'churned-organization' | 'mfa-fatigue' | 'quota-running-high';

/** `subject` is `kind:value`, with Auth0's id where the kind has one. */
export type SampleStory = {
  readonly id: SampleStoryId;
  readonly title: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly subject: string;
  /** Detections that should find it. */
  readonly detections: readonly string[];
  /** Billed tokens a month, where the story is about a limit. */
  readonly monthlyLimit?: number;
};

/**
 * Days are counted back from the UTC day of `now`; a story before the sample's first day is not told.
 *
 * | story | when | what is seen |
 * |---|---|---|
 * | SAML certificate change | the Tuesday 7 to 13 days before, 08:40 UTC, for 24 hours | an administrator replaces the signing certificate of the largest SAML customer (`sapi`); every login fails (`f`, signature) until a second `sapi` |
 * | password spray | 6 days before, 02:12 UTC, for 42 minutes, then activity until 06:12 | one address, 24 users, 3 to 5 wrong passwords each (`fp`); one login succeeds and fetches tokens |
 * | churned organization | from 38 days before, for good | the members stop within a week, the last of them on day 39; nothing afterwards |
 * | MFA fatigue | 3 days before, 03:25 UTC, for 10 minutes | eight pushes to one user, five refused, no success that day |
 * | quota running high | the last 30 days | `seccft` grow to thirteen times of the start and pass a round limit a month; quota warnings on the last 8 days, `api_limit` bursts 9, 4 and 1 days before |
 */
export function sampleStories(options: SampleOptions): readonly SampleStory[] {
  const calendar = calendarOf(options);
  const { world, stories } = peopled(calendar);
  const { certificate, spray, fatigue, churn } = stories;
  const told: readonly SampleStory[] = [
    {
      id: 'saml-certificate-change', title: 'A changed SAML certificate locks one customer out for a day', from: certificate.from, to: certificate.to,
      subject: `connection:${certificate.connection.id}`, detections: ['f05-connection-outage', 'e07-connection-tampered'],
    },
    {
      id: 'password-spray', title: 'One address tries many users and gets in once', from: spray.from, to: spray.to,
      subject: `ip:${sprayAddress}`, detections: ['a02-password-spray', 'a08-success-after-attack'],
    },
    { id: 'churned-organization', title: 'A customer goes silent', from: churn.from, to: churn.to, subject: `organization:${churn.organization.id}`, detections: [] },
    {
      id: 'mfa-fatigue', title: 'Somebody is sent pushes until they give in, and does not', from: fatigue.from, to: fatigue.to,
      subject: `user:${fatigue.victim?.userId ?? ''}`, detections: ['c01-mfa-push-fatigue'],
    },
    quotaStory(calendar, loaderOf(world.applications)?.clientId ?? ''),
  ];
  return told.filter(story => story.from >= startOf(calendar, 0));
}

function quotaStory(calendar: Calendar, clientId: string): SampleStory {
  const monthlyLimit = monthlyTokenLimit(calendar);
  const to = startOf(calendar, calendar.days);
  return {
    id: 'quota-running-high', title: `Machine tokens pass ${monthlyLimit} a month`, from: Math.max(to - 30 * day, startOf(calendar, 0)), to,
    subject: `application:${clientId}`, detections: ['f06-quota-exhaustion'], monthlyLimit,
  };
}
