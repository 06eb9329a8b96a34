/** The digests that show two archives to hold the same events. */
import { Failure } from '../../shared/errors';
import type { ClockPort, CryptoPort } from './ports';
import type { BodyHashes } from './store/body-hashes';
import { utf8 } from './store/bytes';
import type { LogEvents } from './store/log-events';

/** In hexadecimal digits: of the log ids alone, and of the events' bytes too. */
export type Digests = { readonly digest: string; readonly contentDigest: string };

/**
 * `digest`: SHA-256 of the log ids, sorted as ASCII, joined by newlines. `contentDigest`: the same over `log_id`, a tab, and the
 * SHA-256 of the event's bytes. Only of events whose bytes were hashed: what arrived since is left out of both.
 * @throws Failure operation.cancelled
 */
export async function digestsOver({ crypto, clock }: { readonly crypto: CryptoPort; readonly clock: ClockPort }, rows: Pick<LogEvents, 'sortedLogIds'>, hashes: BodyHashes, signal: AbortSignal): Promise<Digests> {
  const ids = crypto.sha256();
  const contents = crypto.sha256();
  let newline = '';
  for (const slice of rows.sortedLogIds()) {
    const known = slice.map(([logId, seq]) => ({ logId, hash: hashes.get(seq) })).filter(({ hash }) => hash !== null);
    if (known.length > 0) {
      ids.update(utf8(newline + known.map(({ logId }) => logId).join('\n')));
      contents.update(utf8(newline + known.map(({ logId, hash }) => `${logId}\t${hash ?? ''}`).join('\n')));
      newline = '\n';
    }
    await clock.sleep(0);
    if (signal.aborted) throw new Failure('operation.cancelled');
  }
  return { digest: ids.hex(), contentDigest: contents.hex() };
}
