import { describe, expect, it, vi } from 'vitest';
import { createBackground } from '../../electron/desktop/background';
import type { Host } from '../../electron/node/host';
import type { Settings, SyncState } from '../../shared/contract';

vi.mock('electron', () => ({ Menu: {}, Tray: {}, nativeImage: {} }));
const { trayStateOf, trayText } = await import('../../electron/desktop/tray');

const settings: Settings = { theme: 'system', timeZone: 'system', syncEveryMinutes: 15, startAtLogin: false, notifications: true, layout: { columns: { visibility: {}, widths: {} }, drawerWidth: null, rail: 'wide' }, lastTenant: null, planLimits: {}, planRetention: {}, retention: {} };
const state = (tenant: string, now: SyncState['state']): SyncState => ({ tenant, state: now, lastStartedAt: null, lastFinishedAt: null, nextAt: null, error: null, receipt: null });

function background(given: { readonly settings: Settings; readonly states: readonly SyncState[] }) {
  const trays: { shown: string[]; isRemoved: boolean }[] = [];
  const themes: string[] = [];
  const made = createBackground({
    createTray: () => {
      const tray = { shown: [] as string[], isRemoved: false };
      trays.push(tray);
      return { show: states => { tray.shown.push(trayText(states)); }, remove: () => { tray.isRemoved = true; } };
    },
    onSettings: ({ theme }) => { themes.push(theme); },
  });
  const host = { call: (name: string) => Promise.resolve(name === 'settings.read' ? given.settings : { tenants: given.states }) } as unknown as Host;
  return { made, host, trays, themes };
}

describe('without a window', () => {
  it('Tenantscope goes on when syncs are scheduled and a tenant is connected, with its state in the tray', async () => {
    const { made, host, trays } = background({ settings, states: [state('acme.eu.auth0.com', 'idle')] });
    expect(made.isWanted()).toBe(false);
    await made.begin(host);
    expect(made.isWanted()).toBe(true);
    made.hear({ name: 'sync.state', value: state('acme.eu.auth0.com', 'running') });
    made.hear({ name: 'sync.state', value: state('acme.eu.auth0.com', 'failed') });
    expect(trays).toEqual([{ shown: ['Tenantscope: in sync', 'Tenantscope: syncing', 'Tenantscope: a sync failed'], isRemoved: false }]);
    made.end();
    expect(trays[0]?.isRemoved).toBe(true);
  });

  it('it ends for somebody who only looks at the sample, or who turned the schedule off', async () => {
    const sample = background({ settings, states: [] });
    await sample.made.begin(sample.host);
    expect(sample.made.isWanted()).toBe(false);
    const off = background({ settings: { ...settings, syncEveryMinutes: 0 }, states: [state('a', 'idle')] });
    await off.made.begin(off.host);
    expect([off.made.isWanted(), off.trays]).toEqual([false, []]);
  });

  it('the schedule and the theme follow the settings', async () => {
    const { made, host, trays, themes } = background({ settings, states: [state('a', 'idle')] });
    await made.begin(host);
    made.hear({ name: 'settings.changed', value: { ...settings, theme: 'dark', syncEveryMinutes: 0 } });
    expect([made.isWanted(), trays[0]?.isRemoved]).toEqual([false, true]);
    made.hear({ name: 'settings.changed', value: settings });
    expect([made.isWanted(), trays.length]).toEqual([true, 2]);
    expect(themes).toEqual(['system', 'dark', 'system']);
  });
});

describe('the tray', () => {
  it.each([[[], 'idle'], [['idle', 'waiting'], 'idle'], [['idle', 'failed'], 'failed'], [['failed', 'running'], 'syncing']] as const)('of %j is %s', (states, shown) => {
    expect(trayStateOf(states.map(one => state('a', one)))).toBe(shown);
  });

  it('names no tenant', () => {
    expect(trayText([state('acme.eu.auth0.com', 'failed'), state('other.eu.auth0.com', 'failed')])).toBe('Tenantscope: 2 syncs failed');
  });
});
