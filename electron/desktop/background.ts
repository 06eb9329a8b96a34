/** Decides whether Tenantscope goes on without a window, and shows in the tray how the syncs stand. */
import type { Push, Settings, SyncState } from '../../shared/contract';
import type { Host } from '../node/host';
import type { TrayIcon } from './tray';

export type Background = {
  /** Tells of what is known by now; the tray follows. */
  readonly hear: (push: Push) => void;
  /** Asks the host for what is known before the first push. */
  readonly begin: (host: Host) => Promise<void>;
  /** Whether there is something to do while nobody looks: syncs are scheduled and a tenant is connected. */
  readonly isWanted: () => boolean;
  readonly end: () => void;
};

export type BackgroundPorts = {
  readonly createTray: () => TrayIcon;
  readonly onSettings: (settings: Settings) => void;
};

export function createBackground({ createTray, onSettings }: BackgroundPorts): Background {
  const states = new Map<string, SyncState>();
  let syncEveryMinutes = 0;
  let tray: TrayIcon | null = null;
  const isWanted = (): boolean => syncEveryMinutes > 0 && states.size > 0;
  const removeTray = (): void => {
    tray?.remove();
    tray = null;
  };
  const draw = (): void => {
    if (!isWanted()) {
      removeTray();
      return;
    }
    tray ??= createTray();
    tray.show([...states.values()]);
  };
  const takeSettings = (settings: Settings): void => {
    ({ syncEveryMinutes } = settings);
    onSettings(settings);
  };
  return {
    isWanted,
    hear: push => {
      if (push.name === 'sync.state') states.set(push.value.tenant, push.value);
      else if (push.name === 'settings.changed') takeSettings(push.value);
      else return;
      draw();
    },
    begin: async host => {
      takeSettings(await host.call('settings.read', {}));
      for (const state of (await host.call('sync.states', {})).tenants) states.set(state.tenant, state);
      draw();
    },
    end: removeTray,
  };
}
