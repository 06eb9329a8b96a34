/** The desktop application: one guarded window over one host, in one process a data folder. */
import { homedir } from 'node:os';
import path from 'node:path';
import { Menu, app, dialog, ipcMain, nativeTheme, protocol, session, shell } from 'electron';
import type { Session } from 'electron';
import type { MenuCommand, Settings } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import { createCallDesk } from '../node/call-desk';
import type { CallDesk } from '../node/call-desk';
import { changing } from '../node/data-folder-paths';
import { makePrivateFolder } from '../node/file-modes';
import type { Host } from '../node/host';
import { prepareEngine } from '../node/prepare-engine';
import { createFaultKeeper } from '../node/keep-fault';
import { readStaticFiles } from '../node/static-files';
import { dataFolder, variable } from '../node/surroundings';
import { answerPage } from './app-page';
import { createBackground } from './background';
import { guardContents } from './guard-contents';
import { cutOffNetwork, guardSession } from './guard-session';
import { answerCalls } from './ipc';
import { createMainWindow } from './main-window';
import type { MainWindow } from './main-window';
import { menuTemplate } from './menu-template';
import { openDesktopHost, unlockAtStart } from './open-desktop-host';
import { appScheme } from './policies';
import { parseHandover, parseStartOptions } from './start-options';
import type { StartOptions } from './start-options';
import { createQuitGuard } from './quit-guard';
import { createTray } from './tray';

// Both must come before the application is ready, so before anything waits.
app.enableSandbox();
protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);

/** The folder of the built application: this file is `main/desktop.js` in it. */
const builtFolder = path.join(import.meta.dirname, '..');
/** Longer than any write of the engine's; a host that hangs must not keep the system from shutting down. */
const longestCloseMs = 5_000;

/** Before there is a host nothing keeps a fault. */
const keepFault = createFaultKeeper(variable(process.env, 'TENANTSCOPE_DEBUG') !== null);

/** Nothing works without this, so that it is said in a box of its own. */
function giveUp(error: unknown): void {
  const failure = error instanceof Failure ? error : new Failure('internal', { reference: keepFault(error) });
  dialog.showErrorBox(failure.message, failure.hint);
  app.exit(1);
}

/** Chromium's own files lie in a folder of theirs inside the data folder, private like the rest; the lock goes with them. */
function useDataFolder(options: StartOptions): string {
  const dataDir = dataFolder(options.dataDir, { environment: process.env, platform: process.platform, homeFolder: homedir(), workingFolder: process.cwd() });
  const own = path.join(dataDir, 'desktop');
  changing(() => makePrivateFolder(own));
  app.setPath('userData', own);
  return dataDir;
}

/** Its own and in memory: no cookie, cache or history is ever on the disk. */
function windowSession(): Session {
  const made = session.fromPartition('window', { cache: false });
  for (const each of [made, session.defaultSession]) {
    guardSession(each);
    cutOffNetwork(each);
  }
  const files = readStaticFiles(path.join(builtFolder, 'renderer'));
  made.protocol.handle(appScheme, request => answerPage(files, request));
  return made;
}

async function openOutside(url: string, window: MainWindow): Promise<void> {
  const question = { type: 'question' as const, message: 'Open this page in your browser?', detail: url, buttons: ['Open', 'Cancel'], defaultId: 0, cancelId: 1 };
  const owner = window.current();
  const { response } = owner === null ? await dialog.showMessageBox(question) : await dialog.showMessageBox(owner, question);
  if (response === 0) await shell.openExternal(url);
}

function installMenu(window: MainWindow): void {
  const command = (name: MenuCommand): void => {
    window.show(null);
    window.send({ name: 'menu.command', value: { command: name } });
  };
  const tools = app.isPackaged ? 'none' : 'developer';
  const template = menuTemplate({ platform: process.platform, tools, command, openOutside: url => { void openOutside(url, window); } });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

async function syncAll(host: Promise<Host>): Promise<void> {
  const opened = await host;
  const { tenants } = await opened.call('tenant.list', {});
  // How each ends is told by its state.
  await Promise.allSettled(tenants.filter(({ connected }) => connected).map(({ tenant }) => opened.call('tenant.sync', { tenant })));
}

function applySettings({ theme }: Settings): void {
  nativeTheme.themeSource = theme;
}

/** Ends the host before the process: what is written is on the disk, the writer's place is free. */
function closeBeforeQuit(close: () => Promise<void>): void {
  let isClosed = false;
  app.on('will-quit', event => {
    if (isClosed) return;
    event.preventDefault();
    const late = new Promise<void>(resolve => setTimeout(resolve, longestCloseMs));
    void Promise.race([close().catch(() => undefined), late]).then(() => {
      isClosed = true;
      app.quit();
    });
  });
}

/** Before the windows close, so that the question stands over the one there is. */
function askBeforeLosing(host: Promise<Host>, window: MainWindow): void {
  let opened: Host | null = null;
  void host.then(there => { opened = there; }, () => undefined);
  app.on('before-quit', createQuitGuard({
    wouldLose: () => opened?.wouldLose() ?? [],
    ask: async question => {
      const owner = window.current();
      return (owner === null ? await dialog.showMessageBox(question) : await dialog.showMessageBox(owner, question)).response;
    },
    quit: () => { app.quit(); },
    stay: () => { window.show(null); },
  }));
}

function runsWithoutWindow(window: MainWindow, isWanted: () => boolean): void {
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && !isWanted()) app.quit();
  });
  app.on('activate', () => { window.show(null); });
  app.on('second-instance', (_event, _words, _folder, given) => {
    const { tenant, isBackground } = parseHandover(given);
    if (!isBackground) window.show(tenant);
  });
}

async function serve(host: Promise<Host>, window: MainWindow, options: StartOptions): Promise<void> {
  const background = createBackground({
    createTray: () => createTray({ open: () => { window.show(null); }, sync: () => { void syncAll(host); }, quit: () => { app.quit(); } }),
    onSettings: applySettings,
  });
  runsWithoutWindow(window, background.isWanted);
  const desk = host.then<CallDesk>(createCallDesk);
  // A host that does not open is told once, by whoever waits for it here.
  desk.catch(() => undefined);
  askBeforeLosing(host, window);
  closeBeforeQuit(async () => {
    background.end();
    (await desk).cancelAll();
    await (await host).close();
  });
  answerCalls({ ipcMain, desk: () => desk, isOurs: window.isOurs });
  const opened = await host;
  if (!options.isBackground) prepareEngine(opened, options.tenant);
  opened.onPush(push => {
    window.send(push);
    background.hear(push);
  });
  await unlockAtStart(opened);
  await background.begin(opened);
  // A start at login without anything to do unseen would leave a process that nobody finds.
  if (options.isBackground && !background.isWanted()) window.show(options.tenant);
}

async function ready(options: StartOptions, dataDir: string): Promise<void> {
  const window = createMainWindow({
    session: windowSession(),
    preload: path.join(builtFolder, 'preload', 'preload.cjs'),
    stateFile: path.join(dataDir, 'desktop', 'window.json'),
    isPackaged: app.isPackaged,
    onBroken: () => { giveUp(new Failure('internal', { reference: 'window' })); },
  });
  app.on('web-contents-created', (_event, contents) => { guardContents(contents, url => { void openOutside(url, window); }); });
  installMenu(window);
  const host = openDesktopHost({
    dataDir, program: path.join(builtFolder, 'main', 'desktop.js'), passphraseFile: options.passphraseFile, window: window.current, showWindow: () => { window.show(null); },
  });
  const serving = serve(host, window, options);
  if (!options.isBackground) window.show(options.tenant);
  await serving;
}

function start(): void {
  const words = parseStartOptions(process.argv.slice(1));
  const options = { ...words, isBackground: words.isBackground || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin) };
  app.setName('Tenantscope');
  app.setAppUserModelId('org.tenantscope.app');
  const dataDir = useDataFolder(options);
  if (!app.requestSingleInstanceLock({ tenant: options.tenant, isBackground: options.isBackground })) {
    app.quit();
    return;
  }
  // An installed application without its sandbox would show the logs of strangers unprotected.
  if (app.isPackaged && app.commandLine.hasSwitch('no-sandbox')) throw new Failure('host.no-sandbox');
  app.whenReady().then(() => ready(options, dataDir)).catch(giveUp);
}

try {
  start();
} catch (error) {
  giveUp(error);
}
