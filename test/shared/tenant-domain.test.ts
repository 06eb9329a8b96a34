/** The domain rule against hostile texts: what is green, what needs consent, what is refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkApiOrigin, checkDomain } from '../../shared/domain/tenant-domain';

const green = [
  'acme.auth0.com', 'acme.us.auth0.com', 'acme.us-3.auth0.com', 'acme.us-4.auth0.com', 'acme.us-5.auth0.com', 'acme.eu.auth0.com',
  'acme.eu-2.auth0.com', 'acme.au.auth0.com', 'acme.ca.auth0.com', 'acme.jp.auth0.com', 'acme.uk.auth0.com', 'dev-1a2b3c4d.us.auth0.com',
  'a-b.auth0.com', '123.auth0.com', `${'a'.repeat(63)}.eu.auth0.com`, 'login-acme.auth0.com', 'eu-2.auth0.com',
];

const consent = [
  'login.example.com', 'auth.example.org', 'tenant.private.example.net', 'acme.auth0app.example.com', 'auth0.example.com', 'auth0.com.example.org',
  'acme.auth0.com.example.org', 'acme.eu.auth0.com.example.org', 'notauth0.com', 'acme.notauth0.com', 'acme.eu-auth0.com', 'acme.auth0.co', 'acme.auth0.community',
  'acme-auth0.com', 'acme.auth0-com.example.net', 'auth0.com.com', 'acme.euu.auth0.com', 'acme.e1.auth0.com', 'acme.eu-22.auth0.com', 'acme.eu-a.auth0.com',
  'a.b.eu.auth0.com', 'evil.acme.eu.auth0.com', 'eu.auth0.com', 'ab.auth0.com', 'acme.eu.eu.auth0.com', 'wwwauth0.com', 'acme.auth0.com.au', 'acme.eu.auth0.com.eu.auth0.example',
  'metadata.google.internal', 'intranet.local', 'a.b', 'ab--cd.example.com', '1.2.3.example.com', '127.0.0.1.example.com', '0x7f.example.com',
];

const refused = [
  // nothing, or not a host alone
  '', ' ', '\t', '.', '..', '-', 'acme', 'localhost', 'auth0.com', 'com', 'tenant.localhost', 'a.b.localhost', 'https://acme.auth0.com', 'http://acme.auth0.com', 'HTTPS://acme.auth0.com',
  '//acme.auth0.com', 'acme.auth0.com/', 'acme.auth0.com/api/v2', 'acme.auth0.com//', 'acme.auth0.com\\', 'acme.auth0.com\\@example.com', 'javascript:alert(1)', 'file:///etc', 'data:text/html,x',
  'acme.auth0.com?x=1', 'acme.auth0.com#x', 'acme.auth0.com?', 'acme.auth0.com#', 'example.com#.auth0.com', 'example.com?.auth0.com', 'example.com/.auth0.com', 'example.com\\.auth0.com',
  'example.com;.auth0.com', 'example.com,acme.auth0.com', 'example.com|acme.auth0.com', 'example.com&acme.auth0.com', 'example.com=acme.auth0.com', 'example.com%acme.auth0.com',
  // user names and ports
  'user@acme.auth0.com', 'user:pw@acme.auth0.com', 'acme.auth0.com@example.com', 'acme.auth0.com:443', 'acme.auth0.com:8443', 'acme.auth0.com:', ':443', 'example.com:443@acme.auth0.com',
  // addresses in every spelling
  '127.0.0.1', '10.0.0.1', '192.0.2.1', '0.0.0.0', '255.255.255.255', '169.254.169.254', '1.1', '127.1', '2130706433', '0x7f000001', '0x7f.0.0.1', '0177.0.0.1', '127.0.0.0x1', '1.2.3.0x', '1.2.3.4.5',
  '[::1]', '::1', '[2001:db8::1]', '2001:db8::1', '[::ffff:127.0.0.1]', '::ffff:127.0.0.1', 'fe80::1%eth0', '[::]', 'acme.auth0.1', '192.0.2.1.', 'acme.0x1f',
  // dots and hyphens
  'acme.auth0.com.', 'acme.auth0.com..', '.acme.auth0.com', '..auth0.com', 'acme..auth0.com', 'acme.auth0..com', '-acme.auth0.com', 'acme-.auth0.com', 'acme.-eu.auth0.com', 'acme.eu-.auth0.com',
  'example-.com', '-example.com', 'login.-example.com', 'a.b.c-',
  // spaces and control characters
  ' acme.auth0.com', 'acme.auth0.com ', 'acme .auth0.com', 'acme.auth0.com\n', 'acme.auth0.com\r\nHost: example.com', 'acme\u0000.auth0.com', 'acme.auth0.com\u0000.example.com', 'acme.auth0.com\t', 'acme\u007f.auth0.com', '\ufeffacme.auth0.com',
  // escapes and characters no host name has
  'acme%2eauth0.com', '%61cme.auth0.com', 'acme.auth0.com%00', 'acme.auth0.com%2f', 'acme_.auth0.com', 'a_b.example.com', '*.auth0.com', 'acme.*.auth0.com', '${acme}.auth0.com', '{tenant}.auth0.com', '"acme.auth0.com"', "'acme.auth0.com'",
  '<acme.auth0.com>', 'acme.auth0.com`id`', '$(id).auth0.com', 'acme!.auth0.com', 'acme+x.auth0.com', '~acme.auth0.com', 'acme.auth0.com^',
  // other alphabets and what looks like ASCII
  '\u0430cme.auth0.com', 'acme.\u0430uth0.com', 'acme.auth0.c\u043em', '\u00e1cme.auth0.com', 'acme\u3002auth0\u3002com', 'acme.auth0\uff0ecom', '\uff41cme.auth0.com', 'acme.auth0.com\u200b', 'acme\u202e.auth0.com', 'acme\u00ad.auth0.com', 'stra\u00dfe.example.com', '\u24d0cme.auth0.com', '\u2460.example.com', '\u212a.example.com',
  'xn--acme-8va.auth0.com', 'xn--80ak6aa92e.com', 'acme.xn--eu.auth0.com', 'login.XN--example-9d0b.com', 'acme.auth0.xn--com-x', 'xn--.auth0.com',
  // names that are Auth0's own
  'manage.auth0.com', 'login.auth0.com', 'cdn.auth0.com', 'guardian.auth0.com', 'auth0.auth0.com', 'MANAGE.auth0.com', 'manage.eu.auth0.com', 'cdn.us-3.auth0.com', 'login.us.auth0.com', 'cdn.eu.acme.auth0.com',
  // length
  `${'a'.repeat(64)}.auth0.com`, `${'a'.repeat(64)}.example.com`, `${'a.'.repeat(130)}example.com`, 'a'.repeat(300), 'a'.repeat(4096),
];

describe('the domain rule', () => {
  it.each(green)('takes %s as a tenant of Auth0', (domain) => {
    expect(checkDomain(domain)).toEqual({ kind: 'auth0', domain });
  });

  it.each(consent)('asks for consent before %s', (domain) => {
    expect(checkDomain(domain)).toEqual({ kind: 'needs-consent', domain });
  });

  it.each(refused)('refuses %j and says why', (domain) => {
    const verdict = checkDomain(domain);
    expect(verdict.kind).toBe('invalid');
    expect(verdict.kind === 'invalid' && verdict.problem.length).toBeGreaterThan(5);
  });

  it('holds more than a hundred and twenty hostile texts', () => {
    expect(new Set(refused).size).toBe(refused.length);
    expect(refused.length + consent.length).toBeGreaterThan(160);
    expect(refused.length).toBeGreaterThanOrEqual(120);
  });

  it('writes the domain in lower case', () => {
    expect(checkDomain('Acme.EU.Auth0.com')).toEqual({ kind: 'auth0', domain: 'acme.eu.auth0.com' });
    expect(checkDomain('Login.Example.COM')).toEqual({ kind: 'needs-consent', domain: 'login.example.com' });
  });

  it('accepts only what a URL keeps byte for byte as its host', () => {
    const letters = fc.constantFrom(...'aZ09.-.-_%@:/\\?#[]xn ', '\u00e9', '\u3002', '\u0000', '0x', 'xn--', '.auth0.com', '.eu', '127.0.0.1', '::1');
    fc.assert(fc.property(fc.array(letters, { maxLength: 24 }).map((parts) => parts.join('')), (text) => {
      const verdict = checkDomain(text);
      if (verdict.kind === 'invalid') return;
      const url = new URL(`https://${verdict.domain}`);
      expect([url.host, url.href]).toEqual([text.toLowerCase(), `https://${verdict.domain}/`]);
      if (verdict.kind === 'auth0') expect(url.hostname).toMatch(/^[a-z0-9-]{3,63}(\.[a-z]{2}(-\d)?)?\.auth0\.com$/);
    }), { seed: 20_261, numRuns: 4000 });
  });
});

describe('the API origin rule', () => {
  const accepted: readonly (readonly [string, string])[] = [
    ['https://acme.eu.auth0.com', 'https://acme.eu.auth0.com'], ['https://acme.eu.auth0.com/', 'https://acme.eu.auth0.com'], ['HTTPS://Login.Example.com', 'https://login.example.com'],
    ['https://login.example.com:443', 'https://login.example.com'], ['https://login.example.com:8443', 'https://login.example.com:8443'], ['https://192.0.2.7:8443/', 'https://192.0.2.7:8443'],
    ['https://[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'], ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'], ['http://127.8.9.10', 'http://127.8.9.10'], ['http://127.0.0.1:80', 'http://127.0.0.1'],
    ['http://localhost:3000', 'http://localhost:3000'], ['http://[::1]:3000', 'http://[::1]:3000'], ['https://localhost', 'https://localhost'], ['https://intranet', 'https://intranet'],
  ];
  const rejected = [
    '', 'acme.eu.auth0.com', 'localhost:3000', '127.0.0.1:3000', '//127.0.0.1', 'http:/127.0.0.1', 'http:127.0.0.1', 'https:acme.auth0.com', 'ftp://127.0.0.1', 'file:///etc', 'ws://127.0.0.1', 'javascript://127.0.0.1',
    'http://acme.eu.auth0.com', 'http://example.com', 'http://192.0.2.7', 'http://10.0.0.1', 'http://0.0.0.0', 'http://128.0.0.1', 'http://[2001:db8::1]', 'http://[::]', 'http://[::ffff:127.0.0.1]', 'http://127.0.0.1.example.com', 'http://localhost.example.com', 'http://foo.localhost', 'http://localhost.', 'http://2130706433', 'http://0x7f.0.0.1',
    'http://0177.0.0.1', 'http://127.1', 'http://127.0.0.1:3000/api', 'https://acme.auth0.com/api/v2/', 'https://acme.auth0.com//', 'https://acme.auth0.com?', 'https://acme.auth0.com?x', 'https://acme.auth0.com#', 'https://acme.auth0.com/#x', 'https://user@acme.auth0.com', 'https://user:pw@acme.auth0.com', 'https://@acme.auth0.com', 'http://127.0.0.1@example.com', 'http://127.0.0.1:80@example.com',
    'https://acme.auth0.com\\', 'https:\\\\acme.auth0.com', 'https://acme.auth0.com\\@example.com', ' https://acme.auth0.com', 'https://acme.auth0.com ', 'https://acme .auth0.com', 'https://acme.auth0.com\n', 'https://ac\tme.auth0.com', 'https://\u0430cme.auth0.com', 'https://acme%2eauth0.com', 'https://acme.auth0.com:99999', 'https://acme.auth0.com:port', 'https://acme.auth0.com:', 'https://', 'http://', 'https:///', 'https://acme.auth0.com/.', 'https://acme.auth0.com/%2e', 'https://acme.auth0.com.', 'https://[::1', 'https://[0:0:0:0:0:0:0:1]', 'https://a'.repeat(400),
  ];

  it.each(accepted)('takes %s as %s', (typed, origin) => {
    expect(checkApiOrigin(typed)).toEqual({ ok: true, origin });
  });

  it.each(rejected)('refuses %j and says why', (typed) => {
    expect(checkApiOrigin(typed)).toEqual({ ok: false, problem: expect.stringMatching(/.{5,}/) });
  });
});
