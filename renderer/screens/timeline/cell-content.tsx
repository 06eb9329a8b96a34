/** What stands in a cell of the timeline: text nodes only. */
import type { ReactNode } from 'react';
import { LogText, OutcomeBadge, Time } from '../../components';
import type { TimelineColumn } from './column-model';
import styles from './timeline-grid.module.css';
import type { TimelineRow } from './timeline-row';

/** No screen is wider. */
const longestCell = 300;

function words(row: TimelineRow, column: TimelineColumn): string | null {
  switch (column.id) {
    case 'userName': return row.userName ?? row.userId;
    case 'connection': return row.connection ?? row.connectionId;
    case 'organizationName': return row.organizationName ?? row.organizationId;
    case 'applicationName': return row.applicationName ?? row.applicationId;
    case 'category': return row.category.replaceAll('_', ' ');
    default: return row[column.id];
  }
}

export function cellContent(row: TimelineRow, column: TimelineColumn): ReactNode {
  if (column.id === 'occurredAt') return <Time at={row.occurredAt} form="table" />;
  if (column.id === 'outcome') return <OutcomeBadge outcome={row.outcome} />;
  if (column.id === 'eventName') {
    return (
      <span className={styles.event}>
        <LogText text={row.eventName} max={longestCell} className={styles.name} />
        {row.eventName !== row.type && <LogText text={row.type} max={longestCell} face="mono" className={styles.code} />}
      </span>
    );
  }
  return <LogText text={words(row, column)} max={longestCell} face={column.face} />;
}
