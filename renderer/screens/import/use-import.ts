/** The import of this page: it goes on, and its report stays, while somebody looks at other screens. */
import { useMutation, useMutationState, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import type { ImportReceipt } from '../../../shared/contract';
import type { Failure } from '../../../shared/errors';
import { call } from '../../engine-client';
import type { PushValue } from '../../engine-client';
import { asFailure } from '../../hooks/use-operation';
import { keys } from '../../query-keys';
import { nameFiles, sendFiles } from '../transfers';
import type { Upload } from '../transfers';

const mutationKey = ['import', 'run'] as const;

type Job = { readonly tenant: string; readonly uploads: readonly Upload[]; readonly stop: AbortController };

export type ImportRun =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly job: Job; readonly startedAt: number }
  | { readonly kind: 'failed'; readonly job: Job; readonly failure: Failure }
  | { readonly kind: 'done'; readonly job: Job; readonly receipt: ImportReceipt };

export type Import = {
  readonly run: ImportRun;
  readonly start: (tenant: string, files: readonly File[]) => void;
  readonly cancel: () => void;
  /** Forgets the report, for the next import. */
  readonly forget: () => void;
};

async function runImport({ tenant, uploads, stop }: Job): Promise<ImportReceipt> {
  const sending = new AbortController();
  void sendFiles(uploads, sending.signal);
  try {
    return await call('archive.import', { tenant, files: uploads.map(({ name }) => name) }, { signal: stop.signal });
  } finally {
    sending.abort();
  }
}

/** Whatever became of it, events before the end may have been stored. */
function refresh(cache: QueryClient, tenant: string): void {
  cache.removeQueries({ queryKey: keys.importProgress(tenant) });
  for (const queryKey of [keys.tenants, keys.tenant(tenant)]) void cache.invalidateQueries({ queryKey });
}

type Kept = { readonly status: string; readonly data: unknown; readonly error: unknown; readonly variables: unknown; readonly submittedAt: number };

function runOf(kept: Kept | undefined): ImportRun {
  if (kept === undefined || kept.status === 'idle') return { kind: 'none' };
  const job = kept.variables as Job;
  if (kept.status === 'pending') return { kind: 'running', job, startedAt: kept.submittedAt };
  return kept.status === 'error' ? { kind: 'failed', job, failure: asFailure(kept.error) } : { kind: 'done', job, receipt: kept.data as ImportReceipt };
}

export function useImport(): Import {
  const cache = useQueryClient();
  const mutation = useMutation({ mutationKey, mutationFn: runImport, gcTime: Infinity, onSettled: (_receipt, _error, { tenant }) => { refresh(cache, tenant); } });
  const run = runOf(useMutationState<Kept>({ filters: { mutationKey }, select: ({ state }) => state }).at(-1));
  const forget = (): void => {
    const mutations = cache.getMutationCache();
    for (const past of mutations.findAll({ mutationKey })) if (past.state.status !== 'pending') mutations.remove(past);
  };
  return {
    run, forget,
    start: (tenant, files) => { forget(); mutation.mutate({ tenant, uploads: nameFiles(files), stop: new AbortController() }); },
    cancel: () => { if (run.kind === 'running') run.job.stop.abort(); },
  };
}

export type ImportProgress = PushValue<'import.progress'> & { readonly at: number };

/** What the host told last, and when it was heard. */
export function useImportProgress(tenant: string): ImportProgress | null {
  const told = useQuery<PushValue<'import.progress'> | null>({ queryKey: keys.importProgress(tenant), queryFn: () => null, enabled: false });
  return told.data === undefined || told.data === null ? null : { ...told.data, at: told.dataUpdatedAt };
}
