/** A request for a page of a tenant's log and what may come back, as the sync and the Auth0 client agree on it. */
import type { RateBudget } from '../contract';
import type { LogId } from './ids';

/** `checkpoint`: events strictly newer than `from`, in log id order. `oldest`: a page, counted from 0, of a search by date, oldest first; Auth0 gives at most 1,000 events in all. */
export type LogsRequest =
  | { readonly mode: 'checkpoint'; readonly from: LogId; readonly take: number }
  | { readonly mode: 'oldest'; readonly take: number; readonly page: number };

/**
 * `page`: the body as it came, and the `from` of the `Link` header when there was one.
 * `refused`: Auth0 does not accept this `from` or search (400 or 404), which the sync knows how to handle.
 */
export type LogsReply =
  | { readonly kind: 'page'; readonly body: Uint8Array; readonly nextFrom: LogId | null; readonly budget: RateBudget | null }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string };
