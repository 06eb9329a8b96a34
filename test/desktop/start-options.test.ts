import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageFor, parseHandover, parseStartOptions } from '../../electron/desktop/start-options';

describe('the desktop\'s flags', () => {
  it('are found among those of Electron and Chromium', () => {
    expect(parseStartOptions(['out/main/desktop.js', '--no-first-run', '--data-dir', '/data', '--tenant=acme.eu.auth0.com', '--background', '--passphrase-file', 'p'])).toEqual({
      dataDir: '/data', tenant: 'acme.eu.auth0.com', isBackground: true, passphraseFile: 'p',
    });
    expect(parseStartOptions([])).toEqual({ dataDir: null, tenant: null, isBackground: false, passphraseFile: null });
    expect(parseStartOptions(['--data-dir', '--background', '--tenant'])).toEqual({ dataDir: null, tenant: null, isBackground: true, passphraseFile: null });
  });

  it.each(['../x', 'a/b', 'A', 'x y', '#/settings', 'javascript:1', '', '<b>'])('open no tenant named %j', tenant => {
    expect(parseStartOptions(['--tenant', tenant]).tenant).toBeNull();
    expect(parseHandover({ tenant, isBackground: false })).toEqual({ tenant: null, isBackground: false });
  });
});

describe('what a second start hands over', () => {
  it('opens a tenant at its timeline', () => {
    expect(pageFor('app://main/', parseHandover({ tenant: 'sample', isBackground: false }).tenant)).toBe('app://main/#/t/sample/timeline');
    expect(pageFor('app://main/', null)).toBe('app://main/');
  });

  it('is nothing when it is not what we send', () => {
    fc.assert(fc.property(fc.anything(), value => {
      const { tenant, isBackground } = parseHandover(value);
      expect(typeof isBackground).toBe('boolean');
      expect(tenant === null || /^[a-z0-9.-]+$/.test(tenant)).toBe(true);
    }), { seed: 45, numRuns: 1_000 });
  });
});
