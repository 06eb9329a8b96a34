/** The filters of the address as a screen uses them: active ones, changes, and what to ask a view. */
import { useCallback, useMemo } from 'react';
import type { HistoryStep, Params } from '../address';
import { navigate, parseAddress, useAddress } from '../address';
import { addFilter, clearFilters, filtersOf, rangeChanges, rangeOf, removeFilter, timeZoneOf, viewParams } from '../filters';
import type { Filter, FilterField, Range } from '../filters';
import { useDefaultTimeZone } from './use-settings';
import { useNow } from './use-now';

export type Filters = {
  readonly range: Range;
  /** IANA name: the address's, else the settings'. */
  readonly timeZone: string;
  readonly active: readonly Filter[];
  /** For `view.read`; the same object while the address and the moment stay. */
  readonly viewParams: Readonly<Record<string, readonly string[]>>;
  readonly valuesOf: (field: FilterField | 'q') => readonly string[];
  readonly setValues: (field: FilterField | 'q', values: readonly string[], step?: HistoryStep) => void;
  readonly add: (filter: Filter) => void;
  readonly remove: (filter: Filter) => void;
  readonly clear: () => void;
  readonly setRange: (range: Range) => void;
  readonly setTimeZone: (timeZone: string | null) => void;
};

/** Two changes in one turn must not lose the first: the address is read as it is now. */
const change = (by: (params: Params) => Params): void => {
  const address = parseAddress(window.location.hash);
  navigate({ ...address, params: by(address.params) });
};

export function useFilters(): Filters {
  const { address: { params }, setParams } = useAddress();
  const defaultZone = useDefaultTimeZone();
  const { now, renew } = useNow();
  const timeZone = timeZoneOf(params) ?? defaultZone;
  const asked = useMemo(() => viewParams(params, { now, timeZone }), [params, now, timeZone]);
  const askedText = JSON.stringify(asked);
  // Opening an event changes the address and not the question.
  const stable = useMemo(() => JSON.parse(askedText) as Record<string, string[]>, [askedText]);
  const setRange = useCallback((range: Range) => {
    renew();
    setParams(rangeChanges(range));
  }, [renew, setParams]);
  return {
    range: rangeOf(params), timeZone, active: useMemo(() => filtersOf(params), [params]), viewParams: stable,
    valuesOf: field => params[field] ?? [],
    setValues: (field, values, step) => { setParams({ [field]: values }, step); },
    add: filter => { change(current => addFilter(current, filter)); },
    remove: filter => { change(current => removeFilter(current, filter)); },
    clear: () => { change(clearFilters); },
    setRange, setTimeZone: zone => { setParams({ timeZone: zone }); },
  };
}
