import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { stepsFor } from '../../renderer/screens/connect/wizard';
import { SetUpVault } from '../../renderer/screens/protect/set-up-vault';
import { wouldBeLost } from '../../renderer/shell/memory-banner';
import { detour } from '../../renderer/shell/use-entrance';
import { toTimeline } from '../../renderer/address';
import type { VaultState } from '../../shared/contract';

const none: VaultState = { state: 'none', openedBy: [], keychain: null, keychainProblem: 'none is running', usesKeychain: false };
const drawn = (vault: VaultState, onHeld?: () => void): string => renderToStaticMarkup(createElement(QueryClientProvider, { client: new QueryClient() },
  createElement(SetUpVault, { vault, onMade: () => undefined, ...(onHeld === undefined ? {} : { onHeld }) })));

describe('memory only', () => {
  it('is offered where no keychain protects and nothing is stored yet, by those who can go on with it', () => {
    const held = (): void => undefined;
    expect(drawn(none, held)).toContain('Keep it in memory only');
    expect(drawn(none)).not.toContain('in memory only');
    expect(drawn({ ...none, keychain: 'Keychain', keychainProblem: null }, held)).not.toContain('in memory only');
    expect(drawn({ ...none, state: 'memory' }, held)).not.toContain('Keep it in memory only');
    expect(drawn({ ...none, state: 'memory' })).toContain('A passphrase keeps it');
  });

  it('names what closing would lose, and nothing that is stored', () => {
    expect(wouldBeLost([])).toBeNull();
    expect(wouldBeLost([{ tenant: 'stored' }])).toBeNull();
    expect(wouldBeLost([{ tenant: 'acme', inMemory: true }, { tenant: 'stored' }])).toBe('acme');
    expect(wouldBeLost([{ tenant: 'a', inMemory: true }, { tenant: 'b', inMemory: true }])).toBe('a and one other tenant');
    expect(wouldBeLost(['a', 'b', 'c'].map(tenant => ({ tenant, inMemory: true as const })))).toBe('a and 2 other tenants');
  });

  it('asks for no protection again, and locks nobody out', () => {
    expect(stepsFor('memory')).not.toContain('protect');
    expect(detour(toTimeline('acme'), { vault: 'memory', storedTenants: 1, current: 'acme' })).toBeNull();
  });
});
