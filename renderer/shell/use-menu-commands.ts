/** Does what the desktop's menu and tray ask for, as the page's own buttons do. */
import { useEffect, useEffectEvent } from 'react';
import type { MenuCommand } from '../../shared/contract';
import { navigate, parseAddress, toScreen, toSettings, toTimeline } from '../address';
import { onPush } from '../engine-client';
import { useListedShortcuts } from '../hooks/use-shortcuts';
import { useRunSync } from './sync-control';

const exportKey = 'e';

export function useMenuCommands(tenant: string): void {
  const sync = useRunSync(tenant);
  const shortcuts = useListedShortcuts();
  const obey = useEffectEvent((command: MenuCommand) => {
    switch (command) {
      case 'import': navigate(toScreen('import')); break;
      case 'settings': navigate(toSettings()); break;
      case 'about': navigate(toScreen('about')); break;
      case 'sync': sync(); break;
      case 'export':
        // The screen that shows events knows what to export.
        if (parseAddress(window.location.hash).screen === 'timeline') shortcuts.findLast(shortcut => shortcut.keys === exportKey)?.run?.();
        else navigate(toTimeline(tenant));
        break;
    }
  });
  useEffect(() => onPush(push => { if (push.name === 'menu.command') obey(push.value.command); }), []);
}
