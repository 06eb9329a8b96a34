import { describe, expect, it } from 'vitest';
import { explainFailure } from '../../../renderer/screens/connect/check-failure';
import { applicationProblems, cleanDomain, connectInput, domainProblems, emptyDraft } from '../../../renderer/screens/connect/connect-draft';
import type { ConnectDraft } from '../../../renderer/screens/connect/connect-draft';
import { judgeScopes, wantedScopes } from '../../../renderer/screens/connect/scopes';
import { stepOfField, stepsFor } from '../../../renderer/screens/connect/wizard';
import type { ErrorCode } from '../../../shared/errors';
import { Failure } from '../../../shared/errors';

const draft = (changes: Partial<ConnectDraft> = {}): ConnectDraft => ({ ...emptyDraft, domain: 'acme.eu.auth0.com', clientId: 'id', clientSecret: 'made up', ...changes });

describe('the domain of a tenant', () => {
  it('is taken out of an address that was pasted whole, and nothing longer is guessed at', () => {
    expect(cleanDomain(' https://acme.eu.auth0.com/ ')).toBe('acme.eu.auth0.com');
    expect(domainProblems(draft({ domain: 'https://acme.eu.auth0.com/authorize' })).domain).toContain('not a tenant domain');
  });

  it('needs to be typed once more where it is not a usual address of a tenant', () => {
    const custom = draft({ domain: 'login.example.com' });
    expect(domainProblems(custom)).toEqual({ consent: expect.stringContaining('login.example.com') as string });
    expect(domainProblems({ ...custom, consent: 'login.example.org' })).toHaveProperty('consent');
    expect(domainProblems({ ...custom, consent: 'Login.example.com' })).toEqual({});
  });

  it('is sent with consent only when consent was given', () => {
    const custom = draft({ domain: 'Login.Example.com' });
    expect(connectInput(custom)).not.toHaveProperty('acceptDomain');
    expect(connectInput({ ...custom, consent: 'login.example.com' })).toMatchObject({ domain: 'login.example.com', acceptDomain: 'login.example.com' });
    expect(connectInput(draft({ consent: 'acme.eu.auth0.com' }))).toEqual({ domain: 'acme.eu.auth0.com', clientId: 'id', clientSecret: 'made up' });
  });
});

describe('an API origin', () => {
  const elsewhere = draft({ apiOrigin: 'https://api.example.com:8443' });

  it('of another host needs that host typed once more, and only then goes with consent', () => {
    expect(applicationProblems(elsewhere)).toEqual({ originConsent: expect.stringContaining('api.example.com') as string });
    expect(applicationProblems({ ...elsewhere, originConsent: 'acme.eu.auth0.com' })).toHaveProperty('originConsent');
    expect(connectInput(elsewhere)).not.toHaveProperty('acceptDomain');
    const accepted = { ...elsewhere, originConsent: ' API.example.com' };
    expect(applicationProblems(accepted)).toEqual({});
    expect(connectInput(accepted)).toMatchObject({ domain: 'acme.eu.auth0.com', acceptDomain: 'api.example.com' });
  });

  it.each(['https://acme.us.auth0.com', 'http://127.0.0.1:3999', 'https://acme.eu.auth0.com', 'not an origin'])('such as %s asks for no consent of its own', apiOrigin => {
    expect(applicationProblems(draft({ apiOrigin }))).not.toHaveProperty('originConsent');
  });

  it('of a custom domain is the host that is accepted, and a test server on this machine leaves it at the domain', () => {
    const custom = draft({ domain: 'login.example.com', consent: 'login.example.com' });
    expect(connectInput({ ...custom, apiOrigin: 'https://api.example.com', originConsent: 'api.example.com' }).acceptDomain).toBe('api.example.com');
    expect(connectInput({ ...custom, apiOrigin: 'https://api.example.com' }).acceptDomain).toBeUndefined();
    expect(connectInput({ ...custom, apiOrigin: 'http://127.0.0.1:3999' }).acceptDomain).toBe('login.example.com');
  });

  it('that was not accepted leads to its own confirmation, and a domain to the other', () => {
    const of = (domain: string) => explainFailure(new Failure('tenant.domain-needs-consent', { domain }), elsewhere).field;
    expect([of('api.example.com'), of('acme.eu.auth0.com')]).toEqual(['originConsent', 'consent']);
  });
});

describe('the credentials', () => {
  it('are asked for when they are missing, and uncommon places are judged before anything is sent', () => {
    expect(Object.keys(applicationProblems(draft({ clientId: ' ', clientSecret: '' })))).toEqual(['clientId', 'clientSecret']);
    expect(applicationProblems(draft({ apiOrigin: 'http://example.com' })).apiOrigin).toContain('http is for this machine only');
    expect(applicationProblems(draft({ apiOrigin: 'http://127.0.0.1:8080', audienceDomain: 'acme.eu.auth0.com' }))).toEqual({});
  });

  it('go without the blanks around them', () => {
    expect(connectInput(draft({ clientId: ' id\n', clientSecret: ' made up ', apiOrigin: ' ' }))).toMatchObject({ clientId: 'id', clientSecret: 'made up' });
  });
});

describe('scopes', () => {
  it('that change something or read secrets are called out', () => {
    const { excessive, granted, unused } = judgeScopes({ granted: ['read:logs', 'update:users', 'create:clients', 'delete:grants', 'read:client_keys', 'read:roles'], missing: [] });
    expect(excessive).toEqual(['update:users', 'create:clients', 'delete:grants', 'read:client_keys']);
    expect(granted.map(({ scope }) => scope)).toEqual(['read:logs']);
    expect(unused).toEqual(['read:roles']);
  });

  it('that are missing say what they are for, unless another stands in', () => {
    const { missing } = judgeScopes({ granted: ['read:logs_users'], missing: ['read:logs', 'read:users'] });
    expect(missing.map(({ scope }) => scope)).toEqual(['read:users']);
    expect(wantedScopes.every(({ purpose }) => purpose !== '')).toBe(true);
  });
});

describe('a check that failed', () => {
  const of = (code: ErrorCode, details = {}, changes = {}) => explainFailure(new Failure(code, details), draft(changes));

  it.each<readonly [string, ErrorCode, Record<string, string>, string | null]>([
    ['a wrong secret or an unknown client', 'auth0.credentials-rejected', {}, 'clientSecret'],
    ['a missing grant', 'auth0.grant-missing', {}, null],
    ['a missing scope', 'auth0.scope-missing', { scope: 'read:logs' }, null],
    ['a wrong domain', 'auth0.unreachable', { problem: 'the name is not known' }, 'domain'],
    ['the audience of a custom domain', 'auth0.audience-rejected', {}, 'audienceDomain'],
    ['a rate limit', 'auth0.rate-limited', {}, null],
    ['no network', 'auth0.unreachable', { problem: 'there is no network' }, 'domain'],
    ['a certificate that is not trusted', 'auth0.unreachable', { problem: 'its certificate or encryption is not accepted: CERT_HAS_EXPIRED' }, 'domain'],
    ['silence', 'auth0.timeout', {}, 'domain'],
    ['a redirect', 'auth0.redirected', {}, 'domain'],
    ['a page that is not JSON', 'auth0.bad-response', {}, 'domain'],
    ['a token that its own tenant rejects', 'auth0.token-rejected', {}, 'apiOrigin'],
  ])('for %s names causes and the field to correct', (_what, code, details, field) => {
    const explained = of(code, details);
    expect(explained.causes.length).toBeGreaterThan(0);
    expect(explained.field).toBe(field);
  });

  it('tells the causes of an unreachable host apart', () => {
    const told = ['the name is not known', 'there is no network', 'its certificate is not accepted: X', 'its address is not on the public internet'].map(problem => of('auth0.unreachable', { problem }).causes.join());
    expect(new Set(told).size).toBe(4);
  });

  it('leads to the step its field stands on', () => {
    expect([stepOfField('domain'), stepOfField('clientSecret'), stepOfField('apiOrigin')]).toEqual(['domain', 'application', 'application']);
    expect(stepsFor('none')).toContain('protect');
    expect(stepsFor('open')).not.toContain('protect');
  });
});
