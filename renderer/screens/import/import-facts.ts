/** What the import screen computes: names, progress over several files, sums, and the table of what was set aside. */
import type { ImportReceipt } from '../../../shared/contract';
import { isTenantName } from '../../../shared/domain/data-folder';
import { sampleTenant } from '../../../shared/domain/ids';
import type { PushValue } from '../../engine-client';
import type { Upload } from '../transfers';

/** What is wrong with a tenant's name; null when it can be one. */
export function tenantNameProblem(name: string): string | null {
  if (name === '') return 'Enter the tenant the files belong to.';
  if (name === sampleTenant) return 'The tenant sample is built in. Choose another name.';
  if (/[A-Z]/.test(name)) return 'Use small letters.';
  return isTenantName(name) ? null : 'Use a domain, or letters a-z, digits, dots and hyphens, at most 63.';
}

/** The tenant that files are likely to belong to: a domain of Auth0 in a file's name, else the only stored one, else the file's own name. */
export function suggestTenant(fileNames: readonly string[], stored: readonly string[]): string {
  const domain = fileNames.map(name => /[a-z0-9][a-z0-9-]+(?:\.[a-z]{2}(?:-\d)?)?\.auth0\.com/.exec(name.toLowerCase())?.[0]).find(found => found !== undefined);
  if (domain !== undefined) return domain;
  const [only] = stored;
  if (only !== undefined && stored.length === 1) return only;
  const plain = (fileNames[0] ?? '').toLowerCase().replace(/(?:\.(?:jsonl?|ndjson|log|txt|gz|gzip))+$/, '').replace(/[^a-z0-9.-]+/g, '-').replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '').slice(0, 63);
  return plain === sampleTenant ? '' : plain;
}

export type FilesProgress = {
  /** 0 to 1. */
  readonly share: number | null;
  readonly bytes: number;
  readonly totalBytes: number;
  /** Bytes a second since the start; null before it means anything. */
  readonly rate: number | null;
  /** Milliseconds to the end; null while it cannot be known. */
  readonly etaMs: number | null;
  /** Which file, from 1. */
  readonly file: number;
};

const meaningfulMs = 500;

/** Progress over all files, from the host's progress within one; files that are bigger than announced count as announced. */
export function progressOf(uploads: readonly Upload[], progress: Pick<PushValue<'import.progress'>, 'file' | 'bytes'>, elapsedMs: number): FilesProgress {
  const at = Math.max(0, uploads.findIndex(({ name }) => name === progress.file));
  const before = uploads.slice(0, at).reduce((sum, { file }) => sum + file.size, 0);
  const totalBytes = uploads.reduce((sum, { file }) => sum + file.size, 0);
  const bytes = before + Math.min(progress.bytes, uploads[at]?.file.size ?? 0);
  const rate = elapsedMs < meaningfulMs || bytes === 0 ? null : (bytes * 1000) / elapsedMs;
  return { share: totalBytes === 0 ? null : bytes / totalBytes, bytes, totalBytes, rate, etaMs: rate === null ? null : ((totalBytes - bytes) * 1000) / rate, file: at + 1 };
}

/** `2 min`, `40 s`: rounded up, never exact. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 90) return `${String(seconds)} s`;
  return seconds < 5400 ? `${String(Math.round(seconds / 60))} min` : `${String(Math.round(seconds / 3600))} h`;
}

export type SetAsideRow = { readonly key: string; readonly file: string; readonly line: number; readonly reason: string };

/** Rows under the names that the person knows, not those of uploads. */
export function setAsideRows(receipt: ImportReceipt, uploads: readonly Upload[]): readonly SetAsideRow[] {
  const names = new Map(uploads.map(({ name, file }) => [name, file.name]));
  return receipt.setAside.map((entry, index) => ({ ...entry, key: String(index), file: names.get(entry.file) ?? entry.file }));
}

/** A spreadsheet takes a cell that begins so for a formula. */
const csvCell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

export function setAsideCsv(rows: readonly SetAsideRow[]): string {
  return ['file,line,reason', ...rows.map(({ file, line, reason }) => [csvCell(file), String(line), csvCell(reason)].join(','))].map(row => `${row}\r\n`).join('');
}

/** Whether everything that was read is accounted for. */
export const addsUp = ({ read, stored, duplicates, revisions, setAside }: ImportReceipt): boolean => read === stored + duplicates + revisions + setAside.length;
