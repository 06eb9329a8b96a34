/** Answers `app://main/` with the built page: the map of its files, nothing else. */
import type { StaticFiles } from '../node/static-files';
import { securityHeaders, serveFile } from '../node/static-files';
import { isOwnUrl } from './policies';

const connect = 'none';

/** Says no with a body: Chromium puts a page of its own in the place of an empty answer. */
const refusal = (status: 404 | 405, text: string): Response =>
  new Response(text, { status, headers: { ...securityHeaders(connect), 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' } });

export function answerPage(files: StaticFiles, { method, url }: { readonly method: string; readonly url: string }): Response {
  if (method !== 'GET') return refusal(405, 'Only reading is possible here.\n');
  if (!isOwnUrl(url)) return refusal(404, 'There is no such page.\n');
  const { status, headers, body } = serveFile(files, new URL(url).pathname, connect);
  return new Response(Buffer.from(body), { status, headers });
}
