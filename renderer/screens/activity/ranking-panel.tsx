/** One ranking in its card. */
import { FileSpreadsheet } from 'lucide-react';
import { useMemo } from 'react';
import { useAddress } from '../../address';
import { ChartCard, RankedBars, rankedRowHeight } from '../../charts';
import type { RankedRow } from '../../charts';
import { Counting } from './counting';
import { rankedRows, rankingLimit, rankingParams, toggled } from './ranking-specs';
import type { RankingSpec } from './ranking-specs';
import type { ActivityQuestion, ViewParams } from './use-activity-question';
import { useRanking } from './use-activity-rows';

const headHeight = 20;
const emptyHeight = 44;

export type RankingPanelProps = {
  readonly spec: RankingSpec;
  readonly question: ActivityQuestion;
  readonly onCsv: (view: string, params: ViewParams) => void;
};

export function RankingPanel({ spec, question, onCsv }: RankingPanelProps) {
  const { address, go } = useAddress();
  const params = useMemo(() => rankingParams(spec, question.params), [spec, question.params]);
  const { state, rows } = useRanking(question.tenant, spec, params);
  const ranked = rankedRows(spec, rows, question.address);
  const choose = (row: RankedRow): void => {
    const target = ranked.find(known => known.key === row.key)?.target;
    if (target !== undefined) go({ ...address, params: toggled(spec, target, address.params) });
  };
  return (
    <ChartCard title={spec.title} state={state} contentHeight={state.kind === 'ready' && ranked.length === 0 ? emptyHeight : headHeight + rankingLimit * rankedRowHeight}
      actions={<Counting name={spec.title} ours={spec.view.definition} auth0="Auth0’s Activity page does not show this." />}
      menu={[{ kind: 'action', label: 'Save as CSV', detail: 'All of them', icon: FileSpreadsheet, onSelect: () => { onCsv(spec.view.id, { ...params, limit: ['100000'] }); } }]}>
      <RankedBars label={spec.title} valueName={spec.counts} secondValueName="Users" rows={ranked} emptyText="Nothing to rank in this range." onChoose={choose} />
    </ChartCard>
  );
}
