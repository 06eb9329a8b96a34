/** Opens the host with what the desktop has and a plain Node process has not: keychain, the system's network, dialogs, notifications. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { Notification, app, dialog, net, safeStorage, session } from 'electron';
import type { BrowserWindow } from 'electron';
import { Failure } from '../../shared/errors';
import type { Effects, Host } from '../node/host';
import { openHost } from '../node/open-host';
import { fixedClock, variable } from '../node/surroundings';
import { problemOf } from '../node/system-problem';
import { guardSession } from './guard-session';
import { createKeychain } from './keychain';
import { applyLoginItem } from './login-item';
import { createDesktopHttp } from './net-http';
import { createTransfers } from './save-file';

export type DesktopHostOptions = {
  readonly dataDir: string;
  /** The built main file: what an Electron that is not packaged has to be told. */
  readonly program: string;
  readonly passphraseFile: string | null;
  readonly window: () => BrowserWindow | null;
  readonly showWindow: () => void;
};

/** A file's one trailing newline does not belong to the passphrase. */
async function passphraseOf(file: string | null): Promise<string | null> {
  if (file === null) return variable(process.env, 'TENANTSCOPE_PASSPHRASE');
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    throw new Failure('usage.file-unreadable', { flag: '--passphrase-file', file, problem: problemOf(error) });
  }
}

/** What starts this very application again: an AppImage runs from a mount that changes, so that its own file counts. */
function ownCommand({ dataDir, program }: DesktopHostOptions): readonly string[] {
  const executable = variable(process.env, 'APPIMAGE') ?? process.execPath;
  return [executable, ...(app.isPackaged ? [] : [program]), '--data-dir', dataDir];
}

function effectsOf(options: DesktopHostOptions): Effects {
  const configFolder = variable(process.env, 'XDG_CONFIG_HOME') ?? path.join(homedir(), '.config');
  // A notification that nothing refers to is collected, and its click with it.
  const shown = new Set<Notification>();
  return {
    notify: (title, body) => {
      if (!Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      shown.add(notification);
      notification.on('click', options.showWindow);
      notification.on('close', () => { shown.delete(notification); });
      notification.show();
    },
    applyLoginItem: startAtLogin => { applyLoginItem({ app, platform: process.platform, command: ownCommand(options), configFolder }, startAtLogin); },
  };
}

/** To be called when the application is ready. */
export async function openDesktopHost(options: DesktopHostOptions): Promise<Host> {
  // In memory, and for requests to Auth0 alone.
  const auth0Session = session.fromPartition('auth0', { cache: false });
  guardSession(auth0Session);
  return openHost({
    kind: 'desktop',
    dataDir: options.dataDir,
    now: fixedClock(process.env),
    passphrase: () => passphraseOf(options.passphraseFile),
    keychain: createKeychain(safeStorage, process.platform),
    http: createDesktopHttp({ net, session: auth0Session }),
    transfers: createTransfers({ dialog, window: options.window, folder: () => app.getPath('downloads') }),
    effects: effectsOf(options),
  });
}

/** Opens the vault with the keychain, so that what is scheduled runs before anybody looks; whatever fails, the page asks. */
export async function unlockAtStart(host: Host): Promise<void> {
  try {
    const { state, openedBy } = await host.call('vault.state', {});
    if (state === 'locked' && openedBy.includes('keychain')) await host.call('vault.unlock', {});
  } catch {
    // The page shows why, and takes a passphrase instead.
  }
}
