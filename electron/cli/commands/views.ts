/** `views`: lists every view with its parameters and columns. */
import type { ViewInfo } from '../../../shared/contract';
import type { Command } from '../command';
import { visibleText } from '../visible-text';

export const viewsCommand: Command = {
  name: 'views',
  summary: 'Lists every view: what it shows, its parameters and its columns.',
  argumentNames: '',
  maxArguments: 0,
  flags: [],
  notes: [],
  examples: ['tenantscope views'],
  interrupt: 'leave',
  folder: 'open',
  prepare: () => async ({ host, signal, output }) => {
    const list = await host.call('view.list', {}, { signal });
    await output.answer(list, () => list.views.flatMap(viewLines));
    return 0;
  },
};

function viewLines({ id, title, definition, params, columns }: ViewInfo): readonly string[] {
  const width = Math.max(0, ...params.map(param => param.name.length));
  const paramLine = (param: ViewInfo['params'][number]): string => {
    const values = param.values === null ? '' : ` One of ${param.values.join(', ')}.`;
    const standard = param.default === null ? '' : ` Default: ${param.default}.`;
    return `    ${param.name.padEnd(width)}  ${param.help}${values}${standard}`;
  };
  const lines = [`${id}: ${title}`, `  ${definition}`, '  Parameters:', ...params.map(paramLine), `  Columns: ${columns.map(column => column.id).join(', ')}`];
  return [...lines.map(visibleText), ''];
}
