/** Lets a download flow into an HTTP response under a file name that every browser and file system takes. */
import type { ServerResponse } from 'node:http';
import type { DownloadSink } from './downloads';

const longestName = 120;

/** Printable ASCII without what ends a header's text or names a folder; never empty, never hidden. */
export function asciiName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._ -]+/g, '_').replace(/^[. ]+|[. ]+$/g, '').slice(0, longestName);
  return plain === '' ? 'tenantscope-export' : plain;
}

export function sinkOf(response: ServerResponse, head: Readonly<Record<string, string>>): DownloadSink {
  return {
    begin: () => { response.writeHead(200, head); },
    write: bytes => response.write(bytes),
    end: () => { response.end(); },
    cut: () => { response.destroy(); },
    once: (event, listener) => response.once(event, listener),
    off: (event, listener) => response.off(event, listener),
    isGone: () => response.destroyed,
  };
}
