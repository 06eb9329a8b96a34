/** Cohorts: who comes back, by the period in which they came first. */
import { useQuery } from '@tanstack/react-query';
import { CircleHelp, Grid3x3 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { cohorts } from '../../../shared/views/cohorts';
import { useAddress } from '../../address';
import { Button, classNames, EmptyState, ErrorPanel, IconButton, Popover, formatCount, Segmented, SkeletonLines, useTimeFormat } from '../../components';
import { useFilters } from '../../hooks/use-filters';
import { asFailure } from '../../hooks/use-operation';
import { readWholeView } from '../../hooks/use-whole-view';
import { keys } from '../../query-keys';
import { CohortGrid } from './cohort-grid';
import type { CellAt } from './cohort-grid';
import { gridOf } from './cohort-grid-model';
import type { CohortRow, Grid } from './cohort-grid-model';
import { CohortMembersDrawer } from './cohort-members-drawer';
import { cellWords, createPeriodLabels, unitsWords } from './cohort-words';
import styles from './cohorts.module.css';
import { cohortViewParams, useCohortChoice } from './use-cohort-choice';
import type { CohortChoiceControl } from './use-cohort-choice';

/** A grid with more rows than this says nothing to anybody. */
const mostCohorts = 750;
const mostCells = 50_000;

type Read = { readonly grid: Grid; /** `cut` where there are older cohorts than are drawn. */ readonly extent: 'whole' | 'cut' };

async function readGrid(tenant: string, params: Readonly<Record<string, readonly string[]>>, signal: AbortSignal): Promise<Read> {
  const { rows } = await readWholeView(cohorts, { tenant, params: { ...params, newest: [String(mostCohorts + 1)] } }, { most: mostCells, signal });
  const starts = [...new Set(rows.map(row => row.cohortStart))].sort();
  const first = starts.at(-mostCohorts) ?? '';
  return starts.length > mostCohorts ? { grid: gridOf(rows.filter(row => row.cohortStart >= first)), extent: 'cut' } : { grid: gridOf(rows), extent: 'whole' };
}

function Toolbar({ choice, set }: CohortChoiceControl) {
  return (
    <div className={styles.toolbar} role="group" aria-label="Grid">
      <Segmented label="Cohorts of" options={[{ value: 'user', label: 'Users' }, { value: 'connection', label: 'Connections' }, { value: 'organization', label: 'Organizations' }]} value={choice.unit} onChange={unit => { set({ unit }); }} />
      <Segmented label="Period" options={[{ value: 'day', label: 'Day' }, { value: 'week', label: 'Week' }, { value: 'month', label: 'Month' }]} value={choice.grain} onChange={grain => { set({ grain }); }} />
      <Segmented label="Active" labelPlace="before" options={[{ value: 'bounded', label: 'In period' }, { value: 'unbounded', label: 'Or later' }]} value={choice.mode} onChange={mode => { set({ mode }); }} />
      {choice.unit === 'user' && <Segmented label="Birth" labelPlace="before" options={[{ value: 'first-seen', label: 'First seen' }, { value: 'signup', label: 'Signup' }]} value={choice.birth} onChange={birth => { set({ birth }); }} />}
      <span className={styles.space} />
      <Segmented label="Show" options={[{ value: 'percent', label: 'Percent' }, { value: 'count', label: 'Count' }, { value: 'lost', label: 'Lost' }]} value={choice.show} onChange={show => { set({ show }); }} />
      <Popover label="How this counts" align="end" trigger={<IconButton icon={CircleHelp} label="How this counts" />}><p className={styles.definition}>{cohorts.definition}</p></Popover>
    </div>
  );
}

function Legend({ choice, set }: CohortChoiceControl) {
  const keysOf = [['Complete', undefined], ['Not over, or cut', styles.partial], ['Not in the archive', styles.uncovered], ['May be older than the archive', styles.censored]] as const;
  return (
    <div className={styles.legend} aria-label="Legend" role="group">
      {keysOf.map(([label, pattern]) => <span key={label} className={styles.key}><span className={classNames(styles.cell, styles.swatch, pattern)} style={{ ['--mix' as string]: '35%' }} aria-hidden="true" />{label}</span>)}
      <span>Blank: still to come</span>
      <span className={styles.space} />
      <Segmented label="Colours by" labelPlace="before" options={[{ value: 'grid', label: 'Whole grid' }, { value: 'row', label: 'Each row' }]} value={choice.scale} onChange={scale => { set({ scale }); }} />
    </div>
  );
}

type LoadedProps = { readonly tenant: string; readonly read: Read; readonly control: CohortChoiceControl; readonly params: Readonly<Record<string, readonly string[]>>; readonly timeZone: string };

function Loaded({ tenant, read: { grid, extent }, control, params, timeZone }: LoadedProps) {
  const { choice } = control;
  const [current, setCurrent] = useState<CellAt>({ row: 0, period: 0 });
  const [opened, setOpened] = useState<CohortRow | null>(null);
  const format = useTimeFormat(timeZone);
  const labelOf = useMemo(() => createPeriodLabels(choice.grain, timeZone), [choice.grain, timeZone]);
  const dateOf = (at: string): string => format.date(Date.parse(at));
  const cell = grid.cohorts[current.row]?.cells[current.period];
  // Behind what is to come, or not in the archive, stands nobody.
  const open = (at: CohortRow): void => { if (at.active !== null && at.state !== 'uncovered') setOpened(at); };
  const total = grid.cohorts.reduce((sum, cohort) => sum + cohort.size, 0);
  return (
    <>
      <div className={styles.status}>
        <span className={styles.words} role="status">{cell === undefined ? `${unitsWords(choice.unit, total)} in ${String(grid.cohorts.length)} cohorts` : cellWords(cell, { unit: choice.unit, grain: choice.grain, cohort: labelOf(cell.cohortStart), date: dateOf })}</span>
        {extent === 'cut' && <span>Only cohorts of the newest {formatCount(mostCohorts)} {choice.grain}s are drawn</span>}
      </div>
      <div className={styles.content}>
        <CohortGrid grid={grid} choice={choice} labelOf={labelOf} dateOf={dateOf} current={current} opened={opened} onCurrent={setCurrent} onOpen={open} />
        {opened !== null && <CohortMembersDrawer key={`${opened.cohortStart} ${String(opened.period)}`} tenant={tenant} params={params} choice={choice} cell={opened} onClose={() => { setOpened(null); }}
          title={`Cohort ${labelOf(opened.cohortStart)}, ${choice.grain} ${String(opened.period)}`} />}
      </div>
      <Legend {...control} />
    </>
  );
}

function Cohorts({ tenant }: { readonly tenant: string }) {
  const filters = useFilters();
  const control = useCohortChoice();
  const { choice } = control;
  const params = useMemo(() => ({ ...filters.viewParams, ...cohortViewParams(choice) }), [filters.viewParams, choice]);
  const read = useQuery({ queryKey: keys.view(tenant, cohorts.id, params), queryFn: ({ signal }) => readGrid(tenant, params, signal), staleTime: Infinity });
  const hasFilters = filters.active.length > 0 || filters.range.kind !== 'all';
  return (
    <div className={styles.screen}>
      <Toolbar {...control} />
      {read.isPending && <div className={styles.blank}><div className={styles.skeleton}><SkeletonLines count={14} /></div></div>}
      {read.error !== null && <div className={styles.blank}><ErrorPanel failure={asFailure(read.error)} onRetry={() => { void read.refetch(); }} /></div>}
      {read.data !== undefined && read.data.grid.cohorts.length === 0 && (
        <div className={styles.blank}>
          <EmptyState icon={Grid3x3} title="No cohorts" text={`Nobody was ${choice.birth === 'signup' ? 'signed up' : 'seen'} first in these events. Machines have no users, and form none.`}
            actions={hasFilters ? <Button onClick={filters.clear}>Clear filters and range</Button> : undefined} />
        </div>
      )}
      {read.data !== undefined && read.data.grid.cohorts.length > 0 && <Loaded key={JSON.stringify(params)} tenant={tenant} read={read.data} control={control} params={filters.viewParams} timeZone={filters.timeZone} />}
    </div>
  );
}

export function CohortsScreen() {
  const { address } = useAddress();
  return address.screen === 'cohorts' ? <Cohorts key={address.tenant} tenant={address.tenant} /> : null;
}
