/** What stands above the list: search, outcomes, more filters, and what the list covers. */
import { Download } from 'lucide-react';
import { Button, formatCount, Skeleton } from '../../components';
import type { Filters } from '../../hooks/use-filters';
import { ColumnsPopover } from './columns-popover';
import { FacetPopover } from './facet-pickers';
import { OutcomeToggles } from './outcome-toggles';
import { SearchBox } from './search-box';
import styles from './timeline-toolbar.module.css';
import type { ColumnChoiceControl } from './use-column-choice';
import type { NewEvents } from './use-new-events';

export type ToolbarLayer = 'facets' | 'columns' | 'export' | null;

export type TimelineToolbarProps = {
  readonly tenant: string;
  readonly filters: Filters;
  readonly columns: ColumnChoiceControl;
  /** Null while it is read. */
  readonly coverage: string | null;
  readonly fresh: NewEvents;
  readonly layer: ToolbarLayer;
  readonly onLayer: (layer: ToolbarLayer) => void;
  readonly canExport: boolean;
};

export function TimelineToolbar({ tenant, filters, columns, coverage, fresh, layer, onLayer, canExport }: TimelineToolbarProps) {
  return (
    <div className={styles.toolbar}>
      <div className={styles.search}>
        <div className={styles.box}><SearchBox value={filters.valuesOf('q').at(-1) ?? ''} onSearch={text => { filters.setValues('q', text === '' ? [] : [text], 'replace'); }} /></div>
        <OutcomeToggles tenant={tenant} filters={filters} when={coverage === null ? 'wait' : 'read'} />
        <span className={styles.space} />
        <FacetPopover tenant={tenant} filters={filters} open={layer === 'facets'} onOpenChange={open => { onLayer(open ? 'facets' : null); }} />
      </div>
      <div className={styles.status}>
        <span role="status" className={styles.coverage}>{coverage ?? <Skeleton width="320px" />}</span>
        {fresh.count > 0 && <Button size="small" onClick={fresh.show}>{formatCount(fresh.count)} new {fresh.count === 1 ? 'event' : 'events'} — show</Button>}
        <span className={styles.space} />
        <ColumnsPopover columns={columns} open={layer === 'columns'} onOpenChange={open => { onLayer(open ? 'columns' : null); }} />
        <Button variant="quiet" icon={Download} disabled={!canExport} onClick={() => { onLayer('export'); }}>Export</Button>
      </div>
    </div>
  );
}
