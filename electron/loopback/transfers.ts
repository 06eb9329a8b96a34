/** The loopback host's uploads and downloads in the words in which a host asks for them. */
import type { Transfers } from '../node/host';
import { createDownloads } from './downloads';
import type { Downloads } from './downloads';
import { createUploads } from './uploads';
import type { Uploads } from './uploads';

export type LoopbackTransfers = { readonly uploads: Uploads; readonly downloads: Downloads; readonly transfers: Transfers };

export function createLoopbackTransfers(): LoopbackTransfers {
  const uploads = createUploads();
  const downloads = createDownloads();
  return {
    uploads, downloads,
    transfers: {
      uploadSize: uploads.size,
      readUpload: uploads.read,
      writeDownload: downloads.write,
      endDownload: downloads.end,
      // A browser asks by itself where a download goes.
      chooseSave: () => Promise.resolve(null),
    },
  };
}
