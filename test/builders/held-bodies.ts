/** Everything that the files of a journal hold, whole or left over, as far as it opens with the key. */
import { frameHeaderBytes, frameMagic, openFrame, readFrameHeader } from '../../electron/engine/store/frame';
import { equalBytes } from '../../electron/engine/store/bytes';
import { createCompression } from '../../electron/node/compression';
import { createCrypto } from '../../electron/node/crypto';
import type { DiskContent } from './crash-state';
import { faultKey, faultTenant } from './fault-world';

const context = { tenant: faultTenant, key: faultKey, crypto: createCrypto(), compression: createCompression() };

function* framesIn(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = bytes.indexOf(frameMagic[0] ?? 0); at >= 0; at = bytes.indexOf(frameMagic[0] ?? 0, at + 1)) {
    const header = equalBytes(bytes.subarray(at, at + frameMagic.length), frameMagic) ? readFrameHeader(bytes.subarray(at, at + frameHeaderBytes)) : null;
    if (header !== null) yield bytes.slice(at, at + frameHeaderBytes + header.sealedBytes);
  }
}

/** The text of each event and of each body that was set aside, in any file. */
export const heldBodies = (content: DiskContent): readonly string[] =>
  [...content.values()].flatMap(bytes => [...framesIn(bytes)].flatMap(frame => {
    const opened = openFrame(context, frame);
    return opened === null ? [] : [...opened.events, ...opened.setAside].map(item => Buffer.from(item.bytes).toString());
  }));
