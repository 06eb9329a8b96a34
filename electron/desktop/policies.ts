/** Decides who may call, where the window may go and what it may use: pure functions, deny by default. */
import { isOutsidePage } from '../../shared/domain/outside-pages';

export const appScheme = 'app';
/** Chromium's serialisation of the page's origin: compared byte for byte. */
export const appOrigin = 'app://main';
export const startPage = 'app://main/';

/** Whether a URL is one of our own pages or assets. */
export function isOwnUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, host, username, password } = new URL(text);
  return protocol === 'app:' && host === 'main' && username === '' && password === '';
}

/** Only the one page, in the main frame, with any hash: reloading is allowed, going elsewhere is not. */
export function mayNavigate({ url, isMainFrame }: { readonly url: string; readonly isMainFrame: boolean }): boolean {
  if (!isMainFrame || !isOwnUrl(url)) return false;
  const { pathname, search } = new URL(url);
  return pathname === '/' && search === '';
}

/** A window is never opened; what was asked for goes to the browser only when it is a page of the fixed list. */
export function openedOutside(url: string): string | null {
  return isOutsidePage(url) ? url : null;
}

export type PermissionAsked = { readonly permission: string; readonly url: string; readonly isMainFrame: boolean };

/** Writing text to the clipboard, asked by our own page; nothing else. */
export function mayUse({ permission, url, isMainFrame }: PermissionAsked): boolean {
  return permission === 'clipboard-sanitized-write' && isMainFrame && isOwnUrl(url);
}

/** Whether the window may load a URL at all: its own files and what it made itself. */
export function mayLoad(url: string): boolean {
  return isOwnUrl(url) || /^(?:blob:app:\/\/main\/|data:|devtools:\/\/devtools\/)/.test(url);
}

/** What is known of a frame that sends a message; null when it has gone meanwhile. */
export type Sender = {
  readonly isKnownWindow: boolean;
  readonly frame: { readonly origin: string; readonly url: string; readonly isMainFrame: boolean } | null;
};

/** The main frame of a window we made, showing our page; `about:blank` is nobody's exemption. */
export function mayCall({ isKnownWindow, frame }: Sender): boolean {
  return isKnownWindow && frame !== null && frame.isMainFrame && frame.origin === appOrigin && isOwnUrl(frame.url);
}
