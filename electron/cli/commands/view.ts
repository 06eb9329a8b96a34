/** `view`: one page of a view, as a table or as JSON. */
import type { ViewPage } from '../../../shared/contract';
import type { Invocation } from '../arguments';
import { paramFlag, tenantFlag, valueFlag } from '../command';
import type { Command, Task } from '../command';
import { optionalNumber, optionalValue, requiredArgument, requiredTenant, viewParams } from '../flag-values';
import type { Output } from '../output';
import { visibleText } from '../visible-text';
import { countOf, numberText } from '../wording';

export const viewCommand: Command = {
  name: 'view',
  summary: 'Shows one page of a view.',
  argumentNames: 'ID',
  maxArguments: 1,
  flags: [
    tenantFlag,
    paramFlag,
    valueFlag('size', 'N', 'Rows of the page, 1 to 5,000 (default 100).'),
    valueFlag('page', 'TOKEN', 'The page to show, as the page before it named it.'),
  ],
  notes: ['tenantscope views lists the views and their parameters.'],
  examples: [
    'tenantscope view audit-timeline --tenant sample --param outcome=failure --size 20',
    'tenantscope view facets --tenant sample --param field=connection --json',
  ],
  interrupt: 'leave',
  folder: 'open',
  prepare,
};

function prepare(invocation: Invocation): Task {
  const view = requiredArgument(invocation, 'the ID of a view');
  const tenant = requiredTenant(invocation);
  const params = viewParams(invocation);
  const size = optionalNumber(invocation, 'size', { min: 1, max: 5000, kind: 'whole' });
  const page = optionalValue(invocation, 'page');
  const input = { tenant, view, params, ...(size === null ? {} : { size }), ...(page === null ? {} : { page }) };
  return async ({ host, signal, output }) => {
    const answer = await host.call('view.read', input, { signal });
    await output.answer(answer, () => pageLines(answer, { view, command: '' }, output));
    return 0;
  };
}

/** The rows as a table, then where in the view they stand. `command`: what to type before the flag of the next page; empty for the flag alone. */
export function pageLines({ columns, rows, next, total }: ViewPage, { view, command }: { readonly view: string; readonly command: string }, output: Output): readonly string[] {
  const noun = view === 'audit-timeline' ? 'event' : 'row';
  const amount = total === null ? countOf(rows.length, noun) : `${numberText(rows.length)} of ${countOf(total, noun)}`;
  const position = next === null ? '' : `, next page: ${command}--page ${visibleText(next)}`;
  if (rows.length === 0) return [amount + position];
  const table = output.table(columns, rows);
  const left = table.left.length === 0 ? [] : [`Not shown for want of room: ${table.left.join(', ')}.`];
  return [...table.lines, ...left, amount + position];
}
