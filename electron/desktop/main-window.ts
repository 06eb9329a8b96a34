/** The one window: made as it was left, shown when it has something to show, and made again when it was closed. */
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { BrowserWindowConstructorOptions, Session, WebContents } from 'electron';
import type { Push } from '../../shared/contract';
import { sendPush } from './ipc';
import { startPage } from './policies';
import { pageFor } from './start-options';
import { readWindowState, writeWindowState } from './window-file';
import { firstSize, fitToDisplays, smallestWindow } from './window-state';
import type { WindowState } from './window-state';

export type WindowOptions = {
  readonly session: Session;
  /** Absolute path of the built preload. */
  readonly preload: string;
  readonly stateFile: string;
  readonly isPackaged: boolean;
  /** The page ended again and again by itself. */
  readonly onBroken: () => void;
};

export type MainWindow = {
  /** Makes the window when there is none and brings it forward; a tenant is opened at its timeline. */
  readonly show: (tenant: string | null) => void;
  readonly current: () => BrowserWindow | null;
  readonly isOurs: (contents: WebContents) => boolean;
  /** Nothing where there is no window. */
  readonly send: (push: Push) => void;
};

/** The page's own surface, so that nothing flashes before it is drawn. */
const surfaces = { light: '#ffffff', dark: '#141518' } as const;

function placeOf(state: WindowState): BrowserWindowConstructorOptions {
  const fitted = state.bounds === null ? null : fitToDisplays(state.bounds, screen.getAllDisplays().map(({ workArea }) => workArea));
  return fitted ?? firstSize(screen.getPrimaryDisplay().workArea);
}

function windowOptions({ session, preload, isPackaged }: WindowOptions, state: WindowState): BrowserWindowConstructorOptions {
  return {
    ...placeOf(state),
    minWidth: smallestWindow.width, minHeight: smallestWindow.height,
    title: 'Tenantscope', show: false, backgroundColor: nativeTheme.shouldUseDarkColors ? surfaces.dark : surfaces.light,
    webPreferences: {
      preload, session, zoomFactor: state.zoomFactor,
      sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
      webviewTag: false, disableBlinkFeatures: 'Auxclick', spellcheck: false, navigateOnDragDrop: false, devTools: !isPackaged,
    },
  };
}

const stateOf = (window: BrowserWindow): WindowState =>
  ({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized(), zoomFactor: window.webContents.getZoomFactor() });

const crashWithinMs = 60_000;
const mostCrashes = 3;

/** A page that ended by itself is loaded again, but not for ever. */
function reloadAfterCrash(window: BrowserWindow, onBroken: () => void): void {
  const crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const now = Date.now();
    crashes.push(now);
    if (crashes.filter(at => now - at < crashWithinMs).length > mostCrashes) onBroken();
    else window.webContents.reload();
  });
}

function openWindow(options: WindowOptions, tenant: string | null): BrowserWindow {
  const state = readWindowState(options.stateFile);
  const window = new BrowserWindow(windowOptions(options, state));
  if (state.isMaximized) window.maximize();
  window.once('ready-to-show', () => { window.show(); });
  window.on('close', () => { writeWindowState(options.stateFile, stateOf(window)); });
  // The page's title would name a tenant in the task bar and to every program that lists windows.
  window.on('page-title-updated', event => { event.preventDefault(); });
  reloadAfterCrash(window, options.onBroken);
  void window.loadURL(pageFor(startPage, tenant));
  return window;
}

export function createMainWindow(options: WindowOptions): MainWindow {
  let window: BrowserWindow | null = null;
  const current = (): BrowserWindow | null => (window === null || window.isDestroyed() ? null : window);
  const open = (tenant: string | null): void => {
    const opened = openWindow(options, tenant);
    opened.on('closed', () => { window = null; });
    window = opened;
  };
  return {
    show: tenant => {
      const there = current();
      if (there === null) {
        open(tenant);
        return;
      }
      if (there.isMinimized()) there.restore();
      if (tenant !== null) void there.loadURL(pageFor(startPage, tenant));
      there.show();
      there.focus();
    },
    current,
    isOurs: contents => current()?.webContents === contents,
    send: push => {
      const there = current();
      if (there !== null) sendPush(there.webContents, push);
    },
  };
}
