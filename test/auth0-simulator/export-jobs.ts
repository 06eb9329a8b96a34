/** POST /api/v2/jobs/users-exports, its job, and the short-lived link under which the result lies. */
import { gzipSync } from 'node:zlib';
import type { DirectoryRow } from './directory';
import { apiError, htmlReply, jsonReply } from './replies';
import type { Reply } from './replies';

export type ExportJobOptions = {
  readonly users: () => readonly DirectoryRow[];
  readonly origin: () => string;
  readonly tenant: string;
  readonly compression: 'none' | 'gzip';
  /** Milliseconds for which a link works. */
  readonly linkLifeMs: number;
};

export type ExportJobs = {
  readonly create: (body: string) => Reply;
  /** Each look moves the job on: pending, processing, completed; a completed job names a fresh link each time. */
  readonly read: (id: string) => Reply;
  /** The file itself, without a token; 403 once its link is too old. */
  readonly download: (path: string, query: Readonly<Record<string, string>>, now: number) => Reply;
};

type Field = { readonly name: string; readonly export_as?: string };
type Job = { readonly id: string; readonly createdAt: string; readonly format: string; readonly fields: readonly Field[]; readonly connectionId: string | null; looks: number };

function readJob(body: string, id: string): Job | null {
  try {
    const value = JSON.parse(body) as { format?: string; fields?: readonly Field[]; connection_id?: string };
    return { id, createdAt: new Date().toISOString(), format: value.format ?? 'json', fields: value.fields ?? [], connectionId: value.connection_id ?? null, looks: 0 };
  } catch {
    return null;
  }
}

const chosen = (user: DirectoryRow, fields: readonly Field[]): DirectoryRow =>
  fields.length === 0 ? user : Object.fromEntries(fields.map(field => [field.export_as ?? field.name, user[field.name]]));

/** `json` means one object a line. */
function fileOf(job: Job, users: readonly DirectoryRow[]): string {
  const rows = users.map(user => chosen(user, job.fields));
  if (job.format === 'json') return rows.map(row => `${JSON.stringify(row)}\n`).join('');
  const columns = Object.keys(rows[0] ?? {});
  const line = (cells: readonly unknown[]): string => `${cells.map(cell => JSON.stringify(String(cell ?? ''))).join(',')}\n`;
  return line(columns) + rows.map(row => line(columns.map(column => row[column]))).join('');
}

export function createExportJobs(options: ExportJobOptions): ExportJobs {
  const jobs = new Map<string, Job>();
  const common = (job: Job) => ({ type: 'users_export', id: job.id, created_at: job.createdAt, format: job.format, ...(job.connectionId === null ? {} : { connection_id: job.connectionId }) });
  const pathOf = (job: Job): string => `/exports/${job.id}/${options.tenant}.${job.format}${options.compression === 'gzip' ? '.gz' : ''}`;

  return {
    create: body => {
      const job = readJob(body, `job_${String(jobs.size + 1).padStart(16, '0')}`);
      if (job === null || !['json', 'csv'].includes(job.format)) return apiError(400, 'Payload validation error', 'invalid_body');
      if (job.format === 'csv' && job.fields.length > 30) return apiError(400, 'Payload validation error: too many fields', 'invalid_body');
      jobs.set(job.id, job);
      return jsonReply({ ...common(job), status: 'pending' });
    },
    read: id => {
      const job = jobs.get(id);
      if (job === undefined) return apiError(404, 'The job does not exist', 'inexistent_job');
      job.looks += 1;
      if (job.looks === 1) return jsonReply({ ...common(job), status: 'pending' });
      if (job.looks === 2) return jsonReply({ ...common(job), status: 'processing', percentage_done: 50, time_left_seconds: 1 });
      const location = `${options.origin()}${pathOf(job)}?Expires=${Date.now() + options.linkLifeMs}`;
      return jsonReply({ ...common(job), status: 'completed', percentage_done: 100, time_left_seconds: 0, location });
    },
    download: (path, query, now) => {
      const job = [...jobs.values()].find(candidate => pathOf(candidate) === path);
      if (job === undefined) return htmlReply(404, 'Not found');
      if (!(Number(query['Expires']) > now)) return htmlReply(403, 'Request has expired');
      const text = Buffer.from(fileOf(job, options.users()));
      const isPacked = options.compression === 'gzip';
      return { status: 200, headers: { 'content-type': isPacked ? 'application/gzip' : 'application/json' }, body: isPacked ? gzipSync(text) : text };
    },
  };
}
