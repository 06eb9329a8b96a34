/** The fields of an event that the index knows, each with what can be done with its value. */
import { Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { CopyButton, IconButton, LogText, OutcomeBadge, Time, useTimeFormat } from '../../components';
import styles from './event-drawer.module.css';
import type { TimelineRow } from './timeline-row';
import type { CellFilter } from './timeline-row-line';
import { cellTarget } from './value-filters';

type Field = { readonly id: keyof TimelineRow & string; readonly label: string; readonly face?: 'mono' };

const fields: readonly Field[] = [
  { id: 'eventName', label: 'Event' }, { id: 'type', label: 'Type', face: 'mono' }, { id: 'category', label: 'Category' }, { id: 'outcome', label: 'Outcome' },
  { id: 'description', label: 'Description' },
  { id: 'userName', label: 'User' }, { id: 'userId', label: 'User id', face: 'mono' },
  { id: 'connection', label: 'Connection' }, { id: 'connectionId', label: 'Connection id', face: 'mono' }, { id: 'strategy', label: 'Strategy', face: 'mono' },
  { id: 'organizationName', label: 'Organization' }, { id: 'organizationId', label: 'Organization id', face: 'mono' },
  { id: 'applicationName', label: 'Application' }, { id: 'applicationId', label: 'Application id', face: 'mono' },
  { id: 'ip', label: 'Address', face: 'mono' }, { id: 'hostname', label: 'Host name', face: 'mono' }, { id: 'userAgent', label: 'User agent' },
];

/** Characters of a value that are drawn at first. */
const firstCharacters = 2000;

type LineProps = { readonly label: string; readonly value: ReactNode; readonly copied: string | null; readonly target: ReturnType<typeof cellTarget>; readonly onFilter: CellFilter };

function SummaryLine({ label, value, copied, target, onFilter }: LineProps) {
  const what = label.toLowerCase();
  return (
    <div className={styles.field}>
      <dt className={styles.term}>{label}</dt>
      <dd className={styles.value}>
        <span className={styles.words}>{value}</span>
        <span className={styles.actions}>
          {target !== null && <IconButton size="small" icon={Plus} label={`Filter for this ${what}`} onClick={() => { onFilter(target, 'for'); }} />}
          {target !== null && target.field !== 'q' && <IconButton size="small" icon={Minus} label={`Filter this ${what} out`} onClick={() => { onFilter(target, 'not'); }} />}
          {copied !== null && <CopyButton text={copied} what={what} />}
        </span>
      </dd>
    </div>
  );
}

export function EventSummary({ row, onFilter }: { readonly row: TimelineRow; readonly onFilter: CellFilter }) {
  const { timeZone } = useTimeFormat();
  return (
    <dl className={styles.summary}>
      <SummaryLine label="Time" value={<><Time at={row.occurredAt} form="exact" /> <span className={styles.zone}>{timeZone}</span></>} copied={null} target={null} onFilter={onFilter} />
      <SummaryLine label="Time (UTC)" value={<span className={styles.mono}>{row.occurredAt}</span>} copied={row.occurredAt} target={null} onFilter={onFilter} />
      {fields.map(({ id, label, face }) => {
        const written = row[id];
        const text = written === null ? null : String(written);
        const value = id === 'outcome' ? <OutcomeBadge outcome={row.outcome} />
          : <LogText key={row.logId} text={id === 'category' ? row.category.replaceAll('_', ' ') : text} max={firstCharacters} more="button" {...(face === undefined ? {} : { face })} empty="–" />;
        return <SummaryLine key={id} label={label} value={value} copied={text} target={text === null ? null : cellTarget(id, row)} onFilter={onFilter} />;
      })}
    </dl>
  );
}
