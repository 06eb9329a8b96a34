/** What a tile of the benchmark is: a question to the product and the same question in DuckDB's SQL. */
import type { Span } from './duck-events';
import type { Params } from './reader';

export type Tile = {
  /** Names its rows in the JSON; the view's id, and what is asked of it where there are several. */
  readonly id: string;
  readonly what: string;
  readonly view: string;
  readonly params: (span: Span) => Params;
  /** Over the table `e`; its columns bear the names of the view's. */
  readonly sql: (span: Span) => string;
  /** Columns in which both must agree, row by row in any order. Rows whose `counts` are all zero or empty are left out, as SQL has none for them. */
  readonly agree: { readonly keys: readonly string[]; readonly counts: readonly string[] };
  /** A page has no goal of its own here: it is beside its peer only. Default: a tile. */
  readonly kind?: 'page';
};

export const everything = (): Params => ({});

export const isLogin = '((category = \'login\' AND outcome = \'success\') OR type = \'sepft\')';
export const isFailedLogin = '((category = \'login\' AND outcome = \'failure\') OR type = \'fepft\')';
export const isActivity = '(outcome = \'success\' AND category IN (\'login\', \'token_exchange\', \'silent_auth\'))';
export const isBlocked = 'type IN (\'limit_wc\', \'limit_mu\', \'limit_sul\', \'limit_phone\', \'pwd_leak\')';
/** Which the bill counts. */
export const isM2mToken = '(type = \'seccft\' AND (audience IS NULL OR audience NOT LIKE \'%/api/v2/\'))';
export const isRateLimit = '(type IN (\'api_limit\', \'api_limit_warning\') OR type LIKE \'limit\\_%\' ESCAPE \'\\\')';
/** Told apart by id, then by name. */
export const connectionKey = 'COALESCE(connection_id, connection)';

/** One row a bucket. */
export const perBucket = (grain: 'day' | 'week' | 'month', what: string, name = 'bucketStart'): string =>
  `SELECT date_trunc('${grain}', occurred_at) AS "${name}", ${what} FROM e GROUP BY 1`;
