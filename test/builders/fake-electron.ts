/** An Electron without windows: what the desktop uses of it, typed against Electron's own declarations, every event and option kept. */
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { fakeNet } from './fake-electron-net';

type Handler = (event: unknown, ...values: unknown[]) => unknown;

/** An event whose default can be prevented. */
export type FakeEvent = { readonly preventDefault: () => void; isPrevented: boolean };
export function fakeEvent<Facts extends object>(facts: Facts): Facts & FakeEvent {
  const event = { ...facts, isPrevented: false, preventDefault: () => { event.isPrevented = true; } };
  return event;
}

type Members<Thing, Name extends keyof Thing> = { readonly [Key in Name]: Thing[Key] };

export class FakeSession extends EventEmitter {
  readonly partition: string;
  readonly handlers: { permission?: Handler; check?: Handler; device?: Handler; display?: Handler; request?: Handler; page?: (request: Request) => Response } = {};
  isSpellChecked = true;

  constructor(partition: string) {
    super();
    this.partition = partition;
  }

  setPermissionRequestHandler(handler: unknown): void { this.handlers.permission = handler as Handler; }
  setPermissionCheckHandler(handler: unknown): void { this.handlers.check = handler as Handler; }
  setDevicePermissionHandler(handler: unknown): void { this.handlers.device = handler as Handler; }
  setDisplayMediaRequestHandler(handler: unknown): void { this.handlers.display = handler as Handler; }
  setSpellCheckerEnabled(isEnabled: boolean): void { this.isSpellChecked = isEnabled; }
  closeAllConnections(): Promise<void> { return Promise.resolve(); }
  readonly webRequest = { onBeforeRequest: (handler: unknown) => { this.handlers.request = handler as Handler; } };
  readonly protocol = { handle: (scheme: string, handler: unknown) => {
    if (scheme !== 'app') throw new Error(`a handler for ${scheme}`);
    this.handlers.page = handler as (request: Request) => Response;
  } };
}
type SessionMethods = 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setDisplayMediaRequestHandler' | 'setSpellCheckerEnabled' | 'closeAllConnections';
FakeSession.prototype satisfies Members<Electron.Session, SessionMethods>;

export class FakeContents extends EventEmitter {
  readonly id: number;
  readonly sent: unknown[][] = [];
  windowOpenHandler: ((details: { url: string }) => { action: string }) | null = null;
  reloads = 0;
  /** The preloads that listen. */
  readonly receivers: ((channel: string, ...values: unknown[]) => void)[] = [];

  constructor(id: number) {
    super();
    this.id = id;
  }

  send(channel: string, ...values: unknown[]): void {
    this.sent.push([channel, ...values]);
    for (const receive of this.receivers) receive(channel, ...structuredClone(values));
  }
  isDestroyed(): boolean { return false; }
  getZoomFactor(): number { return 1; }
  reload(): void { this.reloads += 1; }
  setWindowOpenHandler(handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse): void { this.windowOpenHandler = handler as never; }
}
FakeContents.prototype satisfies Members<Electron.WebContents, 'send' | 'isDestroyed' | 'getZoomFactor' | 'reload' | 'setWindowOpenHandler'>;

export class FakeWindow extends EventEmitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents: FakeContents;
  readonly urls: string[] = [];
  isShown = false;
  #isDestroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions, id: number) {
    super();
    this.options = options;
    this.webContents = new FakeContents(id);
  }

  loadURL(url: string): Promise<void> {
    this.urls.push(url);
    setImmediate(() => this.emit('ready-to-show'));
    return Promise.resolve();
  }
  show(): void { this.isShown = true; }
  focus(): void { this.emit('focus'); }
  maximize(): void { this.emit('maximize'); }
  isMaximized(): boolean { return false; }
  isMinimized(): boolean { return false; }
  restore(): void { this.emit('restore'); }
  isDestroyed(): boolean { return this.#isDestroyed; }
  getNormalBounds(): Electron.Rectangle { return { x: 10, y: 20, width: 1000, height: 700 }; }
  close(): void {
    this.emit('close');
    this.#isDestroyed = true;
    this.emit('closed');
  }
}
type WindowMethods = 'loadURL' | 'show' | 'focus' | 'maximize' | 'isMaximized' | 'isMinimized' | 'restore' | 'isDestroyed' | 'getNormalBounds' | 'close';
FakeWindow.prototype satisfies Members<Electron.BrowserWindow, WindowMethods>;

/** Calls in the order they were made, by name. */
export type FakeElectron = ReturnType<typeof createFakeElectron>;

/** `folders` answers `app.getPath`; `isFirst` whether the single-instance lock is given. */
export function createFakeElectron(options: { readonly downloads: string; readonly isFirst?: boolean; readonly isPackaged?: boolean; readonly switches?: readonly string[]; readonly keychain?: 'none' | 'there' }) {
  const calls: (readonly [string, ...unknown[]])[] = [];
  const windows: FakeWindow[] = [];
  const sessions = new Map<string, FakeSession>();
  const answers = { save: { canceled: false, filePath: '' } as Electron.SaveDialogReturnValue, message: 1 };
  const ipc = new Map<string, (event: Electron.IpcMainInvokeEvent, ...values: unknown[]) => unknown>();
  const note = (name: string, ...values: unknown[]): void => { calls.push([name, ...values]); };
  const sessionOf = (name: string): FakeSession => {
    const made = sessions.get(name) ?? new FakeSession(name);
    sessions.set(name, made);
    return made;
  };

  const hasKeychain = options.keychain === 'there';
  const turned = (bytes: Buffer): Buffer => Buffer.from(bytes.map(byte => byte ^ 0xff));

  const appMethods = {
    enableSandbox: () => { note('enableSandbox'); },
    setName: (name: string) => { note('setName', name); },
    setAppUserModelId: (id: string) => { note('setAppUserModelId', id); },
    setPath: (name: string, folder: string) => { note('setPath', name, folder); },
    getPath: () => options.downloads,
    requestSingleInstanceLock: (given?: Record<string, unknown>) => {
      note('requestSingleInstanceLock', given);
      return options.isFirst ?? true;
    },
    setLoginItemSettings: (settings: Electron.Settings) => { note('setLoginItemSettings', settings); },
    getLoginItemSettings: () => ({ openAtLogin: false, openAsHidden: false, wasOpenedAtLogin: false, wasOpenedAsHidden: false, restoreState: false, status: 'not-registered', executableWillLaunchAtLogin: false, launchItems: [] }),
    exit: (code?: number) => { note('exit', code); },
    quit: () => {
      note('quit');
      const before = fakeEvent({});
      app.emit('before-quit', before);
      if (before.isPrevented) return;
      for (const window of windows) if (!window.isDestroyed()) window.close();
      const event = fakeEvent({});
      app.emit('will-quit', event);
      if (!event.isPrevented) app.emit('quit');
    },
    whenReady: () => Promise.resolve(),
  } satisfies Members<Electron.App, 'enableSandbox' | 'setName' | 'setAppUserModelId' | 'setPath' | 'getPath' | 'requestSingleInstanceLock' | 'setLoginItemSettings' | 'getLoginItemSettings' | 'exit' | 'quit' | 'whenReady'>;
  const commandLine = { hasSwitch: (name: string) => options.switches?.includes(name) ?? false } satisfies Members<Electron.CommandLine, 'hasSwitch'>;
  const app = Object.assign(new EventEmitter(), appMethods, { isPackaged: options.isPackaged ?? false, commandLine });

  const BrowserWindow = class extends FakeWindow {
    constructor(given: Electron.BrowserWindowConstructorOptions) {
      super(given, windows.length + 1);
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
      this.on('closed', () => { if (windows.every(window => window.isDestroyed())) app.emit('window-all-closed'); });
    }
  };
  const image = { setTemplateImage: () => undefined };
  const display = { workArea: { x: 0, y: 0, width: 1920, height: 1080 } };
  const module = {
    app, BrowserWindow,
    ipcMain: { handle: (channel: string, handler: never) => { ipc.set(channel, handler); } } satisfies Members<Electron.IpcMain, 'handle'>,
    protocol: { registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => { note('registerSchemesAsPrivileged', schemes); } } satisfies Members<Electron.Protocol, 'registerSchemesAsPrivileged'>,
    session: { fromPartition: (name: string, given?: Electron.FromPartitionOptions) => { note('fromPartition', name, given); return sessionOf(name) as unknown as Electron.Session; }, defaultSession: sessionOf('default') },
    shell: { openExternal: (url: string) => { note('openExternal', url); return Promise.resolve(); } } satisfies Members<Electron.Shell, 'openExternal'>,
    dialog: {
      showErrorBox: (title: string, content: string) => { note('showErrorBox', title, content); },
      showMessageBox: (...given: unknown[]) => { note('showMessageBox', ...given); return Promise.resolve({ response: answers.message, checkboxChecked: false }); },
      showSaveDialog: (...given: unknown[]) => { note('showSaveDialog', ...given); return Promise.resolve(answers.save); },
    } satisfies Members<Electron.Dialog, 'showErrorBox' | 'showMessageBox' | 'showSaveDialog'>,
    safeStorage: {
      isAsyncEncryptionAvailable: () => Promise.resolve(hasKeychain), getSelectedStorageBackend: () => (hasKeychain ? 'gnome_libsecret' as const : 'basic_text' as const),
      encryptStringAsync: text => Promise.resolve(turned(Buffer.from(text))),
      decryptStringAsync: sealed => Promise.resolve({ shouldReEncrypt: false, result: turned(sealed).toString() }),
    } satisfies Members<Electron.SafeStorage, 'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'>,
    screen: { getAllDisplays: () => [display], getPrimaryDisplay: () => display },
    nativeTheme: { shouldUseDarkColors: true, themeSource: 'system' },
    nativeImage: { createFromBitmap: () => image },
    Menu: { setApplicationMenu: (menu: unknown) => { note('setApplicationMenu', menu); }, buildFromTemplate: (template: unknown) => template },
    Tray: class extends EventEmitter { setImage(): void {} setToolTip(): void {} setContextMenu(): void {} destroy(): void {} },
    Notification: Object.assign(class extends EventEmitter { show(): void {} }, { isSupported: () => true }),
    net: fakeNet(),
  };
  return { module, app, windows, sessions, calls, answers, ipc, called: (name: string) => calls.filter(([called]) => called === name).map(([, ...values]) => values) };
}
