import { describe, expect, it } from 'vitest';
import { searchLicenses } from '../../../renderer/screens/about/license-list';
import { judgePassphrase, passphraseProblems } from '../../../renderer/screens/protect/passphrase';
import { intervalOptions } from '../../../renderer/screens/settings/intervals';
import { keychainWords, secretLabel } from '../../../renderer/screens/unlock/unlock-words';

describe('a new passphrase', () => {
  it.each([['', 'none'], ['short', 'short'], ['aaaaaaaaaaaa', 'weak'], ['12345678', 'weak'], ['password', 'weak'], ['correct horse battery', 'strong']])('"%s" is judged %s', (text, level) => {
    expect(judgePassphrase(text).level).toBe(level);
  });

  it('is taken when it is long enough and typed twice alike', () => {
    expect(passphraseProblems('seven77', 'seven77').passphrase).not.toBeNull();
    expect(passphraseProblems('long enough', 'long enoug').repeated).not.toBeNull();
    expect(passphraseProblems('long enough', 'long enough')).toEqual({ passphrase: null, repeated: null });
  });
});

describe('a locked archive', () => {
  const vault = { state: 'locked', openedBy: ['passphrase', 'recovery'], keychain: null, keychainProblem: null, usesKeychain: false } as const;
  const locked = (changes: object) => ({ ...vault, openedBy: [...vault.openedBy], ...changes });

  it('asks for what can open it', () => {
    expect(secretLabel(['passphrase', 'recovery'])).toBe('Passphrase or recovery key');
    expect(secretLabel(['keychain', 'recovery'])).toBe('Recovery key');
  });

  it('explains a keychain that did not open it, and says nothing where none was ever used', () => {
    expect(keychainWords(locked({}))).toBeNull();
    expect(keychainWords(locked({ openedBy: ['keychain', 'recovery'], keychain: 'Keychain', usesKeychain: true }))).toContain('Keychain has not opened it');
    expect(keychainWords(locked({ openedBy: ['recovery'], keychainProblem: 'none is running', usesKeychain: true }))).toMatch(/none is running\. The recovery key opens it/);
    expect(keychainWords(locked({ keychainProblem: 'none is running', usesKeychain: true }))).toMatch(/none is running\. The passphrase or the recovery key/);
  });
});

describe('the settings', () => {
  it('offer an interval that was set elsewhere beside the usual ones', () => {
    expect(intervalOptions(7).find(({ value }) => value === '7')?.label).toBe('Every 7 minutes');
    expect(intervalOptions(15)).toHaveLength(7);
  });

  it('find licences by name and kind, capitals aside', () => {
    const licenses = [{ name: 'react', version: '1', license: 'MIT', text: '' }, { name: 'zod', version: '1', license: 'ISC', text: '' }];
    expect(searchLicenses(licenses, ' mit ').map(({ name }) => name)).toEqual(['react']);
    expect(searchLicenses(licenses, 'ZO').map(({ name }) => name)).toEqual(['zod']);
    expect(searchLicenses(licenses, '')).toHaveLength(2);
  });
});
