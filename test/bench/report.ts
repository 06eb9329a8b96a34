/** Turns the measurements of all sizes into rows with their goals and growth, and rows into a table. */
import type { Goal } from './goals';
import { figureOf, goalOf, isReached, limitOf } from './goals';
import type { Measurement, Statistic, Summary, Unit } from './measurement';
import { isMoreBetter, summarize } from './measurement';

export type SizeResult = { readonly events: number; readonly measurements: readonly Measurement[]; readonly notes: readonly string[] };

/** `missedBy`: how many times too dear or too slow; null where the goal was met. */
export type GoalVerdict = { readonly statistic: Statistic; readonly limit: number; readonly isMet: boolean; readonly missedBy: number | null };
/** How much dearer it is for ten times the events, from the smallest size to the largest; a ratio to a peer costs nothing. */
export type Growth = { readonly perTenfold: number; readonly limit: number | null; readonly isMet: boolean | null };
export type ReportRow = Summary & {
  readonly id: string; readonly what: string; readonly unit: Unit; readonly events: number;
  readonly goal: GoalVerdict | null;
  /** On the largest size's row only. */
  readonly growth: Growth | null;
};

function verdict(goal: Goal | null, { unit, events, summary }: { readonly unit: Unit; readonly events: number; readonly summary: Summary }): GoalVerdict | null {
  const limit = limitOf(goal, events);
  if (goal === null || limit === null) return null;
  const figure = figureOf(goal, summary);
  const isMet = isReached(unit, figure, limit);
  return { statistic: goal.statistic, limit, isMet, missedBy: isMet ? null : isMoreBetter(unit) ? limit / figure : figure / limit };
}

type Sized = { readonly events: number; readonly measurement: Measurement };

function growthOf(goal: Goal | null, small: Sized, large: Sized): Growth | null {
  if (small.events >= large.events || large.measurement.unit === '×') return null;
  const [from, to] = [small, large].map(({ measurement }) => figureOf(goal, summarize(measurement)));
  const ratio = (to ?? Number.NaN) / (from ?? Number.NaN);
  const perTenfold = (isMoreBetter(large.measurement.unit) ? 1 / ratio : ratio) ** (1 / Math.log10(large.events / small.events));
  const limit = goal?.growth ?? null;
  return { perTenfold, limit, isMet: limit === null ? null : perTenfold <= limit };
}

/** Rows of one measurement stand together, smallest size first. */
export function reportRows(results: readonly SizeResult[]): readonly ReportRow[] {
  const ascending = [...results].sort((a, b) => a.events - b.events);
  const ids = [...new Set(ascending.flatMap(({ measurements }) => measurements.map(({ id }) => id)))];
  return ids.flatMap(id => {
    const goal = goalOf(id);
    const sized = ascending.flatMap(({ events, measurements }): readonly Sized[] =>
      measurements.filter(measurement => measurement.id === id).map(measurement => ({ events, measurement })));
    const [smallest] = sized;
    return sized.map(({ events, measurement }, index): ReportRow => {
      const summary = summarize(measurement);
      const { what, unit } = measurement;
      const isLast = index === sized.length - 1;
      return {
        id, what, unit, events, ...summary,
        goal: verdict(goal, { unit, events, summary }),
        growth: isLast && smallest !== undefined ? growthOf(goal, smallest, { events, measurement }) : null,
      };
    });
  });
}

/** Three digits at least, thousands apart. */
export function numberText(value: number): string {
  const decimals = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

const wordOf = (isMet: boolean): string => (isMet ? 'met' : 'MISSED');

function goalText({ unit, goal }: ReportRow): string {
  return goal === null ? '' : `${goal.statistic} ${isMoreBetter(unit) ? '≥' : '≤'} ${goal.limit.toLocaleString('en-US')}`;
}

function verdictText({ goal }: ReportRow): string {
  if (goal === null) return '';
  return goal.missedBy === null ? wordOf(true) : `${wordOf(false)} by ${numberText(goal.missedBy)}×`;
}

function growthText({ growth }: ReportRow): string {
  if (growth === null) return '';
  return [numberText(growth.perTenfold), ...(growth.isMet === null || growth.limit === null ? [] : [`≤ ${String(growth.limit)} ${wordOf(growth.isMet)}`])].join(' ');
}

type Column = { readonly title: string; readonly align: 'left' | 'right'; readonly cell: (row: ReportRow) => string };

const columns: readonly Column[] = [
  { title: 'what', align: 'left', cell: row => row.what },
  { title: 'events', align: 'right', cell: row => row.events.toLocaleString('en-US') },
  { title: 'median', align: 'right', cell: row => numberText(row.median) },
  { title: 'p95', align: 'right', cell: row => (row.p95 === null ? '' : numberText(row.p95)) },
  { title: 'worst', align: 'right', cell: row => numberText(row.worst) },
  { title: 'unit', align: 'left', cell: row => row.unit },
  { title: 'runs', align: 'right', cell: row => String(row.runs) },
  { title: 'goal', align: 'left', cell: goalText },
  { title: '', align: 'left', cell: verdictText },
  { title: 'cost at 10× the events', align: 'left', cell: growthText },
];

export function tableText(rows: readonly ReportRow[]): string {
  const lines = [columns.map(column => column.title), ...rows.map(row => columns.map(column => column.cell(row)))];
  const widths = columns.map((_, index) => Math.max(...lines.map(line => line[index]?.length ?? 0)));
  const pad = (text: string, index: number): string => (columns[index]?.align === 'right' ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0));
  return lines.map(line => line.map(pad).join('  ').trimEnd()).join('\n');
}
