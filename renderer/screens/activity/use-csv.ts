/** Saves what a chart or ranking shows as CSV, by the engine's own export of its view. */
import { useCallback, useEffect } from 'react';
import { formatCount, useToasts } from '../../components';
import { useExport } from '../timeline/use-export';
import type { ViewParams } from './use-activity-question';

export function useCsv(tenant: string): (view: string, params: ViewParams) => void {
  const { start, failure, reset } = useExport(tenant);
  const toasts = useToasts();
  useEffect(() => {
    if (failure === null) return;
    toasts.show({ tone: 'failure', title: failure.message, text: failure.hint });
    reset();
  }, [failure, reset, toasts]);
  return useCallback((view: string, params: ViewParams) => {
    void start({ tenant, view, params, format: 'csv' }).then(receipt => {
      if (receipt !== null) toasts.show({ tone: 'success', title: 'Saved as CSV', text: `${formatCount(receipt.rows)} rows.` });
    });
  }, [start, tenant, toasts]);
}
