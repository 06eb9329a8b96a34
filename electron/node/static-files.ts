/** Serves the page's built files, read once into a map, to the desktop's `app://` scheme and to the loopback host alike. */
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Failure } from '../../shared/errors';
import { problemOf } from './system-problem';

export type StaticFile = { readonly body: Uint8Array; readonly type: string };

/** By the path of a URL exactly as it stands in a request: `/`, `/assets/main-1a2b3c4d.js`. Nothing else is ever read. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

export type StaticReply = { readonly status: 200 | 404; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array };

/** Where the page may connect to: nowhere in the desktop's window, to its own host in a browser. */
export type ConnectSource = 'none' | 'self';

const pageName = 'index.html';
/** The bundler puts a hash of the content into these names. */
const hashedFolder = '/assets/';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** The policy of every answer; the two hosts differ in the one word. */
export const contentSecurityPolicy = (connect: ConnectSource): string => [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'",
  `connect-src '${connect}'`, "worker-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'none'",
  "frame-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", 'trusted-types app',
].join('; ');

/** What a browser knows by name and the page does not need; copying to the clipboard is the one thing it does. */
const deniedFeatures = [
  'accelerometer', 'autoplay', 'browsing-topics', 'camera', 'clipboard-read', 'display-capture', 'encrypted-media', 'fullscreen', 'gamepad',
  'geolocation', 'gyroscope', 'hid', 'idle-detection', 'keyboard-map', 'local-fonts', 'magnetometer', 'microphone', 'midi', 'payment',
  'picture-in-picture', 'publickey-credentials-create', 'publickey-credentials-get', 'screen-wake-lock', 'serial', 'storage-access', 'usb',
  'window-management', 'xr-spatial-tracking',
];

/** Headers of every answer of a host, whatever it is. */
export const securityHeaders = (connect: ConnectSource): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': contentSecurityPolicy(connect),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': [...deniedFeatures.map(feature => `${feature}=()`), 'clipboard-write=(self)'].join(', '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
});

/**
 * Every file of the folder; the page itself stands under `/` too.
 * @throws Failure host.page-missing when there is no built page
 */
export function readStaticFiles(folder: string): StaticFiles {
  try {
    return new Map([...filesUnder(folder, '/'), ['/', fileAt(join(folder, pageName))]]);
  } catch (error) {
    throw new Failure('host.page-missing', { problem: problemOf(error) });
  }
}

/** Not the recursive listing of Node: inside an application archive it is not to be relied on. */
const filesUnder = (folder: string, path: string): readonly (readonly [string, StaticFile])[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const name = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(name, `${path}${entry.name}/`) : [[`${path}${entry.name}`, fileAt(name)] as const];
  });

const fileAt = (name: string): StaticFile => ({ body: readFileSync(name), type: types[extname(name)] ?? 'application/octet-stream' });

/**
 * The answer for the path of a URL, undecoded and without the query. What is not in the map is not there: no path is ever joined,
 * decoded or normalised. Whether the method is GET or HEAD is for the caller to see to.
 */
export function serveFile(files: StaticFiles, path: string, connect: ConnectSource): StaticReply {
  const file = files.get(path);
  if (file === undefined) return replyOf(404, { body: new TextEncoder().encode('There is no such file.\n'), type: 'text/plain; charset=utf-8' }, { connect, caching: 'no-store' });
  const isHashed = path.startsWith(hashedFolder);
  return replyOf(200, file, { connect, caching: isHashed ? 'private, max-age=31536000, immutable' : 'no-store' });
}

function replyOf(status: StaticReply['status'], { body, type }: StaticFile, { connect, caching }: { readonly connect: ConnectSource; readonly caching: string }): StaticReply {
  const headers = { ...securityHeaders(connect), 'Cache-Control': caching, 'Content-Length': String(body.byteLength), 'Content-Type': type };
  return { status, headers, body };
}
