import { expect, it } from 'vitest';
import { disagreement } from './agreement';

const agree = { keys: ['day'], counts: ['logins'] };
const day = (date: string, logins: number): { readonly day: string; readonly logins: number } => ({ day: `${date}T00:00:00.000Z`, logins });
/** As DuckDB gives a timestamp and a count. */
const duckDay = (date: string, logins: number): { readonly day: { readonly micros: bigint }; readonly logins: bigint } =>
  ({ day: { micros: BigInt(Date.parse(date)) * 1_000n }, logins: BigInt(logins) });

it('counts that a peer gives in another order and in its own types agree', () => {
  expect(disagreement(agree, [day('2026-03-01', 2), day('2026-03-02', 5)], [duckDay('2026-03-02', 5), duckDay('2026-03-01', 2)])).toBeNull();
});

it('a bucket without events agrees with no row at all', () => {
  expect(disagreement(agree, [day('2026-03-01', 2), day('2026-03-02', 0)], [duckDay('2026-03-01', 2)])).toBeNull();
});

it('one event more or less is told with both rows', () => {
  expect(disagreement(agree, [day('2026-03-01', 2)], [duckDay('2026-03-01', 3)])).toMatch(/1 rows against 1.*,2\] against .*,3\]/);
});

it('a row that only one of them has is told', () => {
  expect(disagreement(agree, [day('2026-03-01', 2)], [])).toContain('1 rows against 0');
  expect(disagreement(agree, [], [duckDay('2026-03-01', 2)])).toContain('no row against');
});

it('an empty comparison proves nothing, and says so', () => {
  expect(disagreement(agree, [day('2026-03-01', 0)], [])).toBe('there was nothing to count');
});

it('a column that the view does not have is named', () => {
  expect(disagreement({ keys: ['day'], counts: ['signups'] }, [day('2026-03-01', 2)], [])).toBe('the view has no column signups');
});
