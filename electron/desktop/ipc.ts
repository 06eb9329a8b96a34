/** Carries calls from our page to the call desk, and refuses everybody else's. */
import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { Push, Reply } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { CallDesk } from '../node/call-desk';
import { callChannel, pushChannel } from './bridge';
import { mayCall } from './policies';

type IpcPorts = {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly desk: () => Promise<Pick<CallDesk, 'handle'>>;
  readonly isOurs: (contents: WebContents) => boolean;
};

function isAllowed({ sender, senderFrame }: IpcMainInvokeEvent, isOurs: IpcPorts['isOurs']): boolean {
  const frame = senderFrame === null ? null : { origin: senderFrame.origin, url: senderFrame.url, isMainFrame: senderFrame.parent === null };
  return mayCall({ isKnownWindow: isOurs(sender), frame });
}

export function answerCalls({ ipcMain, desk, isOurs }: IpcPorts): void {
  ipcMain.handle(callChannel, async (event, message: unknown): Promise<Reply> => {
    if (!isAllowed(event, isOurs)) return { ok: false, error: new Failure('operation.refused').report() };
    return (await desk()).handle(message);
  });
}

export function sendPush(contents: WebContents, push: Push): void {
  if (!contents.isDestroyed()) contents.send(pushChannel, push);
}
