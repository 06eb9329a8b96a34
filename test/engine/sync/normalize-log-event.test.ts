import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNormalizer } from '../../../electron/engine/sync/normalize-log-event';
import { jsonObject, jsonValue, runs, seeds, utf8, writtenBytes } from '../json/written-json';

const logId = '90020261120101112123456000000000000001223372036854775808';
const bare = { log_id: logId, date: '2026-11-20T10:11:12.123Z', type: 's' };
const at = Date.UTC(2026, 10, 20, 10, 11, 12, 123);
const normalize = createNormalizer();

const ofText = (json: string, envelopeLogId: string | null = null) => normalize(utf8(json), envelopeLogId);
const of = (fields: object, envelopeLogId: string | null = null) => ofText(JSON.stringify({ ...bare, ...fields }), envelopeLogId);
/** The event with these fields, as the index knows it. */
const indexed = (fields: object) => {
  const result = of(fields);
  return result.kind === 'log-event' ? result.value : result.reason;
};
const reason = (fields: object, envelopeLogId: string | null = null) => {
  const result = of(fields, envelopeLogId);
  return result.kind === 'rejected' ? result.reason : result.value.logId;
};
const dated = (date: unknown) => {
  const result = of({ date });
  return result.kind === 'log-event' ? result.value.occurredAt : null;
};

describe('indexing a log event', () => {
  it('reads every field that views look into', () => {
    expect(indexed({
      user_id: 'auth0|1', user_name: 'user@example.com', connection: 'Acme SAML', connection_id: 'con_1', strategy: 'samlp',
      organization_id: 'org_1', organization_name: 'acme', client_id: 'c1', client_name: 'Portal', ip: '2001:db8::1',
      user_agent: 'Chrome 114.0.0 / Windows 10.0.0', hostname: 'acme.eu.auth0.com', description: 'ok', isMobile: false,
      location_info: { country_code: 'de' }, details: { riskAssessment: null, error: { message: 'Wrong code.', oauthError: 'invalid_grant' } }, audience: 'https://api.example.com/', scope: ['openid', 'profile'],
    })).toEqual({
      logId, occurredAt: at, type: 's', userId: 'auth0|1', userName: 'user@example.com', connection: 'Acme SAML', connectionId: 'con_1',
      strategy: 'samlp', organizationId: 'org_1', organizationName: 'acme', applicationId: 'c1', applicationName: 'Portal', ip: '2001:db8::1',
      userAgent: 'Chrome 114.0.0 / Windows 10.0.0', hostname: 'acme.eu.auth0.com', description: 'ok', country: 'DE', audience: 'https://api.example.com/', error: 'Wrong code.', isMobile: false,
    });
  });

  it('keeps an event that has nothing but an id and a date, under the type unknown', () => {
    const nothing = { userId: null, userName: null, connection: null, connectionId: null, strategy: null, organizationId: null, organizationName: null,
      applicationId: null, applicationName: null, ip: null, userAgent: null, hostname: null, description: null, country: null, audience: null, error: null, isMobile: null };
    expect(indexed({ type: undefined })).toEqual({ logId, occurredAt: at, type: 'unknown', ...nothing });
  });

  it.each([
    [{ error: 'plain' }, 'plain'], [{ error: { oauthError: 'access_denied' } }, 'access_denied'], [{ error: { type: 'invalid' } }, 'invalid'], [{ error: '' }, null],
    [{ error: { message: { deep: 1 } } }, null], [{ error: ['x'] }, null], [['x'], null], ['x', null], [{ error: { message: 'x'.repeat(2_000) } }, 'x'.repeat(500)],
  ])('reads what went wrong from %j', (details, error) => { expect(indexed({ details })).toMatchObject({ error }); });

  it('never fails, whatever the shape of any field but the id and the date', () => {
    fc.assert(fc.property(jsonObject, seeds, fc.dictionary(fc.constantFrom('type', 'user_id', 'ip', 'description', 'location_info', 'isMobile', 'details', 'connection'), jsonValue), (odd, seed, fields) => {
      expect(normalize(writtenBytes({ ...odd, ...fields, log_id: logId, date: bare.date }, seed), null)).toMatchObject({ kind: 'log-event', value: { logId, occurredAt: at } });
    }), runs(400));
  });

  it('never fails on bytes that are not an event at all', () => {
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), jsonValue.map(value => utf8(JSON.stringify(value)))), bytes => {
      expect(normalize(bytes, null).kind).toBe('rejected');
    }), runs(400));
  });

  it('treats empty and absent alike, and takes numbers and truth values by their text', () => {
    expect(indexed({ user_name: '', connection_id: '', description: null, user_id: 42, client_name: true, strategy: 1.5 }))
      .toMatchObject({ userName: null, connectionId: null, description: null, userId: '42', applicationName: 'true', strategy: '1.5' });
    expect(ofText(`{"log_id":"1","date":"2026-11-20","user_id":12345678901234567890}`)).toMatchObject({ value: { userId: '12345678901234567890' } });
  });

  it('shows a description that is an object as its JSON, and takes no name from one', () => {
    expect(indexed({ description: { code: 1, nested: [true] }, user_agent: ['a'], user_id: { id: 1 }, ip: ['203.0.113.7'], type: {} }))
      .toMatchObject({ description: '{"code":1,"nested":[true]}', userAgent: '["a"]', userId: null, ip: null, type: 'unknown' });
  });

  it('looks for nothing in details', () => {
    expect(indexed({ details: { error: 'x', connection: 'inner', prompts: [{ connection: 'inner', user_name: 'inner' }] } })).toMatchObject({ connection: null, userName: null });
  });

  it('takes a user agent of a million characters and a description nested 100,000 deep', () => {
    expect(indexed({ user_agent: 'A'.repeat(1_000_000) })).toMatchObject({ userAgent: 'A'.repeat(1_000_000) });
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(ofText(`{"log_id":"1","date":"2026-11-20","description":${deep}}`)).toMatchObject({ value: { description: deep } });
  });

  it('reads both names of the mobile flag, and countries of two letters only', () => {
    expect(indexed({ is_mobile: true })).toMatchObject({ isMobile: true });
    expect(indexed({ isMobile: false, is_mobile: true })).toMatchObject({ isMobile: false });
    expect(indexed({ isMobile: 'yes' })).toMatchObject({ isMobile: null });
    for (const odd of [null, 'DE', [], {}, { country_code: 'DEU' }, { country_code: 7 }, { country_code: '' }]) expect(indexed({ location_info: odd })).toMatchObject({ country: null });
  });

  it('is not harmed by keys that name parts of every object', () => {
    const hostile = `{"log_id":"1","date":"2026-11-20","__proto__":{"type":"evil","user_id":"evil"},"constructor":{"prototype":{"type":"evil"}}}`;
    expect(ofText(hostile)).toMatchObject({ value: { type: 'unknown', userId: null } });
    expect(({} as Record<string, unknown>).type).toBeUndefined();
    expect(ofText('{"__proto__":{"log_id":"1","date":"2026-11-20"}}')).toMatchObject({ kind: 'rejected' });
  });

  it('replaces bytes that are not UTF-8', () => {
    const [before, after] = [utf8('{"log_id":"1","date":"2026-11-20","user_name":"a'), utf8('b"}')];
    expect(normalize(new Uint8Array([...before, 0xff, ...after]), null)).toMatchObject({ value: { userName: 'a\ufffdb' } });
  });
});

describe('the id of a log event', () => {
  it('keeps 56 digits as they are', () => expect(reason({})).toBe(logId));

  it('is the envelope\'s when the event has none', () => {
    for (const none of [undefined, null, '']) expect(reason({ log_id: none }, 'from-envelope')).toBe('from-envelope');
  });

  it.each([
    [undefined, null, 'log_id is missing'],
    ['', null, 'log_id is missing'],
    [null, '', 'log_id is missing'],
    [900202, null, 'log_id is a number; its digits are lost'],
    [900202, '900202', 'log_id is a number; its digits are lost'],
    [true, null, 'log_id is not a text'],
    [['1'], null, 'log_id is not a text'],
    ['a\nb', null, 'log_id contains control characters'],
    ['a\u0085', null, 'log_id contains control characters'],
    [undefined, 'a\u0000', 'log_id contains control characters'],
    ['a\ud800', null, 'log_id is not valid Unicode'],
    ['9'.repeat(513), null, 'log_id is longer than 512 characters'],
    ['1', '2', 'log_id differs from that of its envelope'],
  ])('%j in an envelope of %j is set aside', (own, envelope, expected) => expect(reason({ log_id: own }, envelope)).toBe(expected));

  it('may be any text up to 512 characters', () => {
    for (const odd of ['a', '9'.repeat(512), '\u{1f600}', '-1', ' ']) expect(reason({ log_id: odd })).toBe(odd);
  });
});

describe('the date of a log event', () => {
  it.each([
    ['2026-11-20T10:11:12.123Z', at],
    ['2026-11-20T10:11:12.123', at],
    ['2026-11-20t10:11:12,123z', at],
    ['2026-11-20 10:11:12.1239999Z', at],
    ['2026-11-20T12:11:12.123+02:00', at],
    ['2026-11-20T04:41:12.123-0530', at],
    ['2026-11-20T10:11:12.1Z', at - 23],
    ['2026-11-20T10:11:12Z', at - 123],
    ['2026-11-20T10:11Z', at - 12_123],
    ['2026-11-20', Date.UTC(2026, 10, 20)],
    ['1970-01-01T00:00:00Z', 0],
    ['9999-12-31T23:59:59.999Z', Date.UTC(9999, 11, 31, 23, 59, 59, 999)],
    [at, at],
    [at + 0.75, at],
    [Date.UTC(2000, 0, 1), Date.UTC(2000, 0, 1)],
    [{ $date: '2026-11-20T10:11:12.123Z' }, at],
    [{ $date: at }, at],
    [{ $date: { $numberLong: String(at) } }, at],
  ])('%j is read', (date, expected) => expect(dated(date)).toBe(expected));

  it.each([
    '', 'yesterday', 'Fri, 20 Nov 2026 10:11:12 GMT', '20/11/2026', '2026-02-30T00:00:00Z', '2026-13-01T00:00:00Z', '2026-11-20T24:00:00Z', '2026-11-20T10:60:00Z',
    '2026-11-20T10:11:12.Z', '2026-11-20T10:11:12+25:00', '1969-12-31T23:59:59Z', '0001-01-01T00:00:00Z', '+12026-11-20T00:00:00Z', String(at), 0, -1, at / 1000, 1e20,
    Date.UTC(2100, 0, 2), true, [], ['2026-11-20'], {}, { $date: null }, { $date: {} }, { $date: { $numberLong: at } }, { $date: { $numberLong: '1e3' } }, { date: at },
  ])('%j is set aside', date => {
    expect(of({ date })).toEqual({ kind: 'rejected', logId, reason: 'date is not an instant that can be read' });
  });

  it.each([undefined, null])('that is %j is missing', date => expect(of({ date })).toEqual({ kind: 'rejected', logId, reason: 'date is missing' }));

  it('is the same instant in any offset', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1971-01-01'), max: new Date('9998-12-31'), noInvalidDate: true }), fc.integer({ min: -1439, max: 1439 }), (date, minutes) => {
      const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
      const two = (value: number): string => String(value).padStart(2, '0');
      const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
      expect(dated(local + offset)).toBe(date.getTime());
    }), runs(300));
  });
});

describe('what is not an event', () => {
  it.each([
    ['', 'not JSON: it ends too early'],
    ['{"log_id":', 'not JSON: it ends too early'],
    ['{"log_id":"1",}', 'not JSON: unexpected text at character 15'],
    ['NaN', 'not JSON: unexpected text at character 1'],
    ['[]', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['"text"', 'not a JSON object'],
    ['7', 'not a JSON object'],
  ])('%j is set aside', (text, expected) => expect(ofText(text)).toEqual({ kind: 'rejected', logId: null, reason: expected }));
});
