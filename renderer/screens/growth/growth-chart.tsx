/** Growth as a picture: who came stacked above the line, who left below it, with everything that can be done with a chart. */
import { FileSpreadsheet, Image, Shapes, Table } from 'lucide-react';
import { useMemo, useState } from 'react';
import { growth } from '../../../shared/views/growth';
import { ChartCard, ChartTable, plotHeight, savePicture, TimeSeriesChart } from '../../charts';
import type { PictureFormat } from '../../charts';
import { useToasts } from '../../components';
import type { MenuEntry } from '../../components';
import { navigate, toTimeline } from '../../address';
import { useCsv } from '../activity/use-csv';
import { activityBehind, growthChart } from './growth-model';
import type { GrowthGrain, GrowthRow } from './growth-model';

const legendHeight = 20;

export type GrowthChartProps = {
  readonly tenant: string;
  readonly rows: readonly GrowthRow[];
  readonly grain: GrowthGrain;
  readonly timeZone: string;
  readonly params: Readonly<Record<string, readonly string[]>>;
};

export function GrowthChart({ tenant, rows, grain, timeZone, params }: GrowthChartProps) {
  const [table, setTable] = useState<'open' | 'closed'>('closed');
  const csv = useCsv(tenant);
  const toasts = useToasts();
  const chart = useMemo(() => growthChart(rows, grain, timeZone), [rows, grain, timeZone]);
  const open = (bucket: number): void => {
    const at = chart.buckets[bucket];
    if (at === undefined) return;
    const behind = activityBehind({ from: at.startAt, to: at.endAt }, params, timeZone);
    if (behind !== null) navigate(toTimeline(tenant, behind));
  };
  const picture = (kind: PictureFormat) => (): void => {
    savePicture(chart, { subtitle: `${tenant}, ${timeZone}` }, kind, `${tenant.replace(/[^A-Za-z0-9._-]+/g, '-')}-growth`)
      .catch(() => { toasts.show({ tone: 'failure', title: 'The picture could not be saved', text: 'The chart itself and what is stored are as they were.' }); });
  };
  const menu: readonly MenuEntry[] = [
    { kind: 'action', label: 'Show as table', icon: Table, onSelect: () => { setTable('open'); } },
    { kind: 'separator' },
    { kind: 'action', label: 'Save as PNG', icon: Image, onSelect: picture('png') },
    { kind: 'action', label: 'Save as SVG', icon: Shapes, onSelect: picture('svg') },
    { kind: 'action', label: 'Save as CSV', icon: FileSpreadsheet, onSelect: () => { csv(growth.id, { ...params, grain: [grain] } as Record<string, string[]>); } },
  ];
  return (
    <ChartCard title="Growth" state={{ kind: 'ready' }} contentHeight={plotHeight + legendHeight} menu={menu}>
      <TimeSeriesChart chart={chart} onOpen={open} canOpen={bucket => (chart.whole.values[bucket] ?? 0) > 0} zeroText="Nobody was active" />
      <ChartTable chart={chart} open={table === 'open'} onClose={() => { setTable('closed'); }} />
    </ChartCard>
  );
}
