import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOwnUrl, mayCall, mayLoad, mayNavigate, mayUse, openedOutside } from '../../electron/desktop/policies';
import { dashboardSections, dashboardUrl, documentationPages } from '../../shared/domain/outside-pages';

/** Where a page, a log event or a dropped file could try to lead the window. */
const elsewhere: readonly string[] = [
  'https://example.com/', 'http://example.com/', 'http://127.0.0.1:8080/', 'http://localhost/', 'https://app//main/', 'https://main/', 'http://main/',
  'file:///etc/passwd', 'file:///C:/Windows/', 'file://main/', 'data:text/html,<script>1</script>', 'data:text/html;base64,PHA+', 'javascript:alert(1)',
  'JavaScript:alert(1)', 'javascript://main/%0aalert(1)', 'blob:app://main/6f1c', 'blob:https://example.com/6f1c', 'filesystem:app://main/x', 'about:blank', 'about:srcdoc',
  'chrome://settings/', 'chrome-extension://abc/x.html', 'devtools://devtools/bundled/inspector.html', 'view-source:app://main/', 'ws://main/', 'wss://main/', 'ftp://main/',
  'mailto:user@example.com', 'tel:1', 'app://other/', 'app://main.example.com/', 'app://main:80/', 'app://user@main/', 'app://user:x@main/', 'app://main@example.com/',
  'app:main/', 'app:/main/', 'app:///main/', 'app:\\\\main\\', 'apps://main/', 'app2://main/', 'application://main/', 'app://mаin/', 'app://%6dain/', 'app://main%00/',
  '', ' ', 'main', '/', '//main/', 'app://', 'app://main/other.html', 'app://main/assets/x.js', 'app://main/?x=1', 'app://main/..%2f', 'app://main//',
  'tenantscope://main/', 'ms-msdt:/id', 'smb://198.51.100.1/x', 'intent://main/#Intent;end', 'http://[2001:db8::1]/',
];

describe('the window', () => {
  it.each(elsewhere)('does not go to %j', url => {
    expect(mayNavigate({ url, isMainFrame: true })).toBe(false);
    expect(mayNavigate({ url, isMainFrame: false })).toBe(false);
  });

  it.each(['app://main/', 'app://main', 'app://main/#/t/sample/timeline', 'app://main/#//example.com'])('stays at %s', url => {
    expect(mayNavigate({ url, isMainFrame: true })).toBe(!url.endsWith('main'));
    expect(mayNavigate({ url, isMainFrame: false })).toBe(false);
  });

  it('goes nowhere whatever the text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.webUrl().map(url => url.replace(/^https?/, 'app'))), url => {
      expect(mayNavigate({ url, isMainFrame: true })).toBe(false);
    }), { seed: 41, numRuns: 2_000 });
  });

  it.each([
    ['app://main/assets/x.js', true], ['blob:app://main/1', true], ['data:image/png;base64,AA', true], ['devtools://devtools/x', true],
    ['https://example.com/', false], ['http://127.0.0.1/', false], ['file:///x', false], ['blob:https://example.com/1', false], ['app://other/', false], ['ws://main/', false], ['devtools://other/', false],
  ] as const)('loading %s is allowed: %s', (url, allowed) => { expect(mayLoad(url)).toBe(allowed); });
});

describe('the browser', () => {
  const known = [...Object.values(documentationPages), ...dashboardSections.map(section => dashboardUrl('acme.eu.auth0.com', section) ?? '')];

  it.each(known)('gets %s', url => {
    expect(openedOutside(url)).toBe(url);
    expect(new URL(url).href).toBe(url);
    expect(url).toMatch(/^https:\/\/(?:manage\.)?auth0\.com\//);
  });

  it('gets a tenant\'s own dashboard, and none for a domain that does not name its tenant', () => {
    expect(dashboardUrl('acme.auth0.com', 'applications')).toBe('https://manage.auth0.com/dashboard/us/acme/applications');
    expect(dashboardUrl('acme.us-3.auth0.com', 'apis')).toBe('https://manage.auth0.com/dashboard/us-3/acme/apis');
    for (const domain of ['login.example.com', 'acme.eu.auth0.com.example.com', 'a/b.eu.auth0.com', 'ACME.eu.auth0.com', '../x.auth0.com', 'acme.eu.auth0.com/x', 'x.y.z.auth0.com', '']) {
      expect(dashboardUrl(domain, 'applications'), domain).toBeNull();
    }
  });

  it.each(elsewhere)('does not get %j', url => { expect(openedOutside(url)).toBeNull(); });

  it('gets none of the known pages with anything changed', () => {
    const changes = [
      (url: string) => `${url}?x=1`, (url: string) => `${url}#x`, (url: string) => `${url}/`, (url: string) => `${url}/../x`, (url: string) => ` ${url}`, (url: string) => `${url}\n`,
      (url: string) => url.replace('https', 'http'), (url: string) => url.replace('auth0.com', 'auth0.com.example.com'), (url: string) => url.replace('auth0.com', 'auth0.com:443'),
      (url: string) => url.replace('https://', 'https://user@'), (url: string) => url.replace('auth0.com', 'auth0.com@example.com'), (url: string) => url.replace('auth0', 'аuth0'), (url: string) => url.toUpperCase(),
      (url: string) => `javascript:${url}`, (url: string) => url.replace('/dashboard/', '/dashboard/../'), (url: string) => url.replace('https:', 'HTTPS:'),
    ];
    for (const url of known) for (const change of changes) {
      const changed = change(url);
      if (changed !== url) expect(openedOutside(changed), changed).toBeNull();
    }
  });
});

describe('a permission', () => {
  const permissions = [
    'ar', 'automatic-fullscreen', 'background-fetch', 'background-sync', 'captured-surface-control', 'clipboard-read', 'deprecated-sync-clipboard-read', 'display-capture', 'fileSystem', 'fullscreen',
    'geolocation', 'geolocation-approximate', 'hand-tracking', 'hid', 'idle-detection', 'keyboardLock', 'local-fonts', 'local-network', 'local-network-access', 'loopback-network', 'media', 'mediaKeySystem',
    'midi', 'midiSysex', 'nfc', 'notifications', 'openExternal', 'payment-handler', 'periodic-background-sync', 'persistent-storage', 'pointerLock', 'screen-wake-lock', 'sensors', 'serial', 'smart-card',
    'speaker-selection', 'storage-access', 'system-wake-lock', 'top-level-storage-access', 'usb', 'vr', 'web-app-installation', 'web-printing', 'window-management', 'unknown', '', 'CLIPBOARD-SANITIZED-WRITE',
  ];
  it.each(permissions)('%j is denied to everybody', permission => {
    for (const url of ['app://main/', 'https://example.com/', '']) expect(mayUse({ permission, url, isMainFrame: true })).toBe(false);
  });

  it.each([['app://main/', true, true], ['app://main/', false, false], ['https://example.com/', true, false], ['about:blank', true, false], ['', true, false], ['app://other/', true, false]] as const)(
    'to copy text is given to %s in the main frame (%s): %s', (url, isMainFrame, given) => { expect(mayUse({ permission: 'clipboard-sanitized-write', url, isMainFrame })).toBe(given); });
});

describe('a sender', () => {
  const ours = { origin: 'app://main', url: 'app://main/#/t/sample/timeline', isMainFrame: true };
  const cases: readonly (readonly [string, Parameters<typeof mayCall>[0], boolean])[] = [
    ['our page in our window', { isKnownWindow: true, frame: ours }, true],
    ['another window', { isKnownWindow: false, frame: ours }, false],
    ['a frame that has gone', { isKnownWindow: true, frame: null }, false],
    ['a frame inside our page', { isKnownWindow: true, frame: { ...ours, isMainFrame: false } }, false],
    ['about:blank, which inherits the origin', { isKnownWindow: true, frame: { ...ours, url: 'about:blank' } }, false],
    ['about:srcdoc', { isKnownWindow: true, frame: { ...ours, url: 'about:srcdoc' } }, false],
    ['an opaque origin', { isKnownWindow: true, frame: { ...ours, origin: 'null' } }, false],
    ['an empty origin', { isKnownWindow: true, frame: { ...ours, origin: '' } }, false],
    ['a file', { isKnownWindow: true, frame: { ...ours, origin: 'file://', url: 'file:///x.html' } }, false],
    ['a website', { isKnownWindow: true, frame: { ...ours, origin: 'https://example.com', url: 'https://example.com/' } }, false],
    ['a website at our URL', { isKnownWindow: true, frame: { ...ours, origin: 'https://example.com' } }, false],
    ['our origin with a slash', { isKnownWindow: true, frame: { ...ours, origin: 'app://main/' } }, false],
    ['our origin with a port', { isKnownWindow: true, frame: { ...ours, origin: 'app://main:1' } }, false],
    ['our origin in capitals', { isKnownWindow: true, frame: { ...ours, origin: 'APP://MAIN' } }, false],
    ['a host that begins like ours', { isKnownWindow: true, frame: { ...ours, origin: 'app://main.example.com' } }, false],
    ['Chromium\'s own error page', { isKnownWindow: true, frame: { ...ours, url: 'chrome-error://chromewebdata/' } }, false],
  ];
  it.each(cases)('%s', (_, sender, allowed) => { expect(mayCall(sender)).toBe(allowed); });

  it('is never somebody whose origin is not ours', () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.boolean(), (origin, url, isMainFrame) => {
      expect(mayCall({ isKnownWindow: true, frame: { origin, url, isMainFrame } })).toBe(origin === 'app://main' && isMainFrame && isOwnUrl(url));
    }), { seed: 42, numRuns: 1_000 });
  });
});
