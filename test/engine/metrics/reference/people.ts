/** The SQL references of growth and of cohorts. */
import type { Extra, Question } from './questions';
import { only } from './questions';
import type { Reference } from './reference';
import { byPeriod } from './reference';

/** Whoever comes once a month, or else once a week, has been seen after so long. */
const censoredMs = `CASE (SELECT value FROM parameter WHERE name = 'grain') WHEN 'month' THEN 28 ELSE 7 END * 86400000`;

/** One of the last buckets, where only so many are asked for. */
const isNewest = `b.number > (SELECT max(number) FROM bucket) - coalesce((SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'newest'), 1000000)`;

/** Period -1 is the one before the first, -2 all time before that. */
export const growth: Reference = {
  view: 'growth', grain: byPeriod, extra: ({ period, newest }) => ({ ...only('grain', period), ...only('newest', newest) }), ranking: null,
  sql: `
  WITH visit AS (
      SELECT e.user_id, e.occurred_at, b.number AS period, e.occurred_at >= a.start OR b.number < 0 AS is_counted
      FROM known_event e JOIN asked a ON e.occurred_at < a.finish JOIN calendar_bucket b ON e.occurred_at >= b.start AND e.occurred_at < b.finish
      WHERE e.is_active AND e.user_id IS NOT NULL),
    present AS (SELECT DISTINCT user_id, period FROM visit WHERE is_counted),
    first AS (SELECT user_id, min(period) AS period FROM visit GROUP BY user_id),
    figures AS (
      SELECT b.number,
        (SELECT count(*) FROM present n WHERE n.period = b.number) AS active,
        (SELECT count(*) FROM present n JOIN first f USING (user_id) WHERE n.period = b.number AND f.period = b.number) AS new,
        (SELECT count(*) FROM present n JOIN present p USING (user_id) WHERE n.period = b.number AND p.period = b.number - 1) AS retained,
        (SELECT count(*) FROM present n JOIN first f USING (user_id) WHERE n.period = b.number AND f.period < b.number
          AND NOT EXISTS (SELECT 1 FROM present p WHERE p.user_id = n.user_id AND p.period = b.number - 1)) AS resurrected,
        (SELECT count(*) FROM present p WHERE p.period = b.number - 1 AND NOT EXISTS (SELECT 1 FROM present n WHERE n.user_id = p.user_id AND n.period = b.number)) AS churned,
        (SELECT count(*) FROM (
          SELECT DISTINCT v.user_id, d.start FROM visit v JOIN calendar_day d ON v.occurred_at >= d.start AND v.occurred_at < d.finish WHERE v.period = b.number AND v.is_counted)) AS activeDays,
        (SELECT count(*) FROM calendar_day d JOIN asked a JOIN clock c JOIN archive_span s
          WHERE d.start >= b.start AND d.finish <= b.finish AND d.finish > a.start AND d.start < a.finish AND d.start <= c.now AND d.finish > s.start AND d.start < s.finish) AS coveredDays
      FROM bucket b)
  SELECT b.start AS periodStart, active, new, retained, resurrected, churned, activeDays,
    CASE WHEN active * coveredDays > 0 THEN min(1.0, 1.0 * activeDays / (active * coveredDays)) END AS stickiness,
    s.start IS NULL OR b.start < s.start + ${censoredMs} AS leftCensored, b.state
  FROM bucket b JOIN figures USING (number) LEFT JOIN archive_span s WHERE ${isNewest} ORDER BY b.number`,
};

const lastPeriods = `(SELECT CAST(value AS INTEGER) FROM parameter WHERE name = 'periods')`;

/** Who belongs to which cohort, when they were last active, and in which periods. */
const members = `
  unit_event AS (
    SELECT e.*, CASE u.value WHEN 'user' THEN 'id ' || user_id WHEN 'organization' THEN 'id ' || organization_id ELSE connection_key END AS unit_key
    FROM known_event e JOIN parameter u ON u.name = 'unit'),
  born AS (
    SELECT unit_key, min(occurred_at) AS at FROM unit_event
    WHERE unit_key IS NOT NULL AND CASE (SELECT value FROM parameter WHERE name = 'birth') WHEN 'signup' THEN is_signup ELSE is_active AND user_id IS NOT NULL END GROUP BY unit_key),
  member AS (
    SELECT n.unit_key, n.at, b.number AS cohort, (SELECT max(v.occurred_at) FROM unit_event v WHERE v.unit_key = n.unit_key AND v.is_active AND v.user_id IS NOT NULL) AS last_at
    FROM born n JOIN asked a ON n.at >= a.start AND n.at < a.finish JOIN bucket b ON n.at >= b.start AND n.at < b.finish),
  presence AS (
    SELECT m.unit_key, m.cohort, t.number AS target, CASE (SELECT value FROM parameter WHERE name = 'mode')
      WHEN 'unbounded' THEN coalesce(m.last_at >= t.start, 0)
      ELSE EXISTS (SELECT 1 FROM unit_event v WHERE v.unit_key = m.unit_key AND v.is_active AND v.user_id IS NOT NULL AND v.occurred_at >= t.start AND v.occurred_at < t.finish) END AS is_active
    FROM member m JOIN calendar_bucket t ON t.number >= m.cohort AND t.number < m.cohort + ${lastPeriods})`;

const gridOf = ({ unit, period, periods, mode, birth }: Question): Extra =>
  ({ ...only('unit', unit), ...only('grain', period), ...only('periods', periods), ...only('mode', mode), ...only('birth', birth) });
const shared: Pick<Reference, 'grain' | 'followed'> = { grain: byPeriod, followed: ({ periods }) => periods };

export const cohorts: Reference = {
  ...shared, view: 'cohorts', ranking: null,
  extra: question => ({ ...gridOf(question), ...only('newest', question.newest) }),
  sql: `
  WITH ${members},
    size AS (SELECT cohort, count(*) AS size FROM member GROUP BY cohort),
    found AS (SELECT cohort, target, sum(is_active) AS active FROM presence GROUP BY cohort, target),
    cell AS (
      SELECT b.start AS cohortStart, coalesce(s.size, 0) AS size, t.number - b.number AS period, t.start AS periodStart, CASE WHEN t.start <= c.now THEN coalesce(f.active, 0) END AS active,
        CASE
          WHEN t.start > c.now THEN 'future'
          WHEN b.state = 'uncovered' OR t.covered = 'uncovered' THEN 'uncovered'
          WHEN EXISTS (SELECT 1 FROM parameter WHERE name = 'birth' AND value = 'first-seen') AND b.start < a.start + ${censoredMs} THEN 'left-censored'
          WHEN b.state = 'complete' AND t.covered = 'complete' THEN 'complete'
          ELSE 'partial' END AS state,
        CASE WHEN t.finish > c.now THEN t.finish END AS completesAt
      FROM bucket b JOIN covered_bucket t ON t.number >= b.number AND t.number < b.number + ${lastPeriods} JOIN clock c LEFT JOIN archive_span a
        LEFT JOIN size s ON s.cohort = b.number LEFT JOIN found f ON f.cohort = b.number AND f.target = t.number
      WHERE ${isNewest})
  SELECT cohortStart, size, period, periodStart, active, CASE WHEN size > 0 THEN 1.0 * active / size END AS share, state, completesAt FROM cell ORDER BY cohortStart, period`,
};

/** A user whose name is another one outside the filters may be called by either: see the names' own test. */
export const cohortMembers: Reference = {
  ...shared, view: 'cohort-members', ranking: { largest: 'lastActiveAt', within: null, limit: 'none' },
  extra: (question, base) => ({
    ...gridOf(question), ...only('cohort', question.cohort === null ? null : new Date(base + question.cohort).toISOString()), ...(question.cell === null || question.cell >= question.periods ? {} : { ...only('period', question.cell), ...only('members', question.members) }),
  }),
  sql: `
  WITH ${members},
    chosen AS (
      SELECT m.* FROM member m JOIN bucket b ON b.number = m.cohort JOIN clock c
      WHERE coalesce((SELECT CAST(value AS INTEGER) >= b.start AND CAST(value AS INTEGER) < b.finish FROM parameter WHERE name = 'cohort'), 1)
        AND coalesce((
          SELECT t.start <= c.now AND p.is_active = (SELECT value = 'active' FROM parameter WHERE name = 'members')
          FROM parameter n JOIN calendar_bucket t ON t.number = m.cohort + CAST(n.value AS INTEGER) JOIN presence p ON p.unit_key = m.unit_key AND p.target = t.number
          WHERE n.name = 'period'), 1))
  SELECT n.kind AS unit, coalesce(n.id, n.name) AS id, n.name AS name, b.start AS cohortStart, m.at AS firstSeenAt, m.last_at AS lastActiveAt
  FROM chosen m JOIN names_of n ON n.kind = (SELECT value FROM parameter WHERE name = 'unit') AND n.key = m.unit_key JOIN bucket b ON b.number = m.cohort ORDER BY lastActiveAt DESC`,
};
