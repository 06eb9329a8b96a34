/** What became of every event of an import, and what was set aside and why. */
import { ArrowRight, Download } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { ImportReceipt } from '../../../shared/contract';
import { navigate, toTimeline } from '../../address';
import { Button, Callout, CopyButton, Count, DataTable, formatCount, LogText, Section } from '../../components';
import type { DataColumn } from '../../components';
import { saveText, todayUtc } from '../transfers';
import type { Upload } from '../transfers';
import { addsUp, setAsideCsv, setAsideRows } from './import-facts';
import type { SetAsideRow } from './import-facts';
import styles from './import.module.css';

const columns: readonly DataColumn<SetAsideRow>[] = [
  { id: 'file', header: 'File', width: 220, cell: row => <LogText text={row.file} max={255} /> },
  { id: 'line', header: 'Line', width: 88, align: 'end', cell: row => <Count value={row.line} /> },
  { id: 'reason', header: 'Reason', width: 240, cell: row => <LogText text={row.reason} max={500} /> },
];
const rowKey = (row: SetAsideRow): string => row.key;

const sums = (receipt: ImportReceipt) => [
  ['Stored', receipt.stored, 'New events.'],
  ['Duplicates', receipt.duplicates, 'Were there already.'],
  ['Revisions', receipt.revisions, 'Known events with other content; kept beside the first.'],
  ['Set aside', receipt.setAside.length, 'Not events; listed below.'],
] as const;

function Sums({ receipt }: { readonly receipt: ImportReceipt }) {
  return (
    <table className={styles.sums}>
      <caption className={styles.hidden}>What became of every item</caption>
      <tbody>
        {sums(receipt).map(([label, value, words]) => <tr key={label}><th scope="row">{label}</th><td className={styles.number}><Count value={value} /></td><td className={styles.muted}>{words}</td></tr>)}
      </tbody>
      <tfoot><tr><th scope="row">Read</th><td className={styles.number}><Count value={receipt.read} /></td><td className={styles.muted}>{addsUp(receipt) ? 'The sum of the above.' : 'The lines above do not add up; please report this.'}</td></tr></tfoot>
    </table>
  );
}

function SetAside({ rows, tenant }: { readonly rows: readonly SetAsideRow[]; readonly tenant: string }) {
  const csv = useMemo(() => setAsideCsv(rows), [rows]);
  const actions = (
    <>
      <CopyButton text={csv} what="as CSV" form="words" />
      <Button icon={Download} onClick={() => { saveText(csv, `${tenant}-set-aside-${todayUtc()}.csv`); }}>Save as CSV</Button>
    </>
  );
  return (
    <Section title={`Set aside: ${formatCount(rows.length)}`} text="These lines are not log events." actions={actions}>
      <div className={styles.table} style={{ height: Math.min(360, (rows.length + 1) * 28 + 2) }}><DataTable label="Lines set aside" columns={columns} rows={rows} rowKey={rowKey} /></div>
    </Section>
  );
}

export type ImportReportProps = { readonly receipt: ImportReceipt; readonly uploads: readonly Upload[]; readonly onAgain: () => void };

export function ImportReport({ receipt, uploads, onAgain }: ImportReportProps) {
  const rows = useMemo(() => setAsideRows(receipt, uploads), [receipt, uploads]);
  const open = useRef<HTMLButtonElement>(null);
  useEffect(() => { open.current?.focus(); }, []);
  return (
    <div className={styles.form}>
      <Callout tone={rows.length === 0 ? 'success' : 'warning'} title={`${formatCount(receipt.stored)} events stored in ${receipt.tenant}${rows.length === 0 ? '' : `, ${formatCount(rows.length)} set aside`}`} />
      <Sums receipt={receipt} />
      <div className={styles.actions}>
        <Button ref={open} variant="primary" icon={ArrowRight} onClick={() => { navigate(toTimeline(receipt.tenant)); }}>Open the timeline</Button>
        <Button onClick={onAgain}>Import more files</Button>
      </div>
      {rows.length > 0 && <SetAside rows={rows} tenant={receipt.tenant} />}
    </div>
  );
}
