import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate } from '../../electron/desktop/menu-template';
import { trayBitmap } from '../../electron/desktop/tray-icon';
import { menuCommands } from '../../shared/contract';
import { isOutsidePage } from '../../shared/domain/outside-pages';

type Item = MenuItemConstructorOptions;

const flat = (items: readonly Item[]): Item[] => items.flatMap(item => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);

function menu(platform: string, tools: 'none' | 'developer' = 'none') {
  const commands: string[] = [];
  const opened: string[] = [];
  const template = menuTemplate({ platform, tools, command: name => commands.push(name), openOutside: url => opened.push(url) });
  return { template, items: flat(template), commands, opened };
}
const click = (item: Item): void => { (item.click as (() => void) | undefined)?.(); };

describe.each(['darwin', 'win32', 'linux'])('the menu on %s', platform => {
  it('offers every command of the page once, each as itself', () => {
    const { items, commands } = menu(platform);
    for (const item of items.filter(({ id }) => id !== undefined)) click(item);
    expect(commands.sort()).toEqual([...menuCommands].sort());
    expect(items.filter(({ id }) => id !== undefined).map(({ id }) => id).sort()).toEqual([...menuCommands].sort());
  });

  it('has the system\'s own items by their role, and no accelerator twice', () => {
    const { items } = menu(platform);
    const roles = items.map(({ role }) => role);
    for (const role of ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen', 'minimize', 'close', 'quit', 'help'] as const) expect(roles).toContain(role);
    const accelerators = items.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(accelerators).size).toBe(accelerators.length);
    expect(accelerators).toEqual(expect.arrayContaining(['CmdOrCtrl+O', 'CmdOrCtrl+E', 'CmdOrCtrl+R', 'CmdOrCtrl+,']));
  });

  it('leads outside to known pages only', () => {
    const { items, opened } = menu(platform);
    for (const item of items.filter(({ id, click: action }) => id === undefined && action !== undefined)) click(item);
    expect(opened).toHaveLength(2);
    for (const url of opened) expect(isOutsidePage(url), url).toBe(true);
  });

  it('has tools for developers in a build of theirs only', () => {
    const tools = ['forceReload', 'reload', 'toggleDevTools'];
    expect(menu(platform).items.filter(({ role }) => tools.includes(role ?? ''))).toEqual([]);
    expect(menu(platform, 'developer').items.map(({ role }) => role)).toContain('toggleDevTools');
  });
});

describe('the application menu', () => {
  it('is macOS\'s own, with services and hiding, and nowhere else', () => {
    const { template } = menu('darwin');
    expect(template[0]?.label).toBe('Tenantscope');
    expect(flat([template[0] ?? {}]).map(({ role }) => role)).toEqual(expect.arrayContaining(['services', 'hide', 'hideOthers', 'unhide', 'quit']));
    for (const platform of ['win32', 'linux']) expect(menu(platform).items.some(({ role }) => role === 'services' || role === 'hide')).toBe(false);
  });
});

describe('the tray\'s icon', () => {
  const shapeOf = (bitmap: Buffer): string => [...bitmap].filter((_, index) => index % 4 === 3).map(alpha => (alpha > 127 ? 'x' : ' ')).join('');

  it('has a shape of its own for each state', () => {
    const shapes = (['idle', 'syncing', 'failed'] as const).map(state => shapeOf(trayBitmap(state, 32, 'coloured')));
    expect(new Set(shapes).size).toBe(3);
    for (const shape of shapes) expect(shape).toContain('x');
  });

  it('is multiplied by its alpha, and black as a template', () => {
    for (const state of ['idle', 'syncing', 'failed'] as const) {
      const coloured = trayBitmap(state, 16, 'coloured');
      expect(coloured).toHaveLength(16 * 16 * 4);
      for (let at = 0; at < coloured.length; at += 4) for (const channel of [0, 1, 2]) expect(coloured[at + channel]).toBeLessThanOrEqual(coloured[at + 3]!);
      expect(trayBitmap(state, 16, 'template').every((byte, index) => index % 4 === 3 || byte === 0)).toBe(true);
    }
  });
});
