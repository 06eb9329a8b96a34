import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyLoginItem, autostartEntry, quotedArgument } from '../../electron/desktop/login-item';

let folder = '';
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'tenantscope-login-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

function apply(platform: string, startAtLogin: boolean, command: readonly string[] = ['/opt/Tenantscope/tenantscope-desktop']): Settings[] {
  const set: Settings[] = [];
  applyLoginItem({ app: { setLoginItemSettings: settings => { set.push(settings); } }, platform, command, configFolder: folder }, startAtLogin);
  return set;
}

describe('starting at login', () => {
  it('is an autostart entry on Linux, written and taken away again', () => {
    const file = join(folder, 'autostart', 'org.tenantscope.app.desktop');
    expect(apply('linux', true, ['/opt/a b/tenantscope', '--data-dir', '/home/ana/my data'])).toEqual([]);
    expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/a b/tenantscope" "--data-dir" "/home/ana/my data" "--background"\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    apply('linux', false);
    expect(existsSync(file)).toBe(false);
    apply('linux', false);
  });

  it('is not written for a command that would add keys of its own', () => {
    apply('linux', true, ['/opt/x\nHidden=true']);
    expect(existsSync(join(folder, 'autostart'))).toBe(false);
  });

  it('is the system\'s own setting elsewhere, in the background', () => {
    expect(apply('darwin', true)).toEqual([{ openAtLogin: true }]);
    expect(apply('darwin', false)).toEqual([{ openAtLogin: false }]);
    expect(apply('win32', true, ['C:\\Program Files\\Tenantscope\\Tenantscope.exe'])).toEqual([{ openAtLogin: true, path: 'C:\\Program Files\\Tenantscope\\Tenantscope.exe', args: ['"--background"'] }]);
  });

  it.each([['plain', '"plain"'], ['a b', '"a b"'], ['100%', '"100%%"'], ['$HOME', '"\\\\$HOME"'], ['"', '"\\\\""'], ['`x`', '"\\\\`x\\\\`"'], ['a\\b', '"a\\\\\\\\b"']])('quotes %j as the specification asks', (word, quoted) => {
    expect(quotedArgument(word)).toBe(quoted);
    expect(autostartEntry([word])).toContain(`Exec=${quoted}\n`);
  });
});
