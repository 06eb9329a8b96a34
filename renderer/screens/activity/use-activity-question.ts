/** What the screen asks of every view: the filters of the address, the range in instants, the one before, and the grain. */
import { useMemo } from 'react';
import { useAddress } from '../../address';
import type { Params } from '../../address';
import type { ChartGrain } from '../../charts';
import { useFilters } from '../../hooks/use-filters';
import type { Filters } from '../../hooks/use-filters';
import { useNow } from '../../hooks/use-now';
import type { ArchiveSpan, AskedSpan, Span } from './activity-time';
import { grainOf, timesOf, withinSpan } from './activity-time';
import type { Definition } from './click-through';

const liveMs = 3 * 86_400_000;

export type ViewParams = Readonly<Record<string, readonly string[]>>;

export type ActivityQuestion = {
  readonly tenant: string;
  readonly filters: Filters;
  /** Parameters of the address. */
  readonly address: Params;
  readonly timeZone: string;
  /** What grains and words go by: the range, ended by the archive as far as its dates can be right. Null for an archive without events. */
  readonly span: Span | null;
  /** The range as asked; null for all of time. */
  readonly asked: AskedSpan | null;
  readonly grain: ChartGrain;
  readonly definition: Definition;
  readonly compare: 'previous' | 'off';
  /** Whether the archive has anything of the period before the range. */
  readonly hasBefore: boolean;
  /** Whether the archive reaches into the last days: then these are what one looks at. */
  readonly isLive: boolean;
  /** For views of the range as a whole. */
  readonly params: ViewParams;
  /** For the period before; null where there is none to compare with, or none is wanted. */
  readonly previousParams: ViewParams | null;
};

export function useActivityQuestion(tenant: string, archive: ArchiveSpan): ActivityQuestion {
  const { address: { params: address } } = useAddress();
  const filters = useFilters();
  const { now } = useNow();
  const { range, timeZone, viewParams } = filters;
  const rangeKey = JSON.stringify(range);
  const { firstAt, lastAt } = archive;
  const grainAsked = address.grain?.at(-1) ?? null;
  const compare = address.compare?.at(-1) === 'off' ? 'off' : 'previous';
  const definition = address.definition?.at(-1) === 'auth0' ? 'auth0' : 'tenantscope';
  const times = useMemo(() => {
    const { span, asked, before } = timesOf(JSON.parse(rangeKey) as typeof range, { firstAt, lastAt }, { now, timeZone });
    return {
      span, asked, isLive: span !== null && now - span.to < liveMs, hasBefore: before !== null, grain: span === null ? 'day' as const : grainOf(grainAsked, span),
      params: withinSpan(viewParams, asked ?? { from: null, to: null }), previousParams: before === null || compare === 'off' ? null : withinSpan(viewParams, before),
    };
  }, [rangeKey, firstAt, lastAt, now, timeZone, viewParams, grainAsked, compare]);
  return { tenant, filters, address, timeZone, definition, compare, ...times };
}
