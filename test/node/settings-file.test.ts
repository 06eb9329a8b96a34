import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SettingsFile } from '../../electron/node/settings-file';
import { openSettings } from '../../electron/node/settings-file';
import { temporaryFolder } from './temporary-folder';

const defaults = { theme: 'system', timeZone: 'system', syncEveryMinutes: 15, startAtLogin: false, notifications: true, layout: { columns: { visibility: {}, widths: {} }, drawerWidth: null, rail: 'wide' }, lastTenant: null, planLimits: {}, planRetention: {}, retention: {} };

function settingsIn(dataDir: string): { readonly file: SettingsFile; readonly damage: { count: number } } {
  const damage = { count: 0 };
  return { damage, file: openSettings({ dataDir, now: () => Date.UTC(2026, 10, 21), onDamage: () => { damage.count += 1; } }) };
}

describe('settings', () => {
  it('are the defaults where nothing was chosen, and reading makes no folder', () => {
    const dataDir = join(temporaryFolder(), 'data');
    expect(settingsIn(dataDir).file.read()).toEqual(defaults);
    expect(() => statSync(dataDir)).toThrow();
  });

  it('keep what is not changed', () => {
    const dataDir = join(temporaryFolder(), 'data');
    const { file } = settingsIn(dataDir);
    file.write({ theme: 'dark', syncEveryMinutes: 0 });
    expect(file.write({ timeZone: 'Europe/Berlin', startAtLogin: undefined })).toEqual({ ...defaults, theme: 'dark', syncEveryMinutes: 0, timeZone: 'Europe/Berlin' });
    expect(settingsIn(dataDir).file.read()).toEqual({ ...defaults, theme: 'dark', syncEveryMinutes: 0, timeZone: 'Europe/Berlin' });
  });

  it('lie in a file that only its owner reads, and nothing else is made', () => {
    const dataDir = join(temporaryFolder(), 'data');
    settingsIn(dataDir).file.write({ theme: 'dark' });
    expect(readdirSync(dataDir)).toEqual(['settings.json']);
    expect(statSync(join(dataDir, 'settings.json')).mode & 0o777).toBe(0o600);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });

  it('refuse a time zone that does not exist', () => {
    const { file } = settingsIn(temporaryFolder());
    expect(() => file.write({ timeZone: 'Nowhere/At_All' })).toThrow(expect.objectContaining({ code: 'operation.input-invalid' }));
    expect(file.read()).toEqual(defaults);
  });

  it('drop members nobody knows', () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'settings.json'), '{"theme":"light","plugin":"x","__proto__":{"startAtLogin":true}}');
    const { file } = settingsIn(dataDir);
    expect(file.read()).toEqual({ ...defaults, theme: 'light' });
    file.write({ notifications: false });
    expect(readFileSync(join(dataDir, 'settings.json'), 'utf8')).not.toContain('plugin');
  });

  it.each([
    ['half a file', '{"theme":"dark"'], ['nothing', ''], ['a list', '[]'], ['an impossible value', '{"syncEveryMinutes":-1}'], ['an impossible width', '{"layout":{"drawerWidth":-1}}'], ['an unknown time zone', '{"timeZone":"Nowhere"}'],
    ['another encoding', Buffer.from('ff fe 7b'.replace(/ /g, ''), 'hex')], ['far too much', `{"theme":"${'x'.repeat(100_000)}"}`],
  ])('start anew from %s, keep the damaged file, and say so once', (_what, content) => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'settings.json'), content);
    const { file, damage } = settingsIn(dataDir);
    expect(file.read()).toEqual(defaults);
    expect(file.read()).toEqual(defaults);
    expect(damage.count).toBe(1);
    expect(readdirSync(dataDir)).toEqual(['settings.json.corrupt-20261121T000000000Z']);
    expect(readFileSync(join(dataDir, 'settings.json.corrupt-20261121T000000000Z'))).toEqual(Buffer.from(content));
    expect(file.write({ theme: 'dark' }).theme).toBe('dark');
  });

  it('are the defaults where the file cannot be read at all', () => {
    const dataDir = temporaryFolder();
    mkdirSync(join(dataDir, 'settings.json'));
    expect(settingsIn(dataDir).file.read()).toEqual(defaults);
  });

  it('are always whole, whatever bytes the file holds', () => {
    const dataDir = temporaryFolder();
    const { file } = settingsIn(dataDir);
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string(), fc.uint8Array()), content => {
      writeFileSync(join(dataDir, 'settings.json'), content);
      expect(Object.keys(file.read()).sort()).toEqual(Object.keys(defaults).sort());
    }), { numRuns: 200, seed: 3 });
  });
});
