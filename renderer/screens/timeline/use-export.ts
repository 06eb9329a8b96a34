/** Writes a view to a file: where the host lets it go, with progress and a way to stop. */
import { useQuery } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { exportFormats, Output } from '../../../shared/contract';
import { Failure } from '../../../shared/errors';
import { call } from '../../engine-client';
import type { PushValue } from '../../engine-client';
import { keys } from '../../query-keys';

export type ExportFormat = (typeof exportFormats)[number];
export type ExportReceipt = Output<'view.export'>;
export type ExportRequest = { readonly tenant: string; readonly view: string; readonly params: Readonly<Record<string, readonly string[]>>; readonly format: ExportFormat };

export type ExportRun = {
  readonly isRunning: boolean;
  /** Rows written so far; null before the first are. */
  readonly rows: number | null;
  readonly failure: Failure | null;
  /** Resolves to null when it was stopped or failed. */
  readonly start: (request: ExportRequest) => Promise<ExportReceipt | null>;
  readonly cancel: () => void;
  /** Forgets a failure. */
  readonly reset: () => void;
};

const extensions: Readonly<Record<ExportFormat, string>> = { 'csv': 'csv', 'csv-exact': 'csv', 'jsonl': 'jsonl' };

/** Such as `acme.eu.auth0.com-audit-timeline-2026-11-21.csv`; the day is that of UTC. */
export const downloadName = ({ tenant, view, format }: Pick<ExportRequest, 'tenant' | 'view' | 'format'>, now: number): string =>
  `${tenant.replace(/[^A-Za-z0-9._-]+/g, '-')}-${view}-${new Date(now).toISOString().slice(0, 10)}.${extensions[format]}`;

/** Fetches what the host is about to write: only a link that is followed becomes a file. */
function fetchDownload(id: string, name: string): void {
  const link = document.createElement('a');
  link.href = `/download/${id}?name=${encodeURIComponent(name)}`;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
}

/** The desktop asks its user where the file goes; a browser downloads it. */
function send(request: ExportRequest, signal: AbortSignal): Promise<ExportReceipt> {
  const { tenant, view, format } = request;
  const params = Object.fromEntries(Object.entries(request.params).map(([name, values]) => [name, [...values]]));
  if (window.tenantscope !== undefined) return call('view.export', { tenant, view, params, format, out: 'choose' }, { signal });
  const id = crypto.randomUUID();
  const receipt = call('view.export', { tenant, view, params, format, out: `download:${id}` }, { signal });
  fetchDownload(id, downloadName(request, Date.now()));
  return receipt;
}

const asFailure = (error: unknown): Failure => (error instanceof Failure ? error : new Failure('internal', { reference: 'page' }));

export function useExport(tenant: string): ExportRun {
  const stop = useRef<AbortController | null>(null);
  const [state, setState] = useState<{ readonly isRunning: boolean; readonly failure: Failure | null; readonly startedAt: number }>({ isRunning: false, failure: null, startedAt: 0 });
  const progress = useQuery<PushValue<'export.progress'> | null>({ queryKey: keys.exportProgress(tenant), queryFn: () => null, enabled: false });
  const start = useCallback(async (request: ExportRequest) => {
    const control = new AbortController();
    stop.current = control;
    setState({ isRunning: true, failure: null, startedAt: Date.now() });
    try {
      const receipt = await send(request, control.signal);
      setState(before => ({ ...before, isRunning: false }));
      return receipt;
    } catch (error) {
      const failure = asFailure(error);
      setState(before => ({ ...before, isRunning: false, failure: failure.code === 'operation.cancelled' ? null : failure }));
      return null;
    }
  }, []);
  const cancel = useCallback(() => { stop.current?.abort(); }, []);
  const reset = useCallback(() => { setState(before => ({ ...before, failure: null })); }, []);
  // What an earlier export pushed last is not the progress of this one.
  const rows = state.isRunning && progress.dataUpdatedAt >= state.startedAt ? progress.data?.rows ?? null : null;
  return { isRunning: state.isRunning, failure: state.failure, rows, start, cancel, reset };
}
