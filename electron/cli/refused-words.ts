/** Words that the command line knows and refuses: what later versions will have, and secrets among the arguments. */

export const laterCommands: readonly string[] = ['findings', 'forward'];

/** By command. */
export const laterFlags: ReadonlyMap<string, readonly string[]> = new Map([['export', ['redact', 'customer']]]);

export const laterFormats: readonly string[] = ['jsonl.gz', 'xlsx', 'parquet', 'html'];

/** Flag to what is to be used in its place. */
export const secretFlags: ReadonlyMap<string, string> = new Map([
  ['client-secret', 'Use --client-secret-file FILE, "-" for standard input, or AUTH0_CLIENT_SECRET.'],
  ['passphrase', 'Use --passphrase-file FILE or TENANTSCOPE_PASSPHRASE.'],
]);
