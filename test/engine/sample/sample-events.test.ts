/** The sample's events as a whole: shape, order, volume, rhythm, and nothing that belongs to anybody real. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleEventBatches, sampleEvents } from '../../../electron/engine/sample';
import type { SampleEvent } from '../../../electron/engine/sample';
import { eventCategories, eventTypeCodes, eventTypeOf } from '../../../shared/domain/event-types';
import { compareLogIds, ingestedAt } from '../../../shared/domain/ids';
import { createNormalizer } from '../../../electron/engine/sync/normalize-log-event';
import { eachText, events, now, options, parsed } from './generated-sample';

const dayMs = 86_400_000;
const count = <T>(items: readonly T[], test: (item: T) => boolean): number => items.filter(test).length;
/** All that an event tells, as one text. */
const told = (list: readonly SampleEvent[]): readonly string[] => list.map(event => `${event.logId} ${String(event.occurredAt)} ${event.json}`);
const distinct = <T>(items: readonly T[]): number => new Set(items).size;

describe('the same sample every time', () => {
  it('is the same for the same options', () => {
    expect(told(sampleEvents(options))).toEqual(told(events));
  });

  it('differs by seed', () => {
    const small = { now, events: 3000, days: 20 };
    expect(sampleEvents({ ...small, seed: 2 }).map(event => event.json)).not.toEqual(sampleEvents({ ...small, seed: 3 }).map(event => event.json));
  });

  it('only appends while the UTC day lasts', () => {
    const dayStart = Math.floor(now / dayMs) * dayMs;
    const instant = fc.integer({ min: 0, max: dayMs - 1 });
    fc.assert(fc.property(fc.integer({ min: 1, max: 1e6 }), instant, instant, (seed, one, other) => {
      const [early, late] = [Math.min(one, other), Math.max(one, other)];
      const shape = { seed, events: 1500, days: 12 };
      const before = sampleEvents({ ...shape, now: dayStart + early });
      const after = sampleEvents({ ...shape, now: dayStart + late });
      expect(told(after.slice(0, before.length))).toEqual(told(before));
      expect(after.slice(before.length).every(event => (ingestedAt(event.logId) ?? 0) > dayStart + early)).toBe(true);
    }), { seed: 20261121, numRuns: 12 });
  });

  it('appends the events of the usual sample too', () => {
    const later = sampleEvents({ now: now + 3 * 3_600_000 });
    expect(later.length).toBeGreaterThan(events.length);
    expect(told(later.slice(0, events.length))).toEqual(told(events));
  });

  it('is indexed as it would be had its JSON been read', () => {
    const normalize = createNormalizer();
    const encoder = new TextEncoder();
    const others = sampleEvents({ now: now - 40 * dayMs, seed: 5, events: 5000, days: 20, domain: 'acme.us.auth0.com' });
    for (const event of [...events, ...others]) {
      const read = normalize(encoder.encode(event.json), null);
      // One comparison of texts costs a tenth of one of objects.
      if (JSON.stringify(read) !== JSON.stringify({ kind: 'log-event', value: event.logEvent })) expect({ kind: 'log-event', value: event.logEvent }).toEqual(read);
    }
  });

  it('comes in batches that make the same whole', () => {
    expect(told([...sampleEventBatches({ now, events: 3000, days: 20 })].flat())).toEqual(told(sampleEvents({ now, events: 3000, days: 20 })));
  });
});

describe('log ids', () => {
  it('are unique, ascending, and 56 digits', () => {
    expect(events.every(event => /^900\d{17}\d{3}000000000000001223372\d{12}$/.test(event.logId) && event.logId.length === 56)).toBe(true);
    expect(events.every((event, index) => index === 0 || compareLogIds(events[index - 1]!.logId, event.logId) < 0)).toBe(true);
  });

  it('are in the event, with the copies that the API sends', () => {
    expect(parsed.every((event, index) => event.log_id === events[index]!.logId && event['_id'] === event.log_id && event['id'] === event.log_id)).toBe(true);
  });

  it('hold the time of taking in, 0.4 to 5.3 seconds after the event and never after now', () => {
    const lags = events.map(event => ingestedAt(event.logId)! - event.occurredAt);
    expect(Math.min(...lags)).toBeGreaterThanOrEqual(400);
    expect(Math.max(...lags)).toBeLessThanOrEqual(5300);
    expect(ingestedAt(events.at(-1)!.logId)).toBeLessThanOrEqual(now);
    expect(ingestedAt(events[0]!.logId)).toBeGreaterThanOrEqual(Math.floor(now / dayMs) * dayMs - 89 * dayMs);
  });

  it('put some events before earlier ones, such as a token before its login', () => {
    const inversions = parsed.flatMap((event, index) => (index > 0 && event.date < parsed[index - 1]!.date ? [[parsed[index - 1]!, event] as const] : []));
    expect(inversions.length / events.length).toBeGreaterThan(0.02);
    expect(inversions.length / events.length).toBeLessThan(0.15);
    expect(inversions.some(([first, then]) => first.type === 'seacft' && then.type === 's' && first.user_id === then.user_id)).toBe(true);
  });
});

describe('volume', () => {
  it('is about what was asked for', () => {
    expect(Math.abs(events.length / 60_000 - 1)).toBeLessThan(0.05);
    const twice = [...sampleEventBatches({ now, events: 120_000 })].reduce((sum, batch) => sum + batch.length, 0);
    expect(Math.abs(twice / 120_000 - 1)).toBeLessThan(0.05);
    expect(Math.abs(sampleEvents({ now, events: 20_000, days: 30 }).length / 20_000 - 1)).toBeLessThan(0.05);
  });

  it('has events of a usual size', () => {
    const mean = events.reduce((sum, event) => sum + event.json.length, 0) / events.length;
    expect(mean).toBeGreaterThan(1000);
    expect(mean).toBeLessThan(1600);
  });

  it('has 4,000 users, 40 organizations and 8 SAML connections at work', () => {
    expect(distinct(parsed.flatMap(event => event.user_id || []))).toBeGreaterThan(3900);
    expect(distinct(parsed.flatMap(event => event.organization_id ?? []))).toBe(40);
    const loggedIn = parsed.filter(event => event.type === 's');
    expect(distinct(loggedIn.flatMap(event => (event.strategy === 'samlp' ? event.connection_id : [])))).toBe(8);
    expect(new Set(loggedIn.map(event => event.strategy))).toEqual(new Set(['auth0', 'samlp', 'waad', 'okta', 'oidc', 'google-oauth2', 'email', 'sms']));
  });

  it('knows every type it uses, and shows every category', () => {
    const types = [...new Set(parsed.map(event => event.type))];
    expect(types.filter(type => !eventTypeCodes.includes(type))).toEqual([]);
    expect(types.length).toBeGreaterThan(100);
    const shown = new Set(types.map(type => eventTypeOf(type).category));
    expect(eventCategories.filter(category => category !== 'unknown' && !shown.has(category))).toEqual([]);
  });

  it('is mostly the work of members of organizations', () => {
    const byUsers = parsed.filter(event => event.user_id);
    expect(count(byUsers, event => event.organization_id !== undefined) / byUsers.length).toBeGreaterThan(0.7);
  });
});

describe('rhythm and lives', () => {
  const logins = parsed.filter(event => event.type === 's');

  it('is busier on weekdays than at weekends', () => {
    const onWeekday = (event: { readonly date: string }): boolean => ![0, 6].includes(new Date(event.date).getUTCDay());
    const perWeekday = count(logins, onWeekday) / 5;
    const perWeekendDay = count(logins, event => !onWeekday(event)) / 2;
    expect(perWeekday).toBeGreaterThan(2 * perWeekendDay);
  });

  it('follows daylight in every time zone', () => {
    const zones = new Set(logins.flatMap(event => event.location_info?.time_zone ?? []));
    expect(zones.size).toBeGreaterThan(8);
    for (const timeZone of zones) {
      const hours = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
      const there = logins.filter(event => event.location_info?.time_zone === timeZone && event.organization_id !== undefined);
      const byDay = count(there, event => { const hour = Number(hours.format(new Date(event.date))); return hour >= 6 && hour < 19; });
      if (there.length > 150) expect(byDay / there.length, timeZone).toBeGreaterThan(0.65);
    }
  });

  it('has users who arrive, leave, and return', () => {
    const seen = new Map<string, number[]>();
    for (const event of parsed) if (event.user_id) seen.set(event.user_id, [...(seen.get(event.user_id) ?? []), Date.parse(event.date)]);
    const lives = [...seen.values()].map(times => times.sort((a, b) => a - b));
    const start = now - 90 * dayMs;
    expect(count(lives, times => times[0]! > start + 45 * dayMs)).toBeGreaterThan(600);
    expect(count(lives, times => times.at(-1)! < now - 40 * dayMs)).toBeGreaterThan(400);
    expect(count(lives, times => times.length > 12 && times.some((at, index) => index > 3 && at - times[index - 1]! > 14 * dayMs))).toBeGreaterThan(100);
    expect(count(parsed, event => event.type === 'ss')).toBeGreaterThan(150);
  });
});

describe('what is in the events', () => {
  it('has the shapes that readers stumble over', () => {
    expect(parsed.some(event => !('description' in event)) && parsed.some(event => event.description === null) && parsed.some(event => event.description === '')).toBe(true);
    expect(parsed.some(event => typeof event['scope'] === 'string') && parsed.some(event => Array.isArray(event['scope']))).toBe(true);
    expect(parsed.some(event => event.details?.['riskAssessment'] === null) && parsed.some(event => typeof event.details?.['riskAssessment'] === 'object')).toBe(true);
    expect(parsed.some(event => typeof event.details?.error === 'string') && parsed.some(event => typeof event.details?.error === 'object')).toBe(true);
    const agents = parsed.map(event => String(event['user_agent'] ?? ''));
    expect(agents.some(agent => agent.startsWith('Mozilla/5.0')) && agents.some(agent => /^Chrome [\d.]+ \/ Windows/.test(agent))).toBe(true);
    expect(parsed.some(event => event.ip?.includes('::')) && parsed.some(event => /^2001:0db8(:[0-9a-f]{4}){6}$/.test(event.ip ?? ''))).toBe(true);
    expect(parsed.some(event => event.user_name?.startsWith('='))).toBe(true);
  });

  it('names only documentation addresses', () => {
    const reserved = /^(203\.0\.113|198\.51\.100|192\.0\.2)\.\d{1,3}$|^2001:0?db8:/;
    const strange = new Set<string>();
    for (const event of parsed) {
      eachText(event, (text, key) => {
        if (key === 'user_agent' || key === 'userAgent') return;
        for (const [address] of text.matchAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|(?<![0-9a-f:])[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){4,7}(?![0-9a-f:])/g)) {
          if (!reserved.test(address)) strange.add(address);
        }
      });
    }
    expect([...strange]).toEqual([]);
  });

  it('names only example domains, the tenant and Auth0\'s dashboard', () => {
    const known = /^(?:[a-z0-9-]+\.)*example\.(?:com|org|net)$|^(?:sample\.eu|manage)\.auth0\.com$/;
    const strange = new Set<string>();
    for (const event of parsed) {
      eachText(event, text => {
        for (const match of text.matchAll(/(?:https?:\/\/|@)([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi)) if (!known.test(match[1]!)) strange.add(match[1]!);
      });
    }
    expect([...strange]).toEqual([]);
  });

  it('takes the tenant\'s name and host from the domain', () => {
    const [event] = sampleEvents({ now, events: 2000, days: 5, domain: 'acme.us.auth0.com' }).map(({ json }) => JSON.parse(json) as Record<string, unknown>).filter(({ type }) => type === 'seccft');
    expect(event).toMatchObject({ tenant_name: 'acme', hostname: 'acme.us.auth0.com' });
  });
});
