/** The reference tables and the words that all metrics share, in SQL: what a login is, what was asked, what the archive covers. */

const tables = `
  CREATE TABLE reference_event (
    seq INTEGER PRIMARY KEY, log_id TEXT NOT NULL UNIQUE, occurred_at INTEGER NOT NULL, type TEXT NOT NULL, type_name TEXT NOT NULL, category TEXT NOT NULL, outcome TEXT NOT NULL,
    user_id TEXT, user_name TEXT, email_domain TEXT, connection_id TEXT, connection_name TEXT, strategy TEXT, organization_id TEXT, organization_name TEXT,
    application_id TEXT, application_name TEXT, audience TEXT, ip TEXT, country TEXT, hostname TEXT, browser TEXT, device TEXT, error TEXT, description TEXT, searched TEXT NOT NULL
  ) STRICT;
  CREATE TABLE clock (now INTEGER NOT NULL) STRICT;
  CREATE TABLE event_field (seq INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (seq, field, value)) STRICT, WITHOUT ROWID;
  CREATE TABLE wanted (field TEXT NOT NULL, value TEXT NOT NULL) STRICT;
  CREATE TABLE unwanted (field TEXT NOT NULL, value TEXT NOT NULL) STRICT;
  CREATE TABLE needle (value TEXT NOT NULL) STRICT;
  CREATE TABLE parameter (name TEXT NOT NULL, value TEXT NOT NULL) STRICT;
  CREATE TABLE question (start INTEGER NOT NULL, finish INTEGER NOT NULL) STRICT;
  CREATE TABLE calendar_bucket (number INTEGER PRIMARY KEY, start INTEGER NOT NULL, finish INTEGER NOT NULL) STRICT;
  CREATE TABLE calendar_day (start INTEGER PRIMARY KEY, finish INTEGER NOT NULL) STRICT;`;

/** A filter finds any of its values; of a connection, its id or its name. */
const filters = `
  CREATE VIEW named_value (seq, field, value) AS
    SELECT seq, 'application', application_id FROM reference_event UNION ALL SELECT seq, 'connection', connection_id FROM reference_event
    UNION ALL SELECT seq, 'connection', connection_name FROM reference_event WHERE connection_name IS NOT connection_id
    UNION ALL SELECT seq, 'organization', organization_id FROM reference_event UNION ALL SELECT seq, 'user', user_id FROM reference_event
    UNION ALL SELECT seq, 'type', type FROM reference_event UNION ALL SELECT seq, 'outcome', outcome FROM reference_event UNION ALL SELECT seq, 'category', category FROM reference_event
    UNION ALL SELECT seq, 'ip', ip FROM reference_event UNION ALL SELECT seq, 'strategy', strategy FROM reference_event UNION ALL SELECT seq, 'country', country FROM reference_event
    UNION ALL SELECT seq, 'hostname', hostname FROM reference_event UNION ALL SELECT seq, 'browser', browser FROM reference_event UNION ALL SELECT seq, 'device', device FROM reference_event;

  CREATE VIEW passing_event AS
    SELECT *,
      coalesce('id ' || connection_id, 'name ' || connection_name) AS connection_key,
      coalesce('id ' || application_id, 'name ' || application_name) AS application_key,
      (category = 'login' AND outcome = 'success') OR type = 'sepft' AS is_login,
      (category = 'login' AND outcome = 'failure') OR type = 'fepft' AS is_failed_login,
      type IN ('limit_wc', 'limit_mu', 'limit_sul', 'limit_phone', 'pwd_leak') AS is_blocked_attempt,
      type = 'ss' AS is_signup,
      outcome = 'success' AND category IN ('login', 'token_exchange', 'silent_auth') AS is_active,
      outcome = 'success' AND category IN ('login', 'token_exchange') AS is_auth0_active,
      type = 'seccft' AND coalesce(audience, '') NOT LIKE '%/api/v2/' AS is_m2m_token,
      type IN ('api_limit', 'api_limit_warning') OR type GLOB 'limit_*' AS is_rate_limit_event
    FROM reference_event e
    WHERE NOT EXISTS (
        SELECT 1 FROM wanted w
        WHERE NOT EXISTS (SELECT 1 FROM wanted o JOIN event_field f ON f.field = o.field AND f.value = o.value WHERE o.field = w.field AND f.seq = e.seq))
      AND NOT EXISTS (SELECT 1 FROM unwanted u JOIN event_field f ON f.field = u.field AND f.value = u.value WHERE f.seq = e.seq)
      AND (NOT EXISTS (SELECT 1 FROM needle) OR EXISTS (SELECT 1 FROM needle n WHERE instr(e.searched, n.value) > 0));
  CREATE TABLE filtered_event AS SELECT * FROM passing_event;
  CREATE INDEX filtered_event_time ON filtered_event (occurred_at);`;

/**
 * Dates before Auth0 was there, or later than tomorrow, are wrong: they do not stretch what the archive covers, unless it has no other,
 * and what looks back or forward does not know them. A list without bounds lists them all the same.
 */
const time = `
  CREATE VIEW archive_span AS
    WITH credible AS (SELECT occurred_at FROM reference_event, clock WHERE occurred_at >= unixepoch('2013-01-01') * 1000 AND occurred_at <= now + 86400000),
      counted AS (SELECT occurred_at FROM credible UNION ALL SELECT occurred_at FROM reference_event WHERE NOT EXISTS (SELECT 1 FROM credible))
    SELECT min(occurred_at) AS start, max(occurred_at) + 1 AS finish, max(occurred_at) AS last FROM counted;

  CREATE VIEW asked AS
    SELECT q.start, q.finish, 2 * q.start - q.finish AS previous_start,
      q.start > s.start AND 2 * q.start - q.finish < s.finish AND q.start < q.finish AS is_previous_covered
    FROM question q LEFT JOIN archive_span s;

  CREATE VIEW bounds AS
    SELECT max(CASE name WHEN 'fromAt' THEN CAST(value AS INTEGER) END) AS start, max(CASE name WHEN 'toAt' THEN CAST(value AS INTEGER) END) AS finish FROM parameter;
  CREATE VIEW listed_event AS SELECT e.* FROM filtered_event e JOIN bounds b ON e.occurred_at >= coalesce(b.start, e.occurred_at) AND e.occurred_at < coalesce(b.finish, e.occurred_at + 1);
  CREATE VIEW known_event AS
    SELECT e.* FROM filtered_event e JOIN asked a JOIN clock c
    WHERE e.occurred_at >= min(unixepoch('2013-01-01') * 1000, a.start) AND e.occurred_at < max(c.now + 86400001, a.finish);
  CREATE VIEW asked_event AS SELECT e.* FROM filtered_event e JOIN asked a ON e.occurred_at >= a.start AND e.occurred_at < a.finish;

  CREATE VIEW covered_bucket AS
    SELECT b.*, CASE
      WHEN s.start IS NULL OR b.finish <= s.start OR b.start >= s.finish THEN 'uncovered'
      WHEN b.start <= c.now AND c.now < b.finish THEN 'running'
      WHEN b.start < s.start OR b.finish > s.finish THEN 'partial'
      ELSE 'complete' END AS covered
    FROM calendar_bucket b JOIN clock c LEFT JOIN archive_span s;

  CREATE VIEW bucket AS
    SELECT b.*, CASE WHEN b.covered = 'complete' AND (b.start < a.start OR b.finish > a.finish) THEN 'partial' ELSE b.covered END AS state
    FROM covered_bucket b JOIN asked a ON b.finish > a.start AND b.start < a.finish AND b.number >= 0;`;

/** What the latest event that names a thing calls it, whether or not the question is about that event. */
const names = `
  CREATE VIEW thing AS
    SELECT occurred_at, seq, 'application' AS kind, coalesce('id ' || application_id, 'name ' || application_name) AS key, application_id AS id, application_name AS name FROM reference_event
    UNION ALL SELECT occurred_at, seq, 'connection', coalesce('id ' || connection_id, 'name ' || connection_name), connection_id, connection_name FROM reference_event
    UNION ALL SELECT occurred_at, seq, 'organization', 'id ' || organization_id, organization_id, organization_name FROM reference_event
    UNION ALL SELECT occurred_at, seq, 'user', 'id ' || user_id, user_id, user_name FROM reference_event;
  CREATE VIEW names_of AS
    SELECT DISTINCT t.kind, t.key, t.id, first_value(t.name) OVER (PARTITION BY t.kind, t.key ORDER BY t.name IS NULL, t.occurred_at DESC, t.seq DESC) AS name
    FROM thing t WHERE t.key IS NOT NULL;`;

export const definitions = tables + filters + time + names;
