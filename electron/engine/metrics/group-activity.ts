/** Counts in one pass what happened in each group of rows, when it last did, and which rows are those of active users. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { EventType } from '../../../shared/domain/event-types';
import type { Grouping } from '../columns/by-group';
import { slotsOf } from '../columns/by-group';
import type { Rows } from '../columns/select-rows';
import type { Scope } from '../queries/define-query';
import { isActivity, isFailedLogin, isLogin } from './event-kinds';

/** What a row may be, one bit each; `user`: it names one. */
export const rowBits = { login: 1, failedLogin: 2, activity: 4, user: 8 } as const;
/** As many as there are combinations of bits. */
const kindCount = 16;

/** `now` begins at `from`, `before` at `before` and ends there; what is earlier still counts for the latest rows only. What lies behind `until` has a wrong date, and is no latest row. */
export type Edges = { readonly before: EpochMs; readonly from: EpochMs; readonly until: EpochMs };
export type Period = 'before' | 'now';

export type GroupActivity = {
  /** Whether a group has any row. */
  readonly has: (group: number) => boolean;
  /** How many rows of a group have all of these bits. */
  readonly countOf: (group: number, period: Period, bits: number) => number;
  /** The latest row with all of these bits, of any time, or -1; of rows of one instant the last that came. */
  readonly latestOf: (group: number, bits: number) => number;
  /** Rows of groups that show that a user is active. */
  readonly members: Readonly<Record<Period, Rows>>;
};

type Found = {
  readonly counts: Uint32Array; readonly latest: Int32Array; readonly latestAt: Float64Array;
  readonly now: Uint32Array; readonly before: Uint32Array; nowCount: number; beforeCount: number;
};

const periodCount = 3;
const periodNumbers: Readonly<Record<Period, number>> = { before: 1, now: 2 };
const kinds = Array.from({ length: kindCount }, (_none, kind) => kind);

/** Of rows in the order they came in; those in no group are passed over. @throws Failure operation.cancelled */
export async function groupActivity(scope: Scope, rows: Rows, { grouping, edges }: { readonly grouping: Grouping; readonly edges: Edges }): Promise<GroupActivity> {
  const { counts, latest, latestAt, now, nowCount, before, beforeCount } = await scan(scope, rows, grouping, edges);
  return {
    members: { now: now.subarray(0, nowCount), before: before.subarray(0, beforeCount) },
    has: group => counts.subarray(group * periodCount * kindCount, (group + 1) * periodCount * kindCount).some(count => count > 0),
    countOf: (group, period, bits) => {
      const first = (group * periodCount + periodNumbers[period]) * kindCount;
      return kinds.reduce((sum, kind) => sum + ((kind & bits) === bits ? (counts[first + kind] ?? 0) : 0), 0);
    },
    latestOf: (group, bits) => {
      let found = -1;
      let foundAt = Number.NEGATIVE_INFINITY;
      for (let kind = bits; kind < kindCount; kind += 1) {
        const slot = group * kindCount + kind;
        const row = latest[slot] ?? -1;
        const at = latestAt[slot] ?? 0;
        if ((kind & bits) !== bits || at < foundAt || (at === foundAt && row < found)) continue;
        found = row;
        foundAt = at;
      }
      return found;
    },
  };
}

const bitsOf = (type: EventType): number =>
  (isLogin(type) ? rowBits.login : 0) | (isFailedLogin(type) ? rowBits.failedLogin : 0) | (isActivity(type) ? rowBits.activity : 0);

/** A few milliseconds. */
const rowsPerSlice = 500_000;

async function scan(scope: Scope, rows: Rows, grouping: Grouping, edges: Edges): Promise<Found> {
  const groups = grouping.count + 1;
  const found: Found = {
    counts: new Uint32Array(groups * periodCount * kindCount), latest: new Int32Array(groups * kindCount).fill(-1), latestAt: new Float64Array(groups * kindCount).fill(Number.NEGATIVE_INFINITY),
    now: new Uint32Array(rows.length), before: new Uint32Array(rows.length), nowCount: 0, beforeCount: 0,
  };
  const add = sliceScan(scope, grouping, edges, found);
  // From the end, where the latest mostly are.
  for (let end = rows.length; end > 0; end -= rowsPerSlice) {
    add(rows.subarray(Math.max(0, end - rowsPerSlice), end));
    await scope.pause();
  }
  return found;
}

function sliceScan({ rows: { columns, dictionaries } }: Scope, grouping: Grouping, { before, from, until }: Edges, found: Found): (rows: Rows) => void {
  const { ids, count: groups } = grouping;
  const slots = slotsOf(grouping);
  const { occurredAt } = columns;
  const [types, users] = [columns.ids('type'), columns.ids('user')];
  const typeBits = Uint8Array.from(dictionaries.type.entries, type => (type === null ? 0 : bitsOf(type)));
  const { counts, latest, latestAt, now, before: earlier } = found;
  return rows => {
    let { nowCount, beforeCount } = found;
    // Signs of differences stand for choices, which cost several times as much where they are as good as random.
    for (let index = rows.length - 1; index >= 0; index -= 1) {
      const row = rows[index] ?? 0;
      const group = slots[ids[row] ?? 0] ?? 0;
      const hasUser = (0 - (users[row] ?? 0)) >>> 31;
      const kind = (typeBits[types[row] ?? 0] ?? 0) | (hasUser * rowBits.user);
      const at = occurredAt[row] ?? 0;
      const period = at >= from ? 2 : at >= before ? 1 : 0;
      const cell = (group * periodCount + period) * kindCount + kind;
      counts[cell] = (counts[cell] ?? 0) + 1;
      const slot = group * kindCount + kind;
      if (at > (latestAt[slot] ?? 0) && at < until) {
        latestAt[slot] = at;
        latest[slot] = row;
      }
      const isMember = (kind >> 2) & hasUser & ((group - groups) >>> 31);
      now[nowCount] = row;
      earlier[beforeCount] = row;
      nowCount += isMember & (period >> 1);
      beforeCount += isMember & period;
    }
    found.nowCount = nowCount;
    found.beforeCount = beforeCount;
  };
}
