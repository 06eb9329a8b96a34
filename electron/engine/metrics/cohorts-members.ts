/** Lists the units behind a cell of a cohort grid. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { MemberChoice } from '../../../shared/views/cohort-members';
import type { Scope } from '../queries/define-query';
import { describeCells } from './cohorts';
import type { CohortQuestion } from './cohorts-question';
import type { CohortScan } from './cohorts-scan';
import { scanCohorts } from './cohorts-scan';

/** `cohort`: an instant in its period, null for all; `period`: null for whoever is in the cohort. */
export type CellChoice = { readonly cohort: EpochMs | null; readonly period: number | null; readonly members: MemberChoice };

export type CohortMember = { readonly id: string; readonly name: string | null; readonly cohortStart: EpochMs; readonly bornAt: EpochMs; readonly lastActiveAt: EpochMs | null };

/** Latest active first. @throws Failure view.param-invalid, operation.cancelled */
export async function cohortMembersOf(scope: Scope, question: CohortQuestion, choice: CellChoice): Promise<readonly CohortMember[]> {
  const scan = await scanCohorts(scope, { ...question, cohort: choice.cohort });
  if (scan === null) return [];
  const isMember = membership(scope, question, scan, choice);
  const members: number[] = [];
  scan.cohortOf.forEach((cohort, unit) => {
    if (cohort >= 0 && isMember(cohort, unit)) members.push(unit);
  });
  const nameOf = question.unit === 'user' ? userNames(scope, members) : (unit: number) => scan.units.nameOf(unit).name;
  return members.map((unit): CohortMember => {
    const lastActiveAt = scan.lastActiveAt[unit] ?? 0;
    return {
      id: scan.units.nameOf(unit).id, name: nameOf(unit), cohortStart: scan.buckets.startOf(scan.cohortOf[unit] ?? 0), bornAt: scan.bornAt[unit] ?? 0,
      lastActiveAt: Number.isFinite(lastActiveAt) ? lastActiveAt : null,
    };
  }).sort((a, b) => (b.lastActiveAt ?? 0) - (a.lastActiveAt ?? 0) || (a.id < b.id ? -1 : 1));
}

/** Of a cell of the future nobody is a member, nor lost. */
function membership(scope: Scope, question: CohortQuestion, scan: CohortScan, { period, members }: CellChoice): (cohort: number, unit: number) => boolean {
  if (period === null) return () => true;
  if (period >= question.periods) return () => false;
  const cellOf = describeCells(scope, question, scan);
  const isActive = (unit: number): boolean =>
    question.mode === 'unbounded' ? scan.lastPeriodOf(unit) >= period : (((scan.activeIn[unit * scan.words + (period >>> 5)] ?? 0) >>> (period & 31)) & 1) === 1;
  return (cohort, unit) => cellOf(cohort, period).state !== 'future' && isActive(unit) === (members === 'active');
}

/** The name each user last had, whatever is filtered. */
function userNames({ rows: { columns, dictionaries }, asOf }: Scope, members: readonly number[]): (user: number) => string | null {
  const { length, occurredAt, seq } = columns;
  const users = columns.ids('user');
  const names = columns.ids('userName');
  const isWanted = new Uint8Array(dictionaries.user.size);
  for (const user of members) isWanted[user] = 1;
  const namedAt = new Float64Array(dictionaries.user.size).fill(Number.NEGATIVE_INFINITY);
  const latest = new Uint32Array(dictionaries.user.size);
  for (let row = 0; row < length; row += 1) {
    const user = users[row] ?? 0;
    const name = names[row] ?? 0;
    if (isWanted[user] === 0 || name === 0 || (seq[row] ?? 0) > asOf) continue;
    const at = occurredAt[row] ?? 0;
    if (at < (namedAt[user] ?? 0)) continue;
    namedAt[user] = at;
    latest[user] = name;
  }
  return user => dictionaries.userName.entry(latest[user] ?? 0);
}
