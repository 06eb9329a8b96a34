/** `export`: writes a view, to its end, into a file. */
import type { ExportReceipt, Input, Push } from '../../../shared/contract';
import { Failure } from '../../../shared/errors';
import type { Invocation } from '../arguments';
import { paramFlag, tenantFlag, valueFlag } from '../command';
import type { Command, Task } from '../command';
import { optionalValue, requiredArgument, requiredTenant, requiredValue, viewParams } from '../flag-values';
import { laterFormats } from '../refused-words';
import { visibleText } from '../visible-text';
import { countOf, numberText } from '../wording';

type ExportFormat = Input<'view.export'>['format'];

const formats: Readonly<Record<ExportFormat, string>> = {
  csv: 'for spreadsheets: cells that would be read as formulas are guarded',
  'csv-exact': 'for programs: every value as it is',
  jsonl: 'for programs: one JSON object a line',
};

export const exportCommand: Command = {
  name: 'export',
  summary: 'Writes a view, to its end, into a file.',
  argumentNames: 'ID',
  maxArguments: 1,
  flags: [
    tenantFlag,
    valueFlag('out', 'FILE', 'The file to write; it appears when it is complete.'),
    valueFlag('format', 'FORMAT', `${Object.keys(formats).join(', ')} (default csv).`),
    paramFlag,
  ],
  notes: ['Formats:', ...Object.entries(formats).map(([name, purpose]) => `  ${name.padEnd(11)}${purpose}`)],
  examples: ['tenantscope export audit-timeline --tenant sample --out failures.csv --param outcome=failure'],
  interrupt: 'wind-up',
  folder: 'open',
  prepare,
};

function prepare(invocation: Invocation): Task {
  const view = requiredArgument(invocation, 'the ID of a view');
  const tenant = requiredTenant(invocation);
  const out = requiredValue(invocation, 'out');
  if (out === '-') throw new Failure('usage.value-invalid', { flag: '--out', value: out, expected: 'Give the name of a file.' });
  const format = exportFormat(optionalValue(invocation, 'format') ?? 'csv');
  const params = viewParams(invocation);
  return async ({ host, signal, output }) => {
    const quiet = host.onPush(push => {
      if (push.name === 'export.progress') output.progress.show(progressLine(push.value));
    });
    const receipt = await host.call('view.export', { tenant, view, params, format, out }, { signal }).finally(quiet);
    await output.answer(receipt, () => receiptLines(receipt));
    return 0;
  };
}

/** @throws Failure usage.not-available, usage.value-invalid */
function exportFormat(name: string): ExportFormat {
  const known = (Object.keys(formats) as ExportFormat[]).find(format => format === name);
  if (known !== undefined) return known;
  if (laterFormats.includes(name)) throw new Failure('usage.not-available', { feature: `The export format ${name}` });
  throw new Failure('usage.value-invalid', { flag: '--format', value: name, expected: `Give one of ${Object.keys(formats).join(', ')}.` });
}

type ExportProgress = Extract<Push, { name: 'export.progress' }>['value'];

export const progressLine = ({ tenant, rows, total }: ExportProgress): string =>
  `${tenant}: ${total === null ? countOf(rows, 'row') : `${numberText(rows)} of ${countOf(total, 'row')}`} written`;

function receiptLines({ files, guarded, truncated, manifest }: ExportReceipt): readonly string[] {
  return [
    ...files.flatMap(file => [`${visibleText(file.path)}: ${countOf(file.rows, 'row')}`, `  SHA-256 ${file.sha256}`]),
    ...(guarded > 0 ? [`${countOf(guarded, 'cell')} guarded with an apostrophe against being read as a formula or a number.`] : []),
    ...(truncated > 0 ? [`${countOf(truncated, 'cell')} cut at the 32,767 characters a spreadsheet holds.`] : []),
    ...(manifest === null ? [] : [`Manifest: ${visibleText(manifest)}`]),
  ];
}
