import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GeneratedLog } from '../../builders/generated-log';
import { generatedLog } from '../../builders/generated-log';
import { openSql } from '../../builders/test-engine';
import type { Comparison, Lab } from './reference/compare-archive';
import { compareArchive, createCalendars } from './reference/compare-archive';
import { references } from './reference/index';
import type { Question } from './reference/questions';
import { questions } from './reference/questions';

const isFull = process.env['TENANTSCOPE_TEST_FULL'] === '1';
const seed = 20_261_205;
const archiveCount = isFull ? 200 : 20;

/** The same at every run: the archives of the short run are the first of the full one. */
const archives = fc.sample(fc.tuple(generatedLog, fc.tuple(questions, questions, questions)), { seed, numRuns: archiveCount });

const withEvents = (log: GeneratedLog, keeps: (logId: string) => boolean): GeneratedLog => ({ ...log, files: log.files.map(arrivals => arrivals.filter(({ event }) => keeps(event.log_id))) });

/** Leaves out events as long as the view still differs, so that what is left shows why. */
async function fewestEvents(lab: Lab, log: GeneratedLog, question: Question, view: string): Promise<GeneratedLog> {
  const only = references.filter(reference => reference.view === view);
  let left = log;
  for (let size = 64; size >= 1; size /= 2) {
    for (let start = 0; ; start += size) {
      const ids = [...new Set(left.files.flat().map(({ event }) => event.log_id))];
      if (start >= ids.length) break;
      const dropped = new Set(ids.slice(start, start + size));
      const fewer = withEvents(left, id => !dropped.has(id));
      // A few dates that nobody believes may have more hours between them than a view answers for.
      const [comparison] = await compareArchive(lab, fewer, [question], only).catch(() => []);
      if (comparison?.difference == null) continue;
      left = fewer;
      start -= size;
    }
  }
  return left;
}

type Failure = { readonly view: string; readonly line: string };
type Outcome = { readonly comparisons: readonly (readonly Comparison[])[]; readonly failures: readonly Failure[] };

/** One line that says how to see it again. */
async function failureOf(lab: Lab, archive: number, { view, params, difference }: Comparison): Promise<Failure> {
  const [log, asked] = archives[archive]!;
  let line = `${view} ${JSON.stringify(params)} seed=${String(seed)} archive=${String(archive)}: ${difference ?? ''}`;
  for (const question of asked) {
    const [again] = await compareArchive(lab, log, [question], references.filter(reference => reference.view === view));
    if (again?.difference == null || JSON.stringify(again.params) !== JSON.stringify(params)) continue;
    const fewest = await fewestEvents(lab, log, question, view);
    const [smallest] = await compareArchive(lab, fewest, [question], references.filter(reference => reference.view === view));
    line += `; with the fewest events: ${smallest?.difference ?? ''} of ${JSON.stringify(fewest.files.flat().map(({ line: sent }) => sent))} at ${new Date(log.now).toISOString()}`;
    break;
  }
  return { view, line };
}

async function compareAll(): Promise<Outcome> {
  const lab: Lab = { sqlite: await openSql(), calendarOf: createCalendars() };
  const comparisons: (readonly Comparison[])[] = [];
  const failures: Failure[] = [];
  for (const [archive, [log, asked]] of archives.entries()) {
    const found = await compareArchive(lab, log, asked, references);
    comparisons.push(found);
    for (const comparison of found) {
      if (comparison.difference !== null && !failures.some(failure => failure.view === comparison.view)) failures.push(await failureOf(lab, archive, comparison));
    }
  }
  return { comparisons, failures };
}

describe('over generated archives', () => {
  let outcome: Outcome = { comparisons: [], failures: [] };
  beforeAll(async () => { outcome = await compareAll(); }, isFull ? 1_200_000 : 120_000);
  const of = (view: string): readonly Comparison[] => outcome.comparisons.flat().filter(comparison => comparison.view === view);

  it.each(references.map(reference => reference.view))('%s says what its definition in SQL says', view => {
    expect(of(view)).toHaveLength(3 * archiveCount);
    const failure = outcome.failures.find(found => found.view === view);
    if (failure !== undefined) throw new Error(failure.line);
    // A view that is always empty proves nothing.
    expect(of(view).filter(comparison => comparison.rows.length > 0).length).toBeGreaterThan(archiveCount / 3);
  });

  it('growth reconciles from each period to the next', () => {
    for (const { rows } of of('growth')) {
      rows.forEach((row, index) => {
        const [active, added, retained, resurrected, churned] = ['active', 'new', 'retained', 'resurrected', 'churned'].map(id => Number(row[id]));
        expect(active).toBe(added! + retained! + resurrected!);
        if (index > 0) expect(active).toBe(Number(rows[index - 1]!['active']) - churned! + added! + resurrected!);
      });
    }
  });

  it('an unbounded row of cohorts never rises', () => {
    const unbounded = of('cohorts').filter(({ params }) => params['mode']?.[0] === 'unbounded');
    expect(unbounded.length).toBeGreaterThan(archiveCount / 4);
    for (const { rows } of unbounded) {
      rows.forEach((row, index) => {
        if (row['period'] !== 0 && row['active'] !== null) expect(Number(row['active'])).toBeLessThanOrEqual(Number(rows[index - 1]!['active']));
      });
    }
  });
});
