/** `import`: takes log events from files into an archive. */
import type { ImportReceipt, Push } from '../../../shared/contract';
import type { Invocation } from '../arguments';
import { exitPartial, valueFlag } from '../command';
import type { Command, Task } from '../command';
import { missing, requiredTenant } from '../flag-values';
import { visibleText } from '../visible-text';
import { countOf, numberText } from '../wording';

const shownLines = 20;

export const importCommand: Command = {
  name: 'import',
  summary: 'Takes log events from files into an archive.',
  argumentNames: 'FILE...',
  maxArguments: Infinity,
  flags: [valueFlag('tenant', 'NAME', 'A tenant\'s domain, or a name of letters a-z, digits, dots and hyphens.')],
  notes: [
    'Reads JSON Lines, JSON arrays, single objects, log stream and EventBridge envelopes, and gzip of these; "-" is standard input.',
    'What cannot be read is set aside and listed; the rest is stored, and the exit code is 3.',
  ],
  examples: ['tenantscope import --tenant acme-archive logs-2026-01.jsonl.gz logs-2026-02.jsonl.gz'],
  interrupt: 'wind-up',
  folder: 'open-or-make',
  prepare,
};

function prepare(invocation: Invocation): Task {
  const tenant = requiredTenant(invocation);
  const files = invocation.positionals.filter(file => file !== '');
  if (files.length === 0) missing(invocation, 'at least one FILE');
  return async ({ host, signal, output }) => {
    const quiet = host.onPush(push => {
      if (push.name === 'import.progress') output.progress.show(progressLine(push.value));
    });
    const receipt = await host.call('archive.import', { tenant, files: [...files] }, { signal }).finally(quiet);
    await output.answer(receipt, () => receiptLines(receipt));
    return receipt.setAside.length > 0 ? exitPartial : 0;
  };
}

type ImportProgress = Extract<Push, { name: 'import.progress' }>['value'];

export function progressLine({ file, read, stored, bytes, totalBytes }: ImportProgress): string {
  const share = totalBytes === null || totalBytes === 0 ? '' : `, ${String(Math.min(100, Math.floor((100 * bytes) / totalBytes)))} %`;
  return `${file}: ${numberText(read)} read, ${numberText(stored)} stored${share}`;
}

function receiptLines({ tenant, read, stored, duplicates, revisions, setAside }: ImportReceipt): readonly string[] {
  const more = setAside.length - shownLines;
  return [
    `${visibleText(tenant)}: ${numberText(read)} read, ${numberText(stored)} stored, ${countOf(duplicates, 'duplicate')}, ${countOf(revisions, 'revision')}, ${numberText(setAside.length)} set aside.`,
    ...setAside.slice(0, shownLines).map(({ file, line, reason }) => visibleText(`  ${file}, line ${String(line)}: ${reason}`)),
    ...(more > 0 ? [`  and ${numberText(more)} more; --json lists them all.`] : []),
  ];
}
