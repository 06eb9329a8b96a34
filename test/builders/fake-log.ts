/** A log behind the Auth0 port: checkpoint pages, the search for the oldest, eviction and refusals, without a network. */
import type { Auth0Port } from '../../electron/engine/ports';
import { compareLogIds } from '../../shared/domain/ids';
import type { LogsReply, LogsRequest } from '../../shared/domain/logs-page';
import type { RawEvent } from './log-event';

export type FakeLog = Auth0Port & {
  readonly requests: LogsRequest[];
  /** Visible events; change it freely. */
  events: RawEvent[];
  /** `oldest`: an unknown `from` is a position; `refuse`: only ids of visible events are accepted. */
  unknownFrom: 'oldest' | 'refuse';
  /** Called before each answer; may answer instead. */
  intercept: ((request: LogsRequest, number: number) => LogsReply | Promise<LogsReply> | undefined) | null;
};

export const pageOf = (events: readonly unknown[], nextFrom: string | null = null): LogsReply => ({
  kind: 'page', body: new TextEncoder().encode(JSON.stringify(events)), nextFrom, budget: null,
});
const refused: LogsReply = { kind: 'refused', status: 400, message: 'Invalid from' };

export function fakeLog(events: readonly RawEvent[]): FakeLog {
  const log: FakeLog = {
    requests: [],
    events: [...events],
    unknownFrom: 'oldest',
    intercept: null,
    logs: async (_tenant, request) => {
      log.requests.push(request);
      const instead = await log.intercept?.(request, log.requests.length);
      return instead ?? answer(log, request);
    },
  };
  return log;
}

function answer(log: FakeLog, request: LogsRequest): LogsReply {
  const sorted = [...log.events].sort((a, b) => compareLogIds(a.log_id, b.log_id));
  if (request.mode === 'oldest') return pageOf([...log.events].sort((a, b) => (a.date < b.date ? -1 : 1)).slice(request.page * request.take, (request.page + 1) * request.take));
  if (log.unknownFrom === 'refuse' && !sorted.some(event => event.log_id === request.from)) return refused;
  const page = sorted.filter(event => compareLogIds(event.log_id, request.from) > 0).slice(0, request.take);
  return pageOf(page, page.at(-1)?.log_id ?? request.from);
}
