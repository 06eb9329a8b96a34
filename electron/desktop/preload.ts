/** The only thing the page sees of Electron: one frozen object with three functions. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Push } from '../../shared/contract';
import { callChannel, pushChannel } from './bridge';
import type { Bridge } from './bridge';

type Listener = (push: Push) => void;

/** Pushes that come before the page listens are kept: a menu command may have opened the window. */
const mostKept = 100;

function createSubscribe(): Bridge['onPush'] {
  const kept: Push[] = [];
  const listeners = new Set<{ readonly hear: Listener }>();
  // The event object, which leads back to Electron, ends here.
  ipcRenderer.on(pushChannel, (_event, push: Push) => {
    if (listeners.size === 0 && kept.length < mostKept) kept.push(push);
    for (const { hear } of listeners) hear(push);
  });
  return hear => {
    if (typeof hear !== 'function') throw new TypeError('a listener is a function');
    const entry = { hear };
    listeners.add(entry);
    // Later, when whoever begins to listen is ready to hear.
    const late = kept.splice(0);
    void Promise.resolve().then(() => { for (const push of late) hear(push); });
    return () => { listeners.delete(entry); };
  };
}

const bridge: Bridge = Object.freeze({
  call: (message: unknown) => ipcRenderer.invoke(callChannel, message) as ReturnType<Bridge['call']>,
  onPush: createSubscribe(),
  pathForFile: (file: File) => webUtils.getPathForFile(file),
});

contextBridge.exposeInMainWorld('tenantscope', bridge);
