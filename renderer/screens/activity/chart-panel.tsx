/** One chart in its card, with everything that can be done with it. */
import { FileSpreadsheet, Image, Shapes, Table } from 'lucide-react';
import { useState } from 'react';
import { formatInstant } from '../../../shared/domain/time';
import { useAddress } from '../../address';
import { ChartCard, ChartTable, plotHeight, savePicture, TimeSeriesChart } from '../../charts';
import type { PictureFormat, TimeChart } from '../../charts';
import { Tag, useTimeFormat, useToasts } from '../../components';
import type { MenuEntry } from '../../components';
import { auth0Definitions } from './auth0-definitions';
import type { ChartSpec } from './chart-specs';
import type { Definition } from './click-through';
import { Counting } from './counting';
import type { ActivityQuestion, ViewParams } from './use-activity-question';
import { seriesParams, useChartData } from './use-activity-rows';
import { useOpenBehind } from './use-open-behind';

const legendHeight = 20;

export type ChartPanelProps = {
  readonly spec: ChartSpec;
  readonly question: ActivityQuestion;
  readonly onCsv: (view: string, params: ViewParams) => void;
};

function useMenu({ spec, question, onCsv }: ChartPanelProps, chart: TimeChart | null, showTable: () => void): readonly MenuEntry[] {
  const format = useTimeFormat(question.timeZone);
  const toasts = useToasts();
  if (chart === null) return [];
  const picture = (kind: PictureFormat) => (): void => {
    const range = question.span === null ? '' : `, ${format.dateRange(question.span.from, Math.max(question.span.from, question.span.to - 1))}`;
    const day = formatInstant(question.span?.to ?? 0).slice(0, 10);
    savePicture(chart, { subtitle: `${question.tenant}${range}, ${question.timeZone}` }, kind, `${question.tenant.replace(/[^A-Za-z0-9._-]+/g, '-')}-${spec.view.id}-${day}`)
      .catch(() => { toasts.show({ tone: 'failure', title: 'The picture could not be saved', text: 'The chart itself and what is stored are as they were.' }); });
  };
  return [
    { kind: 'action', label: 'Show as table', icon: Table, onSelect: showTable },
    { kind: 'separator' },
    { kind: 'action', label: 'Save as PNG', icon: Image, onSelect: picture('png') },
    { kind: 'action', label: 'Save as SVG', icon: Shapes, onSelect: picture('svg') },
    { kind: 'action', label: 'Save as CSV', icon: FileSpreadsheet, onSelect: () => { onCsv(spec.view.id, seriesParams(spec, question, question.params)); } },
  ];
}

export function ChartPanel(props: ChartPanelProps) {
  const { spec, question } = props;
  const { setParams } = useAddress();
  const { state, chart } = useChartData(spec, question);
  const [table, setTable] = useState<'open' | 'closed'>('closed');
  const { open, can } = useOpenBehind(spec, question, chart);
  const menu = useMenu(props, chart, () => { setTable('open'); });
  const hasBoth = spec.definitions === 'both';
  const choice = { definition: question.definition, onChange: (chosen: Definition) => { setParams({ definition: chosen === 'auth0' ? 'auth0' : null }); } };
  return (
    <ChartCard title={spec.title} state={state} contentHeight={plotHeight + legendHeight} menu={menu}
      note={hasBoth && question.definition === 'auth0' ? <Tag tone="accent">Counted as Auth0 does</Tag> : undefined}
      actions={<Counting name={spec.title} ours={spec.view.definition} auth0={auth0Definitions[spec.counted]} {...(hasBoth ? { choice } : {})} />}>
      {chart !== null && <TimeSeriesChart chart={chart} onOpen={open} canOpen={can} segments={spec.segments} zeroText={spec.zeroText} />}
      {chart !== null && <ChartTable chart={chart} open={table === 'open'} onClose={() => { setTable('closed'); }} />}
    </ChartCard>
  );
}
