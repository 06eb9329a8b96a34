/** Who stands behind a cell of the cohort grid, to look at, to follow into the timeline and to take away as a file. */
import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { cohortMembers } from '../../../shared/views/cohort-members';
import type { MemberChoice } from '../../../shared/views/cohort-members';
import { toTimeline, navigate } from '../../address';
import { Button, DataTable, Drawer, EmptyState, ErrorPanel, formatCount, LogText, Segmented, SkeletonLines, Time, useToasts, visibleText } from '../../components';
import type { DataColumn } from '../../components';
import { asFailure } from '../../hooks/use-operation';
import { useViewPage } from '../../hooks/use-view-page';
import type { PageOf, RowOf } from '../../hooks/use-view-page';
import { useExport } from '../timeline/use-export';
import { receiptWords } from '../timeline/export-dialog';
import type { CohortRow } from './cohort-grid-model';
import { unitsWords } from './cohort-words';
import styles from './cohorts.module.css';
import { cohortViewParams } from './use-cohort-choice';
import type { CohortChoice } from './use-cohort-choice';

type Member = RowOf<typeof cohortMembers>;
const mostListed = 5_000;

const columns: readonly DataColumn<Member>[] = [
  { id: 'name', header: 'Name', width: 240, cell: member => <span title={visibleText(member.name ?? member.id)}><LogText text={member.name ?? member.id} max={200} /></span> },
  { id: 'firstSeenAt', header: 'First seen', width: 100, cell: member => <Time at={member.firstSeenAt} form="date" /> },
  { id: 'lastActiveAt', header: 'Last active', width: 100, cell: member => <Time at={member.lastActiveAt} form="date" /> },
];

/** All of them; of more than are listed, the file has the rest. */
const memberWords = ({ rows, next }: PageOf<typeof cohortMembers>, { unit }: CohortChoice, all: number): string =>
  (next === null ? unitsWords(unit, rows.length) : `${formatCount(rows.length)} of ${unitsWords(unit, all)}, all of them in the export`);

export type CohortMembersDrawerProps = {
  readonly tenant: string;
  readonly params: Readonly<Record<string, readonly string[]>>;
  readonly choice: CohortChoice;
  readonly cell: CohortRow;
  readonly title: string;
  readonly onClose: () => void;
};

export function CohortMembersDrawer({ tenant, params, choice, cell, title, onClose }: CohortMembersDrawerProps) {
  const [members, setMembers] = useState<MemberChoice>(choice.show === 'lost' ? 'lost' : 'active');
  const asked = useMemo(() => ({ ...params, ...cohortViewParams(choice), cohort: [cell.cohortStart], period: [String(cell.period)], members: [members] }), [params, choice, cell, members]);
  const page = useViewPage(cohortMembers, { tenant, params: asked, size: mostListed });
  const run = useExport(tenant);
  const toasts = useToasts();
  const rows = page.data?.rows ?? [];
  const takeAway = async (): Promise<void> => {
    const receipt = await run.start({ tenant, view: cohortMembers.id, params: asked, format: 'csv' });
    if (receipt !== null) toasts.show({ title: `Exported ${unitsWords(choice.unit, receipt.rows)}`, text: receiptWords(receipt), tone: 'success' });
  };
  const follow = (member: Member): void => { navigate(toTimeline(tenant, { [choice.unit]: [member.id] })); };
  return (
    <Drawer label={title} initialWidth={480} onClose={onClose} header={<h2>{title}</h2>}>
      <div className={styles.members}>
        <div className={styles.membersHead}>
          <Segmented label="Members" options={[{ value: 'active', label: 'Active' }, { value: 'lost', label: 'Lost' }]} value={members} onChange={setMembers} />
          <span role="status">{page.data === undefined ? '' : memberWords(page.data, choice, members === 'lost' ? cell.size - (cell.active ?? 0) : cell.active ?? 0)}</span>
          <span className={styles.space} />
          <Button size="small" icon={Download} isBusy={run.isRunning} disabled={rows.length === 0} onClick={() => { void takeAway(); }}>Export CSV</Button>
        </div>
        {run.failure !== null && <ErrorPanel failure={run.failure} form="inline" />}
        <div className={styles.membersList}>
          {page.error !== null && <ErrorPanel failure={asFailure(page.error)} onRetry={() => { void page.refetch(); }} />}
          {page.isPending && <div className={styles.skeleton}><SkeletonLines count={8} /></div>}
          {page.data !== undefined && rows.length === 0 && <EmptyState title="Nobody" text={members === 'lost' ? 'Everybody of this cohort is active in this period.' : 'Nobody of this cohort is active in this period.'} />}
          {rows.length > 0 && <DataTable label={title} columns={columns} rows={rows} rowKey={member => member.id} onOpen={follow} />}
        </div>
      </div>
    </Drawer>
  );
}
