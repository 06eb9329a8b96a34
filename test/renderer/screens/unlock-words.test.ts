import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { takePush } from '../../../renderer/hooks/use-pushes';
import { keys } from '../../../renderer/query-keys';
import { openToOthersWords } from '../../../renderer/screens/protect/open-to-others-words';
import { keychainHint } from '../../../renderer/screens/settings/keychain-words';
import { keychainButton } from '../../../renderer/screens/unlock/unlock-words';
import type { VaultState } from '../../../shared/contract';

describe('the keychain can be tried again', () => {
  it.each([
    ['where it is there', true, 'GNOME Keyring', 'desktop', 'Try GNOME Keyring again'], ['where it may come', true, null, 'desktop', 'Look for the keychain again'],
    ['not in a browser, where none can be', true, null, 'loopback', null], ['not where none ever opened the folder', false, 'GNOME Keyring', 'desktop', null],
  ] as const)('%s', (_where, usesKeychain, keychain, host, label) => {
    expect(keychainButton({ usesKeychain, keychain }, host)).toBe(label);
  });
});

describe('the settings of the keys', () => {
  it('say why the keychain cannot be switched off where it alone opens the archive', () => {
    expect(keychainHint({ openedBy: ['keychain', 'recovery'] })).toContain('Set a passphrase first');
    expect(keychainHint({ openedBy: ['passphrase', 'keychain', 'recovery'] })).not.toContain('first');
    expect(keychainHint({ openedBy: ['passphrase', 'recovery'] })).toContain('each time');
  });

  it('warn of a folder that others can read, and of no other', () => {
    expect(openToOthersWords({ readableByOthers: 0 })).toBeNull();
    expect(openToOthersWords({ readableByOthers: 1 })).toMatch(/^One file or folder/);
    expect(openToOthersWords({ readableByOthers: 12 })).toMatch(/^12 files and folders/);
  });
});

it('a page that hears of the lock forgets what it read of stored tenants, and keeps the sample', () => {
  const cache = new QueryClient();
  const state: VaultState = { state: 'locked', openedBy: ['passphrase', 'recovery'], keychain: null, keychainProblem: null, usesKeychain: false };
  cache.setQueryData(keys.vault, { ...state, state: 'open' });
  for (const tenant of ['acme.eu.auth0.com', 'sample']) cache.setQueryData(keys.event(tenant, '1'), 'an event');
  takePush(cache, { name: 'vault.locked', value: state });
  expect(cache.getQueryData(keys.vault)).toEqual(state);
  expect(cache.getQueryData(keys.event('acme.eu.auth0.com', '1'))).toBeUndefined();
  expect(cache.getQueryData(keys.event('sample', '1'))).toBe('an event');
});
