/** Starts Tenantscope at login, without a window: by the system's own setting, on Linux by an autostart entry. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';
import { makePrivateFolder } from '../node/file-modes';

const entryName = 'org.tenantscope.app.desktop';

/** A quoted argument of the Exec key of the Desktop Entry Specification, escaped for the key file as well. */
export function quotedArgument(word: string): string {
  const quoted = word.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${quoted.replaceAll('\\', '\\\\')}"`;
}

/** @see https://specifications.freedesktop.org/autostart-spec/latest/ */
export function autostartEntry(command: readonly string[]): string {
  return ['[Desktop Entry]', 'Type=Application', 'Name=Tenantscope', 'Comment=Keeps the audit logs of Auth0 tenants in sync',
    `Exec=${command.map(quotedArgument).join(' ')}`, 'Terminal=false', 'X-GNOME-Autostart-enabled=true', ''].join('\n');
}

export type LoginItemPorts = {
  readonly app: Pick<App, 'setLoginItemSettings'>;
  readonly platform: string;
  /** The program and the arguments it was started with, `--background` left to this module. */
  readonly command: readonly string[];
  /** `$XDG_CONFIG_HOME`, or `.config` in the home folder. */
  readonly configFolder: string;
};

function applyAutostart({ command, configFolder }: LoginItemPorts, startAtLogin: boolean): void {
  const file = path.join(configFolder, 'autostart', entryName);
  if (!startAtLogin) {
    rmSync(file, { force: true });
    return;
  }
  // A line break would begin another key.
  if (command.some(word => /[\n\r]/.test(word))) return;
  makePrivateFolder(path.dirname(file));
  writeFileSync(file, autostartEntry([...command, '--background']), { mode: 0o600 });
}

export function applyLoginItem(ports: LoginItemPorts, startAtLogin: boolean): void {
  if (ports.platform === 'linux') {
    applyAutostart(ports, startAtLogin);
    return;
  }
  const [program = '', ...words] = ports.command;
  // macOS takes neither a path nor arguments, and says by itself that it was the login that started us.
  const windows = ports.platform === 'win32' ? { path: program, args: [...words, '--background'].map(word => `"${word}"`) } : {};
  ports.app.setLoginItemSettings({ openAtLogin: startAtLogin, ...windows });
}
