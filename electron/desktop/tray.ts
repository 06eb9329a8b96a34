/** The icon in the system's tray: how the syncs stand, and the way back to the window when it is closed. */
import { Menu, Tray, nativeImage } from 'electron';
import type { NativeImage } from 'electron';
import type { SyncState } from '../../shared/contract';
import { trayBitmap } from './tray-icon';
import type { TrayState } from './tray-icon';

export type TrayActions = { readonly open: () => void; readonly sync: () => void; readonly quit: () => void };

export type TrayIcon = { readonly show: (states: readonly SyncState[]) => void; readonly remove: () => void };

/** Running outweighs failed: what failed is being tried again. */
export function trayStateOf(states: readonly Pick<SyncState, 'state'>[]): TrayState {
  if (states.some(({ state }) => state === 'running')) return 'syncing';
  return states.some(({ state }) => state === 'failed') ? 'failed' : 'idle';
}

/** No tenant's name: the tray is seen by whoever looks over a shoulder. */
export function trayText(states: readonly Pick<SyncState, 'state'>[]): string {
  const failed = states.filter(({ state }) => state === 'failed').length;
  const texts: Readonly<Record<TrayState, string>> = { idle: 'in sync', syncing: 'syncing', failed: failed === 1 ? 'a sync failed' : `${String(failed)} syncs failed` };
  return `Tenantscope: ${texts[trayStateOf(states)]}`;
}

function imageOf(state: TrayState): NativeImage {
  const isMac = process.platform === 'darwin';
  const size = isMac ? 16 : 22;
  const ink = isMac ? 'template' : 'coloured';
  const image = nativeImage.createFromBitmap(trayBitmap(state, size * 2, ink), { width: size * 2, height: size * 2, scaleFactor: 2 });
  image.setTemplateImage(isMac);
  return image;
}

function menuOf(text: string, { open, sync, quit }: TrayActions): Menu {
  return Menu.buildFromTemplate([
    { label: text, enabled: false }, { type: 'separator' },
    { label: 'Open Tenantscope', click: open }, { label: 'Sync Now', click: sync }, { type: 'separator' }, { label: 'Quit Tenantscope', click: quit },
  ]);
}

/** Put into the tray when it is made. */
export function createTray(actions: TrayActions): TrayIcon {
  const tray = new Tray(imageOf('idle'));
  tray.on('click', actions.open);
  return {
    show: states => {
      const text = trayText(states);
      tray.setImage(imageOf(trayStateOf(states)));
      tray.setToolTip(text);
      tray.setContextMenu(menuOf(text, actions));
    },
    remove: () => { tray.destroy(); },
  };
}
