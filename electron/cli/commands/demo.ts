/** `demo`: the sample tenant in a browser; where none can open, its first page and how to go on from there. */
import type { ViewPage } from '../../../shared/contract';
import { sampleTenant } from '../../../shared/domain/ids';
import type { CellValue, Row } from '../../../shared/views/define-view';
import { switchFlag } from '../command';
import type { Command, Session, Task } from '../command';
import { hasDisplay } from '../display';
import { isGiven } from '../flag-values';
import type { Terminal } from '../terminal';
import { shellWord } from '../wording';
import { pageLines } from './view';

const firstPageSize = 20;
/** Enough of the timeline to see what it is. */
const tellingColumns: readonly string[] = ['occurredAt', 'eventName', 'outcome', 'userName', 'connection', 'organizationName', 'ip'];
/** How many failures are looked at to find the SAML connection with most of them. */
const failuresLookedAt = 1000;

export const demoCommand: Command = {
  name: 'demo',
  summary: 'Opens the built-in sample tenant in a browser; needs no account, network or passphrase.',
  argumentNames: '',
  maxArguments: 0,
  flags: [switchFlag('no-open', 'Print its first page here, as without a display.')],
  notes: ['Every reading command takes --tenant sample.'],
  examples: ['tenantscope demo'],
  interrupt: 'leave',
  folder: 'open',
  page: (invocation, terminal) =>
    isGiven(invocation, 'no-open') || isGiven(invocation, 'json') || !hasDisplay(terminal) ? null : { tenant: sampleTenant, port: null, opens: 'browser' },
  prepare: (): Task => showSample,
};

async function showSample({ host, signal, output, terminal }: Session): Promise<number> {
  const read = (params: Record<string, string[]>, size: number): Promise<ViewPage> =>
    host.call('view.read', { tenant: sampleTenant, view: 'audit-timeline', params, size }, { signal });
  const page = await read({}, firstPageSize);
  const failures = await read({ outcome: ['failure'] }, failuresLookedAt);
  const nextPage = `${programName(terminal)} view audit-timeline --tenant ${sampleTenant} --size ${String(firstPageSize)} `;
  await output.answer(page, () => [
    'The sample tenant: made-up events of a made-up company, newest first.',
    '',
    ...pageLines({ ...page, columns: page.columns.filter(column => tellingColumns.includes(column.id)) }, { view: 'audit-timeline', command: nextPage }, output),
    '',
    'How to go on:',
    ...nextSteps(page.rows, failures.rows, programName(terminal)).flatMap(({ question, command }) => [`  # ${question}`, `  ${command}`]),
  ]);
  return 0;
}

/** npm takes the flags for itself unless they stand behind two dashes. */
const programName = ({ environment }: Terminal): string => (environment['npm_lifecycle_event'] === undefined ? 'tenantscope' : 'npm run tenantscope --');

type Step = { readonly question: string; readonly command: string };

/** Examples are about what the sample holds, so that each of them answers with something. */
export function nextSteps(page: readonly Row[], failures: readonly Row[], program: string): readonly Step[] {
  const connection = mostFrequent(failures.filter(row => row['strategy'] === 'samlp').map(row => row['connection']));
  const organization = mostFrequent([...page, ...failures].map(row => row['organizationId']));
  const logId = failures[0]?.['logId'] ?? page[0]?.['logId'];
  const step = (question: string, words: readonly string[]): Step => ({ question, command: [program, ...words.map(shellWord)].join(' ') });
  const timeline = ['view', 'audit-timeline', '--tenant', sampleTenant];
  return [
    step('Which connections fail, and how often?', ['view', 'facets', '--tenant', sampleTenant, '--param', 'field=connection', '--param', 'outcome=failure']),
    ...(connection === null ? [] : [step('What went wrong on the SAML connection with most failures?', [...timeline, '--param', `connection=${connection}`, '--param', 'outcome=failure'])]),
    step('Which addresses fail to log in most often?', ['view', 'facets', '--tenant', sampleTenant, '--param', 'field=ip', '--param', 'type=fp', '--param', 'type=fu']),
    ...(typeof logId === 'string' ? [step('What did Auth0 log, exactly?', ['event', logId, '--tenant', sampleTenant])] : []),
    ...(organization === null ? [] : [step('One customer\'s audit log for a spreadsheet:', ['export', 'audit-timeline', '--tenant', sampleTenant, '--param', `organization=${organization}`, '--out', 'customer.csv'])]),
    step('What else can be asked?', ['views']),
  ];
}

function mostFrequent(values: readonly (CellValue | undefined)[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) if (typeof value === 'string' && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  const [first] = [...counts].sort(([, one], [, other]) => other - one);
  return first?.[0] ?? null;
}
