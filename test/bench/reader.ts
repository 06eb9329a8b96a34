/** The engine's questions asked in this process, through the checks of the seam, of the archive that the ingest left. */
import { Archives } from '../../electron/engine/archives';
import { dispatch } from '../../electron/engine/dispatch';
import { handlers } from '../../electron/engine/handlers';
import { markOf, writePageToken } from '../../electron/engine/page-token';
import type { Input, NamesRunning, Output } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { FacetField } from '../../shared/views/facets';
import { createClock } from '../../electron/node/clock';
import { simulatedNow } from '../auth0-simulator/options';
import { testEngine } from '../builders/test-engine';
import { benchTenant } from './event-file';

export type Params = Readonly<Record<string, readonly string[]>>;
export type Question = Input<'view.read'>;

export type Reader = {
  /** @throws Failure */
  readonly ask: <Name extends NamesRunning<'engine'>>(name: Name, input: Input<Name>) => Promise<Output<Name>>;
  /** The token of the page behind an instant, however deep it lies; no row need stand there. */
  readonly pageBehind: (params: Params, at: number) => Promise<string>;
  readonly close: () => Promise<void>;
};

export const pageSize = 100;

/** In the form in which questions carry them. */
export const listed = (params: Params): Record<string, string[]> => Object.fromEntries(Object.entries(params).map(([name, values]) => [name, [...values]]));

export const timeline = (params: Params): Question => ({ tenant: benchTenant, view: 'audit-timeline', params: listed(params), size: pageSize });

export const facetsOf = (field: FacetField): Question => ({ tenant: benchTenant, view: 'facets', params: { field: [field] } });

/** Nothing is read before the first question. */
export function openReader(root: string): Reader {
  const { ports } = testEngine({ root, tenants: [benchTenant], ports: { clock: createClock(simulatedNow) } });
  const archives = new Archives(ports);
  const place = { handlers, context: archives, keepFault: ports.keepFault };
  const { signal } = new AbortController();
  return {
    ask: async (name, input) => {
      const reply = await dispatch(place, { name, input, signal });
      if (!reply.ok) throw Failure.fromReport(reply.error);
      return reply.value as never;
    },
    pageBehind: async (params, at) => {
      const { identity, rows } = await archives.read(benchTenant);
      return writePageToken({ question: markOf('audit-timeline', params), archive: identity, asOf: rows.lastSeq, after: [at, 0] });
    },
    close: () => archives.close(),
  };
}
