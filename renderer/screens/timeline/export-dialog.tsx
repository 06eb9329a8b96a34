/** Exports the events that the filters let through. */
import { useState } from 'react';
import { auditTimeline } from '../../../shared/views/audit-timeline';
import { Button, Callout, Dialog, ErrorPanel, formatCount, ProgressBar, RadioCards, useToasts } from '../../components';
import type { RadioCard } from '../../components';
import { eventsWords } from './count-words';
import type { ExportFormat, ExportReceipt } from './use-export';
import { useExport } from './use-export';
import type { ViewParams } from './use-timeline-rows';

const formats: readonly RadioCard<ExportFormat>[] = [
  { value: 'csv', label: 'CSV for spreadsheets', hint: 'Opens safely in spreadsheets: cells that would run as formulas, and long numbers, get an apostrophe in front. What was changed is counted.' },
  { value: 'csv-exact', label: 'CSV, exact', hint: 'Every value as it is, for programs.' },
  { value: 'jsonl', label: 'JSON Lines', hint: 'One row a line, every value as it is.' },
];

/** What the file holds, and what was changed for the spreadsheet's sake. */
export function receiptWords({ rows, guarded, truncated }: ExportReceipt): string {
  const cells = (count: number): string => `${formatCount(count)} ${count === 1 ? 'cell' : 'cells'}`;
  const changes = [guarded === 0 ? null : `${cells(guarded)} guarded with an apostrophe`, truncated === 0 ? null : `${cells(truncated)} cut at 32,767 characters`].filter(part => part !== null);
  return `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'} written. ${changes.length === 0 ? 'No value was changed.' : `${changes.join(', ')}.`}`;
}

export type ExportDialogProps = {
  readonly tenant: string;
  readonly params: ViewParams;
  readonly total: number;
  /** What the file will hold, in words. */
  readonly coverage: string;
  readonly open: boolean;
  readonly onClose: () => void;
};

export function ExportDialog({ tenant, params, total, coverage, open, onClose }: ExportDialogProps) {
  const [format, setFormat] = useState<ExportFormat>('csv');
  const run = useExport(tenant);
  const toasts = useToasts();
  const close = (): void => {
    run.cancel();
    run.reset();
    onClose();
  };
  const start = async (): Promise<void> => {
    const receipt = await run.start({ tenant, view: auditTimeline.id, params, format });
    if (receipt === null) return;
    onClose();
    toasts.show({ title: `Exported ${eventsWords(receipt.rows)}`, text: receiptWords(receipt), tone: 'success' });
  };
  const footer = (
    <>
      <Button onClick={close}>{run.isRunning ? 'Stop the export' : 'Cancel'}</Button>
      <Button variant="primary" isBusy={run.isRunning} onClick={() => { void start(); }}>Export {eventsWords(total)}</Button>
    </>
  );
  return (
    <Dialog open={open} onClose={close} title="Export events" description={`${coverage}, newest first, with every active filter.`} footer={footer}>
      <RadioCards label="Format" options={formats.map(card => ({ ...card, disabled: run.isRunning }))} value={format} onChange={setFormat} />
      {format === 'csv-exact' && <Callout tone="warning" title="Not for spreadsheets">People who log in write some of these values. A spreadsheet may run a value that begins with = as a formula.</Callout>}
      {run.isRunning && <ProgressBar label="Exporting" labelPlace="above" value={run.rows === null || total === 0 ? null : run.rows / total} detail={`${formatCount(run.rows ?? 0)} of ${formatCount(total)}`} />}
      {run.failure !== null && <ErrorPanel failure={run.failure} form="inline" />}
    </Dialog>
  );
}
