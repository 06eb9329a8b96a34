/** Pickers of values with their counts, for every field that the filter bar does not already have. */
import { ChevronDown, ListFilter } from 'lucide-react';
import { useState } from 'react';
import { Button, ComboPicker, Popover } from '../../components';
import { fieldLabels } from '../../filters';
import type { FilterField } from '../../filters';
import { useFacet } from '../../hooks/use-facet';
import type { Filters } from '../../hooks/use-filters';
import styles from './timeline-toolbar.module.css';

const fields = ['type', 'outcome', 'category', 'user', 'ip', 'strategy', 'country', 'hostname', 'browser', 'device'] as const satisfies readonly FilterField[];

const choiceWords = (values: readonly string[]): string => (values.length === 0 ? 'Any' : `${String(values.length)} chosen`);

type PickerProps = { readonly tenant: string; readonly field: (typeof fields)[number]; readonly filters: Filters };

function FieldPicker({ tenant, field, filters }: PickerProps) {
  const [when, setWhen] = useState<'read' | 'wait'>('wait');
  const facet = useFacet({ tenant, field, params: filters.viewParams, when });
  const label = fieldLabels[field];
  const values = filters.valuesOf(field);
  const options = (facet.data?.rows ?? []).map(row => ({ value: row.value, label: row.label, count: row.count, ...(row.label === row.value ? {} : { detail: row.value }) }));
  const trigger = <Button className={styles.choice} aria-label={`${label}: ${choiceWords(values)}`}><span>{choiceWords(values)}</span><ChevronDown size={14} aria-hidden="true" /></Button>;
  return (
    <div className={styles.pickerRow}>
      <span>{label}</span>
      <ComboPicker label={label} options={options} values={values} state={facet.isFetching ? 'loading' : 'ready'} trigger={trigger}
        emptyText={facet.error?.message ?? 'Nothing in these events.'} onOpenChange={open => { setWhen(open ? 'read' : 'wait'); }}
        onChange={chosen => { filters.setValues(field, chosen); }} />
    </div>
  );
}

export type FacetPopoverProps = { readonly tenant: string; readonly filters: Filters; readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

export function FacetPopover({ tenant, filters, open, onOpenChange }: FacetPopoverProps) {
  // What the toggles beside it show needs no second mark.
  const count = fields.filter(field => field !== 'outcome' && filters.valuesOf(field).length > 0).length;
  return (
    <Popover label="Filters" align="end" open={open} onOpenChange={onOpenChange} trigger={<Button icon={ListFilter}>Filters{count > 0 && <span className={styles.number}>{count}</span>}</Button>}>
      <div className={styles.pickers}>{fields.map(field => <FieldPicker key={field} tenant={tenant} field={field} filters={filters} />)}</div>
    </Popover>
  );
}
