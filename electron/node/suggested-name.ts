/** The name under which a file is offered to be saved. */
import type { OperationName } from '../../shared/contract';

const longestPart = 80;
const extensions: ReadonlyMap<unknown, string> = new Map([['csv', 'csv'], ['csv-exact', 'csv'], ['jsonl', 'jsonl']]);

/** Letters, digits, dots, hyphens and underscores; nothing that hides a file or stands for another folder. */
const plain = (text: string): string => text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '').slice(0, longestPart);

/** ASCII, such as `acme.eu.auth0.com-audit-timeline-2026-11-21.csv`; the day is that of UTC. */
export function suggestedName(name: OperationName, input: Readonly<Record<string, unknown>>, now: number): string {
  const day = new Date(now).toISOString().slice(0, 10);
  if (name === 'archive.backup') return `tenantscope-backup-${day}.tenantscope`;
  if (name === 'support.save') return `tenantscope-support-${day}.txt`;
  const parts = [plain(String(input['tenant'])), plain(String(input['view'])), day].filter(part => part !== '');
  return `${parts.join('-')}.${extensions.get(input['format']) ?? 'txt'}`;
}
