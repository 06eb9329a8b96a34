/** Each story of the sample can be seen in its events, and looks as its detection expects. */
import { describe, expect, it } from 'vitest';
import { sampleEvents, sampleStories } from '../../../electron/engine/sample';
import { between, now, options, parsed, storyOf, valueOf } from './generated-sample';
import type { ParsedEvent } from './generated-sample';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const ofType = (events: readonly ParsedEvent[], ...types: readonly string[]): readonly ParsedEvent[] => events.filter(event => types.includes(event.type));

describe('the SAML certificate change', () => {
  const story = storyOf('saml-certificate-change');
  const onConnection = (from: number, to: number): readonly ParsedEvent[] => between(from, to).filter(event => event.connection_id === valueOf(story));

  it('starts and ends with an administrator who sets the signing certificate', () => {
    const changes = between(story.from, story.to + minuteMs).filter(event => event.type === 'sapi' && event.details?.request?.path === `/api/v2/connections/${valueOf(story)}`);
    expect(changes.map(change => Date.parse(change.date))).toEqual([story.from, story.to]);
    expect(changes.every(change => change.details?.request?.method === 'patch' && 'signingCert' in (change.details.request.body['options'] as object))).toBe(true);
  });

  it('lets nobody log in for a day, and many try', () => {
    const during = onConnection(story.from, story.to);
    expect(ofType(during, 's')).toHaveLength(0);
    const failures = ofType(during, 'f');
    expect(failures.length).toBeGreaterThan(40);
    expect(failures.every(failure => failure.description?.includes('Signature'))).toBe(true);
    expect(new Set(failures.map(failure => failure.user_id)).size).toBeGreaterThan(15);
  });

  it('is an exception: the days before and after work', () => {
    for (const [from, to] of [[story.from - 7 * dayMs, story.from], [story.to, story.to + 5 * dayMs]] as const) {
      const events = onConnection(from, to);
      expect(ofType(events, 's').length).toBeGreaterThan(10);
      expect(ofType(events, 'f').length).toBeLessThan(ofType(events, 's').length / 4);
    }
  });
});

describe('the password spray', () => {
  const story = storyOf('password-spray');
  const fromAddress = parsed.filter(event => event.ip === valueOf(story));

  it('tries many users a few times each from one address within the hour', () => {
    const tries = ofType(fromAddress, 'fp');
    const perUser = new Map<string, number>();
    for (const { user_id } of tries) perUser.set(user_id!, (perUser.get(user_id!) ?? 0) + 1);
    expect(perUser.size).toBeGreaterThanOrEqual(20);
    expect([...perUser.values()].every(count => count >= 2 && count <= 8)).toBe(true);
    const times = tries.map(event => Date.parse(event.date));
    const span = Math.max(...times) - Math.min(...times);
    expect(span).toBeGreaterThan(5 * minuteMs);
    expect(span).toBeLessThan(60 * minuteMs);
  });

  it('gets in once, afterwards, and stays', () => {
    const [login, ...others] = ofType(fromAddress, 's');
    expect(others).toHaveLength(0);
    const lastTry = Math.max(...ofType(fromAddress, 'fp').map(event => Date.parse(event.date)));
    expect(Date.parse(login!.date)).toBeGreaterThan(lastTry);
    expect(ofType(fromAddress, 'fp').some(event => event.user_id === login!.user_id)).toBe(true);
    const refreshes = ofType(fromAddress, 'sertft');
    expect(refreshes.length).toBeGreaterThanOrEqual(5);
    expect(refreshes.every(event => event.user_id === login!.user_id && event.date > login!.date)).toBe(true);
    expect(fromAddress.every(event => Date.parse(event.date) >= story.from && Date.parse(event.date) < story.to)).toBe(true);
  });
});

describe('the churned organization', () => {
  const story = storyOf('churned-organization');
  const members = parsed.filter(event => event.organization_id === valueOf(story));

  it('was at work before and is silent since, for 35 days at least', () => {
    expect(members.length).toBeGreaterThan(100);
    const last = Math.max(...members.map(event => Date.parse(event.date)));
    expect(last).toBeLessThan(story.from + dayMs);
    expect(last).toBeGreaterThan(story.from - 7 * dayMs);
    expect(now - last).toBeGreaterThan(35 * dayMs);
  });

  it('is the only one', () => {
    const lastSeen = new Map(parsed.flatMap(event => (event.organization_id === undefined ? [] : [[event.organization_id, Date.parse(event.date)] as const])));
    expect([...lastSeen].filter(([, at]) => now - at > 30 * dayMs).map(([organization]) => organization)).toEqual([valueOf(story)]);
  });
});

describe('the MFA fatigue attempt', () => {
  const story = storyOf('mfa-fatigue');
  const ofVictim = (from: number, to: number): readonly ParsedEvent[] => between(from, to).filter(event => event.user_id === valueOf(story));

  it('sends many pushes within ten minutes, of which several are refused', () => {
    const events = ofVictim(story.from, story.to);
    expect(ofType(events, 'gd_send_pn').length).toBeGreaterThanOrEqual(6);
    expect(ofType(events, 'gd_auth_rejected').length).toBeGreaterThanOrEqual(3);
  });

  it('does not succeed that day', () => {
    expect(ofType(ofVictim(story.from, story.from + 20 * 60 * minuteMs), 'gd_auth_succeed', 's', 'seacft', 'ssa', 'sertft')).toHaveLength(0);
  });
});

describe('the quota that runs high', () => {
  const story = storyOf('quota-running-high');
  const billed = (from: number, to: number): number => between(from, to).filter(event => event.type === 'seccft' && !event.audience!.endsWith('/api/v2/')).length;

  it('passes a round limit this month, which last month was not passed', () => {
    expect(story.monthlyLimit).toBe(5000);
    expect(billed(Date.parse('2026-11-01T00:00:00Z'), now)).toBeGreaterThan(5000);
    expect(billed(Date.parse('2026-10-01T00:00:00Z'), Date.parse('2026-11-01T00:00:00Z'))).toBeLessThan(5000);
  });

  it('comes with warnings and bursts of limits of one application', () => {
    const events = between(story.from, story.to).filter(event => event.client_id === valueOf(story));
    const percents = ofType(events, 'token_quota_consumption_warning').map(event => event.details?.['quota_consumption_percentage']);
    expect(new Set(percents)).toEqual(new Set([60, 80, 100]));
    const limits = ofType(events, 'api_limit').map(event => Date.parse(event.date));
    expect(limits.some((at, index) => index >= 4 && at - limits[index - 4]! <= 10 * minuteMs)).toBe(true);
  });

  it('passes the limit within any thirty days that end with the sample, on any day of a month', () => {
    for (const date of ['2026-12-02T20:00:00Z', '2027-03-31T23:00:00Z']) {
      const [limit] = sampleStories({ now: Date.parse(date), events: 12_000 }).flatMap(told => told.monthlyLimit ?? []);
      const tokens = sampleEvents({ now: Date.parse(date), events: 12_000 })
        .filter(event => event.occurredAt > Date.parse(date) - 30 * dayMs && event.json.includes('"type":"seccft"') && !event.json.includes('/api/v2/"'));
      expect(tokens.length).toBeGreaterThan(limit!);
    }
  });
});

describe('the list of stories', () => {
  it('tells all five of the usual sample, and in a short one those that fit', () => {
    expect(sampleStories(options).map(story => story.id)).toEqual(['saml-certificate-change', 'password-spray', 'churned-organization', 'mfa-fatigue', 'quota-running-high']);
    expect(sampleStories({ now, days: 7, events: 3000 }).map(story => story.id)).toEqual(['password-spray', 'mfa-fatigue', 'quota-running-high']);
  });

  it('tells the same for all of a UTC day', () => {
    expect(sampleStories({ now: now + 5 * 60 * minuteMs })).toEqual(sampleStories(options));
  });
});
