/** Keeps every web contents on our one page: no navigation, no new window, no webview. */
import type { WebContents } from 'electron';
import { mayNavigate, openedOutside } from './policies';

type Navigation = { readonly url: string; readonly isMainFrame: boolean; readonly preventDefault: () => void };

const keepHere = (event: Navigation): void => {
  if (!mayNavigate(event)) event.preventDefault();
};

/** `openOutside` gets only pages of the fixed list. */
export function guardContents(contents: WebContents, openOutside: (url: string) => void): void {
  contents.on('will-navigate', keepHere);
  contents.on('will-frame-navigate', keepHere);
  contents.on('will-redirect', keepHere);
  contents.on('will-attach-webview', event => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    const outside = openedOutside(url);
    if (outside !== null) openOutside(outside);
    return { action: 'deny' };
  });
}
