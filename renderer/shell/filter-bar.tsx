/** The global filters: time, time zone, application, connection, organization, and chips of everything that is active. */
import type { FacetField } from '../../shared/views/facets';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button, ComboPicker, FilterChip, formatCount, VisuallyHidden } from '../components';
import { fieldLabels } from '../filters';
import type { FilterField } from '../filters';
import { useFacet } from '../hooks/use-facet';
import { useFilterLabels } from '../hooks/use-filter-labels';
import { useFilters } from '../hooks/use-filters';
import type { Filters } from '../hooks/use-filters';
import styles from './filter-bar.module.css';
import { RangePicker } from './range-picker';
import { SyncControl } from './sync-control';
import { tenantName } from './tenant-switcher';
import { TimeZonePicker } from './time-zone-picker';

const pickedFields = ['application', 'connection', 'organization'] as const satisfies readonly (FilterField & FacetField)[];

type PickerProps = { readonly tenant: string; readonly field: (typeof pickedFields)[number]; readonly filters: Filters };

function FacetPicker({ tenant, field, filters }: PickerProps) {
  const [when, setWhen] = useState<'read' | 'wait'>('wait');
  const facet = useFacet({ tenant, field, params: filters.viewParams, when });
  const values = filters.valuesOf(field);
  const label = fieldLabels[field];
  const options = (facet.data?.rows ?? []).map(row => ({ value: row.value, label: row.label, count: row.count }));
  const trigger = <Button variant="quiet" className={styles.picker} aria-label={values.length === 0 ? `${label} filter` : `${label} filter, ${formatCount(values.length)} chosen`}>{label}{values.length > 0 && <span className={styles.number}>{values.length}</span>}<ChevronDown size={14} aria-hidden="true" /></Button>;
  return (
    <ComboPicker label={`${label}s`} options={options} values={values} state={facet.isFetching ? 'loading' : 'ready'} trigger={trigger}
      emptyText={facet.error?.message ?? `No ${label.toLowerCase()} in these events.`}
      onOpenChange={open => { setWhen(open ? 'read' : 'wait'); }} onChange={chosen => { filters.setValues(field, chosen); }} />
  );
}

function Chips({ tenant, filters }: { readonly tenant: string; readonly filters: Filters }) {
  const labelOf = useFilterLabels(tenant, filters.active);
  if (filters.active.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label="Active filters">
      {filters.active.map(filter => (
        <li key={`${filter.field}:${filter.sense}:${filter.value}`}>
          <FilterChip field={fieldLabels[filter.field]} value={labelOf(filter)} sense={filter.sense} onRemove={() => { filters.remove(filter); }} />
        </li>
      ))}
      <li><Button size="small" variant="quiet" onClick={filters.clear}>Clear all</Button></li>
    </ul>
  );
}

/** `title`: of the screen below, for whoever does not see it. */
export function FilterBar({ tenant, title }: { readonly tenant: string; readonly title: string }) {
  const filters = useFilters();
  return (
    <header className={styles.bar}>
      <VisuallyHidden><h1>{title} of {tenantName(tenant)}</h1></VisuallyHidden>
      <div className={styles.controls} role="group" aria-label="Filters">
        <RangePicker range={filters.range} timeZone={filters.timeZone} onChange={filters.setRange} />
        <TimeZonePicker timeZone={filters.timeZone} onChange={filters.setTimeZone} />
        <span className={styles.divider} aria-hidden="true" />
        {pickedFields.map(field => <FacetPicker key={field} tenant={tenant} field={field} filters={filters} />)}
        <span className={styles.space} />
        <SyncControl tenant={tenant} />
      </div>
      <Chips tenant={tenant} filters={filters} />
    </header>
  );
}
