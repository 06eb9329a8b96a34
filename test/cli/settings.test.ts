import { describe, expect, it } from 'vitest';
import { dataFolder, fixedClock } from '../../electron/node/surroundings';
import { passphraseSource } from '../../electron/cli/secrets';
import { Failure } from '../../shared/errors';
import { fakeTerminal } from './fake-terminal';
import type { FakeTerminalOptions } from './fake-terminal';

const linux = { environment: {}, platform: 'linux', homeFolder: '/home/ana', workingFolder: '/work' };

describe('the data folder', () => {
  it('is the flag, else the variable, else the place of the platform', () => {
    const environment = { TENANTSCOPE_DATA_DIR: '/env/dir', XDG_DATA_HOME: '/xdg' };
    expect(dataFolder('/flag', { ...linux, environment })).toBe('/flag');
    expect(dataFolder(null, { ...linux, environment })).toBe('/env/dir');
    expect(dataFolder(null, { ...linux, environment: { XDG_DATA_HOME: '/xdg', TENANTSCOPE_DATA_DIR: '' } })).toBe('/xdg/Tenantscope');
    expect(dataFolder(null, linux)).toBe('/home/ana/.local/share/Tenantscope');
    expect(dataFolder(null, { ...linux, environment: { XDG_DATA_HOME: 'relative' } })).toBe('/home/ana/.local/share/Tenantscope');
    expect(dataFolder(null, { ...linux, platform: 'darwin', homeFolder: '/Users/ana' })).toBe('/Users/ana/Library/Application Support/Tenantscope');
    const windows = { platform: 'win32', homeFolder: 'C:\\Users\\ana', workingFolder: 'C:\\work' };
    expect(dataFolder(null, { ...windows, environment: { APPDATA: 'C:\\Users\\ana\\AppData\\Roaming' } })).toBe('C:\\Users\\ana\\AppData\\Roaming\\Tenantscope');
    expect(dataFolder(null, { ...windows, environment: {} })).toBe('C:\\Users\\ana\\AppData\\Roaming\\Tenantscope');
  });

  it('is absolute, counted from where the user stands', () => {
    expect(dataFolder('d/../e', linux)).toBe('/work/e');
    expect(dataFolder('e', { ...linux, platform: 'win32', workingFolder: 'C:\\work' })).toBe('C:\\work\\e');
  });
});

describe('the fixed clock', () => {
  it('reads ISO instants and dates, as UTC where they name no offset', () => {
    const at = (text: string): number | null => fixedClock({ TENANTSCOPE_NOW: text });
    expect(fixedClock({})).toBeNull();
    expect(at('')).toBeNull();
    expect(at('2026-03-01T12:00:00Z')).toBe(Date.UTC(2026, 2, 1, 12));
    expect(at('2026-03-01T12:00:00.250Z')).toBe(Date.UTC(2026, 2, 1, 12, 0, 0, 250));
    expect(at('2026-03-01T12:00+02:00')).toBe(Date.UTC(2026, 2, 1, 10));
    expect(at('2026-03-01T12:00')).toBe(Date.UTC(2026, 2, 1, 12));
    expect(at('2026-03-01')).toBe(Date.UTC(2026, 2, 1));
  });

  it.each(['now', '1772366400000', '2026-13-01', '2026-02-31', '2026-03-01T25:00Z', 'March 1, 2026', '2026-03-01 12:00', '2026-3-1'])('refuses %s', text => {
    expect(() => fixedClock({ TENANTSCOPE_NOW: text })).toThrow(Failure);
  });
});

describe('the passphrase', () => {
  const ask = async (options: FakeTerminalOptions, wanted: { file?: string; folder?: 'open' | 'open-or-make' } = {}): Promise<{ passphrase: string | null; questions: readonly string[]; talk: string }> => {
    const screen = fakeTerminal(options);
    const source = await passphraseSource(screen.terminal, { file: wanted.file ?? null, dataDir: '/data', folder: wanted.folder ?? 'open' });
    return { passphrase: await source(), questions: screen.questions, talk: screen.talk() };
  };
  const window = { inputIsTerminal: true, talkIsTerminal: true };

  it.each([['four words\n', 'four words'], ['four words\r\n', 'four words'], [' spaced \n\n', ' spaced \n'], ['\ufeffmarked', 'marked'], ['', null], ['\n', null]])('of a file loses one trailing newline: %j', async (content, passphrase) => {
    expect(await ask({ files: { p: content }, environment: { TENANTSCOPE_PASSPHRASE: 'other' } }, { file: 'p' })).toMatchObject({ passphrase, questions: [] });
  });

  it('comes from the environment next, without being asked for', async () => {
    expect(await ask({ ...window, environment: { TENANTSCOPE_PASSPHRASE: 'set' } })).toMatchObject({ passphrase: 'set', questions: [] });
  });

  it('is asked for only where both ends are a terminal', async () => {
    expect(await ask({ ...window, typed: ['typed'] })).toMatchObject({ passphrase: 'typed', questions: ['Passphrase: '] });
    expect(await ask({ ...window, typed: [''] })).toMatchObject({ passphrase: null });
    expect(await ask({ inputIsTerminal: true, typed: ['typed'] })).toMatchObject({ passphrase: null, questions: [] });
    expect(await ask({ talkIsTerminal: true, typed: ['typed'] })).toMatchObject({ passphrase: null, questions: [] });
  });

  it('of a new folder is asked for twice, until both agree', async () => {
    const made = await ask({ ...window, typed: ['one', 'two', 'three', 'three'] }, { folder: 'open-or-make' });
    expect(made).toMatchObject({ passphrase: 'three' });
    expect(made.questions).toHaveLength(4);
    const known = await ask({ ...window, typed: ['once'], listFolder: () => Promise.resolve(['vault.json', 'tenants']) }, { folder: 'open-or-make' });
    expect(known).toMatchObject({ passphrase: 'once', questions: ['Passphrase: '] });
  });
});
