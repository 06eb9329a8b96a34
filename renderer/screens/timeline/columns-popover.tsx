/** Chooses the columns of the timeline and their widths, for hands that do not drag. */
import { Columns3, Minus, Plus } from 'lucide-react';
import { Button, CheckboxField, IconButton, Popover } from '../../components';
import { clampWidth, timelineColumns, widthOf, widthStep } from './column-model';
import type { TimelineColumn } from './column-model';
import styles from './timeline-toolbar.module.css';
import type { ColumnChoiceControl } from './use-column-choice';

type LineProps = { readonly column: TimelineColumn; readonly columns: ColumnChoiceControl };

function ColumnLine({ column, columns: { choice, change } }: LineProps) {
  const widen = (by: number): void => { change(before => ({ ...before, sizes: { ...before.sizes, [column.id]: clampWidth(widthOf(before, column) + by) } })); };
  const isShown = choice.visibility[column.id] === true;
  return (
    <div className={styles.columnRow}>
      <CheckboxField label={column.header} checked={isShown} disabled={column.shown === 'always'}
        onChange={checked => { change(before => ({ ...before, visibility: { ...before.visibility, [column.id]: checked } })); }} />
      <span className={styles.width}>
        <IconButton size="small" icon={Minus} label={`Make ${column.header} narrower`} disabled={!isShown} onClick={() => { widen(-widthStep); }} />
        <IconButton size="small" icon={Plus} label={`Make ${column.header} wider`} disabled={!isShown} onClick={() => { widen(widthStep); }} />
      </span>
    </div>
  );
}

export type ColumnsPopoverProps = { readonly columns: ColumnChoiceControl; readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

export function ColumnsPopover({ columns, open, onOpenChange }: ColumnsPopoverProps) {
  return (
    <Popover label="Columns" align="end" open={open} onOpenChange={onOpenChange} trigger={<Button variant="quiet" icon={Columns3}>Columns</Button>}>
      <div className={styles.columns}>
        {timelineColumns.map(column => <ColumnLine key={column.id} column={column} columns={columns} />)}
        <Button variant="quiet" size="small" onClick={columns.reset}>Back to the usual columns</Button>
      </div>
    </Popover>
  );
}
