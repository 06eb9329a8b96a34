/** An Auth0 port that hands out prepared pages: what an ingest costs without network, HTTP and token. */
import type { Auth0Port } from '../../electron/engine/ports';
import type { LogsReply } from '../../shared/domain/logs-page';
import type { EventFile } from './event-file';
import { eventsPerPage } from './event-file';

/** A `from` that ends no page is a place before the log's start, as the first request of a sync names it. */
export function preparedLog(events: EventFile): Auth0Port {
  const lastOf = (page: number): string => events.logId(Math.min((page + 1) * eventsPerPage, events.count) - 1);
  const pageBehind = new Map(Array.from({ length: events.pageCount }, (_, page) => [lastOf(page), page + 1]));
  const reply = (page: number): LogsReply =>
    page < events.pageCount
      ? { kind: 'page', body: events.page(page), nextFrom: lastOf(page), budget: null }
      : { kind: 'page', body: new TextEncoder().encode('[]'), nextFrom: null, budget: null };
  return { logs: (_tenant, request) => Promise.resolve(reply(request.mode === 'oldest' ? 0 : (pageBehind.get(request.from) ?? 0))) };
}
