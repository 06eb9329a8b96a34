/** Leads from a bucket of a chart, or from one reason in it, to exactly the events behind it. */
import { useCallback } from 'react';
import { auditTimeline } from '../../../shared/views/audit-timeline';
import { facets } from '../../../shared/views/facets';
import { navigate, toTimeline } from '../../address';
import type { Params } from '../../address';
import type { TimeChart } from '../../charts';
import { useToasts } from '../../components';
import { viewParams } from '../../filters';
import { asFailure } from '../../hooks/use-operation';
import { useTries } from '../../hooks/use-tries';
import { readViewPage } from '../../hooks/use-view-page';
import { isReasonSeries, needsStrategies, paramsBehindReason, strategyParams } from './behind-reason';
import type { ReasonSeries } from './behind-reason';
import type { ChartSpec } from './chart-specs';
import { clipped, paramsBehind, paramsWithin } from './click-through';
import type { ActivityQuestion } from './use-activity-question';

export type OpenBehind = { readonly open: (bucket: number, segment: string | null) => void; readonly can: (bucket: number, segment: string | null) => boolean };

type Place = Pick<ActivityQuestion, 'tenant' | 'timeZone' | 'definition'>;
type Reason = { readonly reason: ReasonSeries; /** As the chart shows it. */ readonly count: number; /** Filters of its bucket. */ readonly params: Params };

const mostStrategies = '1000';

/** A bucket's range is absolute: the moment of the question plays no part. */
const asked = (params: Params, { timeZone }: Place): Readonly<Record<string, readonly string[]>> => viewParams(params, { now: 0, timeZone });

async function strategiesIn(params: Params | null, place: Place, signal: AbortSignal): Promise<readonly string[]> {
  if (params === null) return [];
  const page = await readViewPage(facets, { tenant: place.tenant, params: { ...asked(params, place), field: ['strategy'], limit: [mostStrategies] }, size: Number(mostStrategies) }, { signal });
  return page.rows.map(row => row.value);
}

/** The filters that find as many events as were counted; null where none do. @throws Failure of the catalogue */
async function findReason({ reason, count, params }: Reason, place: Place, signal: AbortSignal): Promise<Params | null> {
  const strategies = needsStrategies(reason) ? await strategiesIn(strategyParams(params), place, signal) : [];
  const found = paramsBehindReason(params, { reason, definition: place.definition, strategies });
  const [only] = found;
  if (reason !== 'other') return only ?? null;
  for (const candidate of found) {
    const page = await readViewPage(auditTimeline, { tenant: place.tenant, params: asked(candidate, place), size: 1 }, { signal });
    if (page.total === count) return candidate;
  }
  return null;
}

function useOpenReason({ tenant, timeZone, definition, address }: Place & Pick<ActivityQuestion, 'address'>): (reason: Reason, bucket: Params) => void {
  const toasts = useToasts();
  const tries = useTries(address);
  return useCallback((reason: Reason, bucket: Params) => {
    tries.begin(signal => findReason(reason, { tenant, timeZone, definition }, signal), {
      onFound: found => {
        if (found === null) toasts.show({ title: 'These cannot be filtered on their own', text: 'The timeline shows every failed login of this stretch of time.' });
        navigate(toTimeline(tenant, found ?? bucket));
      },
      onFailed: error => { toasts.showFailure(asFailure(error)); },
    });
  }, [toasts, tries, tenant, timeZone, definition]);
}

export function useOpenBehind(spec: ChartSpec, question: ActivityQuestion, chart: TimeChart | null): OpenBehind {
  const { tenant, address, asked: range, definition, timeZone } = question;
  const openReason = useOpenReason(question);
  const spanOf = useCallback((bucket: number) => {
    const at = chart?.buckets[bucket];
    if (at === undefined) return null;
    const { from, to } = clipped(at, range);
    return { from: spec.counted === 'cumulative-signups' ? null : from, to };
  }, [chart, range, spec.counted]);
  const behind = useCallback((bucket: number) => {
    const span = spanOf(bucket);
    return span === null ? null : paramsBehind(address, { counted: spec.counted, definition, timeZone, span });
  }, [spanOf, address, spec.counted, definition, timeZone]);
  const countOf = useCallback((bucket: number, segment: string | null) => {
    const values = segment === null ? chart?.whole.values : chart?.series.find(series => series.id === segment)?.values;
    return values?.[bucket] ?? 0;
  }, [chart]);
  const open = useCallback((bucket: number, segment: string | null) => {
    const span = spanOf(bucket);
    const whole = behind(bucket);
    if (segment !== null && isReasonSeries(segment) && span !== null) openReason({ reason: segment, count: countOf(bucket, segment), params: paramsWithin(address, span, timeZone) }, whole ?? address);
    else if (whole !== null) navigate(toTimeline(tenant, whole));
  }, [spanOf, behind, openReason, countOf, address, timeZone, tenant]);
  const can = useCallback((bucket: number, segment: string | null) => countOf(bucket, segment) > 0 && (segment !== null || behind(bucket) !== null), [countOf, behind]);
  return { open, can };
}
