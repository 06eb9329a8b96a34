import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../electron/cli/commands/index';
import { queries } from '../../electron/engine/queries/index';
import { operations, pushes } from '../../shared/contract';
import { errorCatalogue } from '../../shared/errors';
import { commonParams } from '../../shared/views/common-params';
import { views } from '../../shared/views/index';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const notViews = ['common-params', 'define-view', 'series-params', 'index'];

describe('the indexes are complete', () => {
  it('every view file is in the index, under its own name', () => {
    const files = readdirSync(join(root, 'shared/views')).filter(name => name.endsWith('.ts')).map(name => name.replace('.ts', '')).filter(name => !notViews.includes(name));
    expect(views.map(view => view.id).sort()).toEqual(files.sort());
  });

  it('every view has a query, and every query a file of the view\'s name', () => {
    expect(queries.map(query => query.view.id).sort()).toEqual(views.map(view => view.id).sort());
    for (const view of views) expect(readFileSync(join(root, `electron/engine/queries/${view.id}.ts`), 'utf8')).not.toBe('');
  });

  it('every view takes the common parameters, names its columns once, and says how it counts', () => {
    for (const view of views) {
      expect(view.params.map(param => param.name)).toEqual(expect.arrayContaining(commonParams.map(param => param.name)));
      expect(new Set(view.columns.map(column => column.id)).size).toBe(view.columns.length);
      expect(Object.keys(view.row.shape).sort()).toEqual(view.columns.map(column => column.id).sort());
      expect(view.definition.length).toBeGreaterThan(40);
    }
  });

  it('every error that the sources throw is in the catalogue, and every one in the catalogue is thrown', () => {
    const sources = ['shared', 'electron', 'renderer'].flatMap(folder => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.tsx?$/.test(name)).map(name => readFileSync(join(root, folder, name), 'utf8'))).filter(text => !text.includes('export const errorCatalogue'));
    for (const code of Object.keys(errorCatalogue)) expect(sources.some(text => text.includes(`'${code}'`)), code).toBe(true);
  });

  it('every decision record is at most forty lines', () => {
    for (const name of readdirSync(join(root, 'docs/decisions'))) {
      expect(readFileSync(join(root, 'docs/decisions', name), 'utf8').split('\n').length, name).toBeLessThanOrEqual(41);
    }
  });
});

describe('the README documents', () => {
  it.each(views.map(view => view.id))('the view %s', id => { expect(readme).toContain(`\`${id}\``); });
  it.each(Object.keys(operations))('the operation %s', name => { expect(readme).toContain(`\`${name}\``); });
  it.each(Object.keys(pushes))('the push %s', name => { expect(readme).toContain(`\`${name}\``); });
  it.each(Object.keys(errorCatalogue))('the error %s', code => { expect(readme).toContain(`\`${code}\``); });
  it.each(commands.map(command => [command.name, command] as const))('the command %s with all its flags', (name, command) => {
    expect(readme).toContain(`\`${name}`);
    for (const flag of command.flags) expect(readme, flag.name).toContain(`--${flag.name}`);
  });
  it('every parameter of every view', () => {
    for (const param of views.flatMap(view => view.params)) expect(readme, param.name).toContain(`\`${param.name}\``);
  });
});
