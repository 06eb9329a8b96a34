/** The two digests by which archives and simulated logs are compared. */
import { createHash } from 'node:crypto';
import type { LogId } from '../../shared/domain/ids';

export type DigestItem = { readonly logId: LogId; readonly bytes: () => Uint8Array };

const ascii = (a: DigestItem, b: DigestItem): number => (a.logId < b.logId ? -1 : a.logId > b.logId ? 1 : 0);

function digestLines(items: readonly DigestItem[], line: (item: DigestItem) => string): string {
  const hash = createHash('sha256');
  const sorted = [...items].sort(ascii);
  sorted.forEach((item, index) => hash.update(index === 0 ? line(item) : `\n${line(item)}`));
  return hash.digest('hex');
}

/** SHA-256, hex, of the log ids sorted as ASCII and joined by line feeds; no items give the SHA-256 of nothing. */
export const digestOf = (items: readonly DigestItem[]): string => digestLines(items, item => item.logId);

/** The same over `log_id`, a tab and the SHA-256 (hex) of the event's bytes. */
export const contentDigestOf = (items: readonly DigestItem[]): string =>
  digestLines(items, item => `${item.logId}\t${createHash('sha256').update(item.bytes()).digest('hex')}`);
