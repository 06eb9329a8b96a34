import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { stepsFor } from '../../renderer/screens/connect/wizard';
import { SetUpVault } from '../../renderer/screens/protect/set-up-vault';
import { wouldBeLost } from '../../renderer/shell/memory-banner';
import { detour } from '../../renderer/shell/use-entrance';
import { stoppedWords } from '../../renderer/screens/timeline/forget-user-dialog';
import { toTimeline } from '../../renderer/address';
import type { Operation } from '../../renderer/hooks/use-operation';
import type { VaultState } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { ErrorCode } from '../../shared/errors';

const none: VaultState = { state: 'none', openedBy: [], keychain: null, keychainProblem: 'none is running', usesKeychain: false };
type SetUp = Operation<'vault.setUp'>;
const at = (run: SetUp['run']): SetUp => ({ run, start: () => Promise.resolve(null), cancel: () => undefined, reset: () => undefined });
const drawnAt = (vault: VaultState, run: SetUp['run']): string => renderToStaticMarkup(createElement(QueryClientProvider, { client: new QueryClient() },
  createElement(SetUpVault, { vault, onMade: () => undefined, operation: at(run) })));
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

  it('says that nothing was lost only where that is known: not after a fault, which may have come when all was kept, nor after another page kept it', () => {
    const words = 'the tenants are in memory as before';
    const told = (code: ErrorCode, state: VaultState['state'] = 'memory'): string => drawnAt({ ...none, state }, { kind: 'failed', failure: new Failure(code, { reference: 'page' }) });
    expect(told('archive.disk-full')).toContain(words);
    expect(told('internal')).toContain('Something went wrong');
    for (const code of ['internal', 'vault.exists'] as const) expect(told(code)).not.toContain(words);
    expect(told('archive.disk-full', 'none')).not.toContain(words);
  });

  it('takes no second press while it is being kept', () => {
    expect(drawnAt({ ...none, state: 'memory' }, { kind: 'running' })).toMatch(/<button[^>]*disabled=""[^>]*>/);
    expect(drawnAt({ ...none, state: 'memory' }, { kind: 'idle' })).not.toMatch(/<button[^>]*type="submit"[^>]*disabled/);
  });
});

describe('forgetting a user', () => {
  it('that was stopped claims nothing that it does not know', () => {
    const [first, second] = stoppedWords;
    expect(first).toMatch(/^Where it had not been decided yet/);
    expect(second).toContain('the next sync or import ends');
  });
});
