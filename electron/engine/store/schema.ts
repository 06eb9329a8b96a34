/** The tables in memory: a cache of the journal, rebuilt from it, so that there are no migrations. */

/**
 * Dictionaries hold each distinct text once; rows hold their ids, 0 meaning none. `folded` texts are searched, as SQLite folds ASCII only.
 * Rows have no index but that of their log ids: which of them a question is about is found by scanning columns, and SQL reads them by `seq`.
 * Of the dictionaries those have one that grow with a tenant.
 */
export const tables = `
  CREATE TABLE d_type (id INTEGER PRIMARY KEY, code TEXT NOT NULL, event_name TEXT NOT NULL, category TEXT NOT NULL, outcome TEXT NOT NULL) STRICT;
  CREATE TABLE d_user (id INTEGER PRIMARY KEY, value TEXT NOT NULL, folded TEXT NOT NULL) STRICT;
  CREATE TABLE d_user_name (id INTEGER PRIMARY KEY, value TEXT NOT NULL, folded TEXT NOT NULL) STRICT;
  CREATE TABLE d_connection (id INTEGER PRIMARY KEY, connection_id TEXT, connection_name TEXT) STRICT;
  CREATE TABLE d_strategy (id INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE d_organization (id INTEGER PRIMARY KEY, organization_id TEXT, organization_name TEXT) STRICT;
  CREATE TABLE d_application (id INTEGER PRIMARY KEY, application_id TEXT, application_name TEXT) STRICT;
  CREATE TABLE d_address (id INTEGER PRIMARY KEY, value TEXT NOT NULL, canonical TEXT NOT NULL, folded TEXT NOT NULL) STRICT;
  CREATE TABLE d_user_agent (id INTEGER PRIMARY KEY, value TEXT, browser TEXT, device TEXT) STRICT;
  CREATE TABLE d_hostname (id INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE d_description (id INTEGER PRIMARY KEY, value TEXT NOT NULL, folded TEXT NOT NULL) STRICT;
  CREATE TABLE d_country (id INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE d_audience (id INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE d_error (id INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE log_event (
    seq INTEGER PRIMARY KEY,
    log_id ANY NOT NULL UNIQUE,
    occurred_at INTEGER NOT NULL,
    type INTEGER NOT NULL,
    user INTEGER NOT NULL,
    user_name INTEGER NOT NULL,
    connection INTEGER NOT NULL,
    strategy INTEGER NOT NULL,
    organization INTEGER NOT NULL,
    application INTEGER NOT NULL,
    address INTEGER NOT NULL,
    user_agent INTEGER NOT NULL,
    hostname INTEGER NOT NULL,
    description INTEGER NOT NULL,
    country INTEGER NOT NULL,
    audience INTEGER NOT NULL,
    error INTEGER NOT NULL,
    frame INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    revisions INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE revision (log_id TEXT NOT NULL, frame INTEGER NOT NULL, slot INTEGER NOT NULL) STRICT;

  CREATE INDEX d_user_value ON d_user (value);
  CREATE INDEX d_address_canonical ON d_address (canonical);
  CREATE INDEX d_organization_id ON d_organization (organization_id);
`;

/**
 * MEMORY, because a rolled-back transaction is undefined without a journal; the page cache holds 8 MiB, as a page of the database costs
 * no more than a copy. EXCLUSIVE, because nobody else has the database: otherwise each statement looks for locks and for a journal
 * file first, which takes twenty times as long as reading a row.
 */
export const pragmas = `
  PRAGMA journal_mode = MEMORY;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA synchronous = OFF;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -8192;
`;
