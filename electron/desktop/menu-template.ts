/** The application's menu: the system's own items by role, ours as commands to the page. */
import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../shared/contract';
import { documentationPages } from '../../shared/domain/outside-pages';

export type MenuPorts = {
  readonly platform: string;
  /** Adds what only developers need. */
  readonly tools: 'none' | 'developer';
  readonly command: (command: MenuCommand) => void;
  readonly openOutside: (url: string) => void;
};

type Item = MenuItemConstructorOptions;

const separator: Item = { type: 'separator' };

type Commands = Readonly<Record<MenuCommand, Item>>;

function commandsOf({ platform, command }: MenuPorts): Commands {
  const item = (name: MenuCommand, label: string, accelerator?: string): Item => ({
    id: name, label, click: () => { command(name); }, ...(accelerator === undefined ? {} : { accelerator }),
  });
  return {
    import: item('import', 'Import…', 'CmdOrCtrl+O'),
    export: item('export', 'Export…', 'CmdOrCtrl+E'),
    sync: item('sync', 'Sync Now', 'CmdOrCtrl+R'),
    settings: item('settings', platform === 'darwin' ? 'Settings…' : 'Settings', 'CmdOrCtrl+,'),
    about: item('about', 'About Tenantscope'),
  };
}

const macMenu = ({ about, settings }: Commands): Item => ({
  label: 'Tenantscope',
  submenu: [about, separator, settings, separator, { role: 'services' }, separator, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, separator, { role: 'quit' }],
});

function fileMenu({ platform }: MenuPorts, commands: Commands): Item {
  const ours = [commands.import, commands.export, separator, commands.sync, separator];
  return { label: '&File', submenu: platform === 'darwin' ? [...ours, { role: 'close' }] : [...ours, commands.settings, separator, { role: 'close' }, { role: 'quit' }] };
}

const editMenu: Item = {
  label: '&Edit',
  submenu: [{ role: 'undo' }, { role: 'redo' }, separator, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'delete' }, separator, { role: 'selectAll' }],
};

const viewMenu = ({ tools }: MenuPorts): Item => ({
  label: '&View',
  submenu: [
    { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, separator, { role: 'togglefullscreen' },
    ...(tools === 'developer' ? [separator, { role: 'forceReload' as const }, { role: 'toggleDevTools' as const }] : []),
  ],
});

const windowMenu = ({ platform }: MenuPorts): Item => ({
  role: 'window',
  submenu: [{ role: 'minimize' }, { role: 'zoom' }, ...(platform === 'darwin' ? [separator, { role: 'front' as const }] : [])],
});

const helpMenu = ({ platform, openOutside }: MenuPorts, { about }: Commands): Item => ({
  role: 'help',
  submenu: [
    { label: 'What Auth0’s Log Events Mean', click: () => { openOutside(documentationPages['log-event-types']); } },
    { label: 'How Long Auth0 Keeps Logs', click: () => { openOutside(documentationPages['log-retention']); } },
    ...(platform === 'darwin' ? [] : [separator, about]),
  ],
});

export function menuTemplate(ports: MenuPorts): Item[] {
  const commands = commandsOf(ports);
  const first = ports.platform === 'darwin' ? [macMenu(commands)] : [];
  return [...first, fileMenu(ports, commands), editMenu, viewMenu(ports), windowMenu(ports), helpMenu(ports, commands)];
}
