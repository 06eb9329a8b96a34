/** Takes from a session what a page could ask for: devices, media, downloads, and for windows the network itself. */
import type { Session } from 'electron';
import { mayLoad, mayUse } from './policies';

/** Electron's default is to grant everything. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl, isMainFrame }) => {
    answer(mayUse({ permission, url: requestingUrl, isMainFrame }));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame }) => mayUse({ permission, url: origin, isMainFrame }));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => {
    answer(null);
  });
  session.setSpellCheckerEnabled(false);
  session.on('will-download', event => {
    event.preventDefault();
  });
}

/** A session of windows makes no request to anywhere; those to Auth0 have a session of their own. */
export function cutOffNetwork(session: Session): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !mayLoad(url) });
  });
}
