/** The table model of the timeline: which columns there are, which are shown, how wide they are. */
import { columnResizingFeature, columnSizingFeature, columnVisibilityFeature, functionalUpdate, tableFeatures, useTable } from '@tanstack/react-table';
import type { ColumnDef, ReactTable } from '@tanstack/react-table';
import { narrowest, timelineColumns, widest } from './column-model';
import type { TimelineRow } from './timeline-row';
import type { ColumnChoiceControl } from './use-column-choice';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature, columnVisibilityFeature });

const definitions: readonly ColumnDef<typeof features, TimelineRow>[] = timelineColumns.map(({ id, header, width, shown }) => ({
  id, header, size: width, minSize: narrowest, maxSize: widest, enableHiding: shown !== 'always',
}));

export type TimelineTable = ReactTable<typeof features, TimelineRow>;

export function useTimelineTable(rows: readonly TimelineRow[], { choice, change }: ColumnChoiceControl): TimelineTable {
  return useTable({
    features, columns: definitions, data: rows, columnResizeMode: 'onChange', getRowId: row => row.logId,
    state: { columnSizing: choice.sizes, columnVisibility: choice.visibility },
    onColumnSizingChange: updater => { change(before => ({ ...before, sizes: functionalUpdate(updater, { ...before.sizes }) })); },
    onColumnVisibilityChange: updater => { change(before => ({ ...before, visibility: functionalUpdate(updater, { ...before.visibility }) })); },
  });
}
