/** Everything a user can be told went wrong, in one place: title, what to do, whether trying again helps, and the exit code. */

export type ErrorEntry = {
  readonly title: string;
  readonly hint: string;
  /** Whether the same request may succeed later: never, later (by itself), or after the user changed something. */
  readonly retry: 'never' | 'later' | 'after-change';
  /** The command line's exit code: 1 failed, 2 usage, 4 credentials, 5 rate limit, 130 interrupted. */
  readonly exitCode: 1 | 2 | 4 | 5 | 130;
};

const entry = (title: string, hint: string, retry: ErrorEntry['retry'], exitCode: ErrorEntry['exitCode']): ErrorEntry => ({
  title, hint, retry, exitCode,
});

/** `{name}` in a title or hint is filled from the failure's details. */
export const errorCatalogue = {
  'usage.command-unknown': entry('There is no command {command}', 'Run tenantscope --help for the list.', 'after-change', 2),
  'usage.command-missing': entry('A command is needed', 'Run tenantscope --help for the list.', 'after-change', 2),
  'usage.flag-unknown': entry('{command} has no flag {flag}', 'Run tenantscope {command} --help for its flags.', 'after-change', 2),
  'usage.flag-missing': entry('{command} needs {flag}', 'Run tenantscope {command} --help for an example.', 'after-change', 2),
  'usage.value-invalid': entry('{flag} cannot be {value}', '{expected}', 'after-change', 2),
  'usage.flag-repeated': entry('{flag} is given twice', 'Give it once.', 'after-change', 2),
  'usage.argument-unexpected': entry('{command} takes no argument {argument}', 'Run tenantscope {command} --help for an example.', 'after-change', 2),
  'usage.secret-in-arguments': entry('{flag} is not taken: other programs can read arguments', '{instead}', 'after-change', 2),
  'usage.file-unreadable': entry('The file of {flag} cannot be read: {file}', 'The system says: {problem}.', 'after-change', 2),
  'usage.not-available': entry('{feature} is not part of this version', 'Run tenantscope --help for what is.', 'never', 2),

  'operation.unknown': entry('There is no operation {operation}', 'The two sides of the application do not match: restart it.', 'never', 1),
  'operation.input-invalid': entry('The request is not well formed: {problem}', 'Correct the value and try again.', 'after-change', 2),
  'operation.refused': entry('The request did not come from the window of Tenantscope', 'Nothing was done. If you did nothing unusual, restart Tenantscope and report it.', 'never', 1),
  'operation.cancelled': entry('Stopped as you asked', 'What was stored before is kept; start again at any time.', 'later', 130),
  'operation.too-many': entry('More than {most} requests at once', 'Wait until those under way have ended.', 'later', 1),
  'host.no-sandbox': entry('Tenantscope does not run without its sandbox', 'Leave out --no-sandbox. Where the system forbids sandboxes to an AppImage, install the deb or rpm package instead.', 'after-change', 1),
  'host.gone': entry('Tenantscope has stopped', 'Start it again; what is stored is safe.', 'later', 1),
  'host.port-unusable': entry('Port {port} cannot be used', 'The system says: {problem}. Give another --port, or leave it out and any free one is taken.', 'after-change', 1),
  'host.page-missing': entry('The built page of the application cannot be read', 'The system says: {problem}. Run npm run build, or install Tenantscope again.', 'after-change', 1),
  'internal': entry('Something went wrong inside Tenantscope', 'What is stored is safe. With TENANTSCOPE_DEBUG=1 the cause is printed (reference {reference}).', 'later', 1),
  'internal.command-line': entry('The command line failed: {problem}', 'What is stored is safe. Please report this text.', 'later', 1),

  'view.unknown': entry('There is no view {view}', 'tenantscope views lists them.', 'after-change', 2),
  'view.param-unknown': entry('{view} has no parameter {param}', 'It takes {known}.', 'after-change', 2),
  'view.param-invalid': entry('{param} cannot be {value}', '{expected}', 'after-change', 2),
  'view.page-invalid': entry('This page token does not belong to this question', 'Start again at the first page.', 'after-change', 2),
  'view.page-expired': entry('The archive was rewritten since this page was opened', 'Start again at the first page.', 'after-change', 2),
  'event.not-found': entry('There is no event {logId} in {tenant}', 'Check the log id; the archive may not reach as far as this event.', 'after-change', 1),

  'tenant.unknown': entry('There is no tenant {tenant} in this data folder', 'tenantscope status lists the tenants; connect or import makes one.', 'after-change', 2),
  'tenant.name-invalid': entry('{tenant} cannot be a tenant name', 'Use a domain, or letters a-z, digits, dots and hyphens, at most 63.', 'after-change', 2),
  'tenant.reserved': entry('The tenant sample is built in and cannot be changed', 'Choose another name.', 'after-change', 2),
  'tenant.not-connected': entry('{tenant} holds imported files only', 'Only a connected tenant can be synced; tenantscope connect --help says how to connect one.', 'after-change', 2),
  'tenant.domain-invalid': entry('{domain} is not a tenant domain', 'Give the host name only, such as acme.eu.auth0.com: {problem}.', 'after-change', 2),
  'tenant.domain-needs-consent': entry('{domain} is not a tenant\'s usual address at Auth0', 'Your client secret would be sent there. If that is right, repeat with --accept-domain {domain}.', 'after-change', 2),
  'tenant.api-origin-invalid': entry('{origin} cannot be an API origin', 'Use https, or http on a loopback address, with nothing after the port.', 'after-change', 2),

  'vault.passphrase-missing': entry('A passphrase is needed: it encrypts everything that is stored', 'On the command line give --passphrase-file FILE or set TENANTSCOPE_PASSPHRASE; a recovery key opens too. Nothing was stored.', 'after-change', 4),
  'vault.passphrase-wrong': entry('The passphrase does not open this data folder', 'Use its passphrase or its recovery key. Nothing was changed.', 'after-change', 4),
  'vault.damaged': entry('The key file {file} is damaged', 'Put back a copy of it; without it the archive cannot be opened. Nothing was changed.', 'after-change', 1),
  'vault.passphrase-weak': entry('The passphrase is shorter than 8 characters', 'Choose a longer one; several words are easy to remember. Nothing was changed.', 'after-change', 2),
  'vault.keychain-failed': entry('{keychain} does not open this data folder: {problem}', 'Unlock it and try again, or type the passphrase or the recovery key. Nothing was changed.', 'after-change', 4),
  'vault.keychain-needed': entry('Only the keychain and the recovery key open this data folder', 'Set a passphrase first. Nothing was changed.', 'after-change', 2),
  'vault.locked': entry('The data folder is locked', 'Open it with its passphrase or its recovery key. Nothing was changed.', 'after-change', 4),
  'vault.exists': entry('This data folder is set up already', 'Open it with its passphrase or its recovery key, or choose another folder. Nothing was changed.', 'after-change', 1),
  'vault.in-memory': entry('The tenants are in memory only', 'Set a passphrase first: it keeps them on this machine. Nothing was changed.', 'after-change', 1),
  'vault.not-made': entry('Nothing is stored in this data folder yet', 'Set it up first; connecting a tenant or importing a file does so too.', 'after-change', 1),

  'archive.locked': entry('Another Tenantscope is writing to this data folder', 'Wait for it or stop it (process {pid}); reading works meanwhile.', 'later', 1),
  'archive.newer-format': entry('{file} was written by a newer version of Tenantscope', 'Update Tenantscope. Nothing was changed.', 'after-change', 1),
  'archive.unreadable': entry('{file} cannot be read', 'The system says: {problem}. Nothing was changed.', 'after-change', 1),
  'archive.unwritable': entry('The data folder cannot be written', 'The system says: {problem}. What was stored before is safe.', 'after-change', 1),
  'archive.disk-full': entry('The disk is full', 'Free some space and start again; what was stored before is safe.', 'after-change', 1),
  'archive.damaged': entry('The archive of {tenant} is damaged: {problem}', 'Every intact part is read. Sync again to fetch what Auth0 still has.', 'after-change', 1),
  'archive.rewritten': entry('The archive of {tenant} was rewritten meanwhile', 'Ask again; what was forgotten or purged is gone.', 'later', 1),
  'archive.not-empty': entry('This data folder holds an archive already', 'Restore into a new data folder. Nothing was changed.', 'after-change', 1),
  'backup.damaged': entry('The backup cannot be restored: {problem}', 'Copy the file again, or use another backup. Nothing was changed.', 'after-change', 1),

  'auth0.credentials-rejected': entry('Auth0 rejected these credentials', 'Check the client id and the client secret, and that the application is of the machine-to-machine kind.', 'after-change', 4),
  'auth0.grant-missing': entry('The application may not use the Management API', 'In the dashboard, authorise it for the Auth0 Management API with the scope read:logs.', 'after-change', 4),
  'auth0.audience-rejected': entry('Auth0 does not know the audience {audience}', 'With a custom domain, give the tenant\'s own domain as --audience-domain.', 'after-change', 4),
  'auth0.scope-missing': entry('The application lacks the scope {scope}', 'Grant it {scope} on the Auth0 Management API; nothing was lost.', 'after-change', 4),
  'auth0.token-rejected': entry('Auth0 rejected a token it had just issued', 'Check that domain and API origin belong to the same tenant; connect again.', 'after-change', 4),
  'auth0.rate-limited': entry('Auth0 asked us to slow down, again and again', 'Sync again in a minute; nothing was lost.', 'later', 5),
  'auth0.server-error': entry('Auth0 answers with errors ({status})', 'Sync again later; nothing was lost.', 'later', 1),
  'auth0.refused': entry('Auth0 refused the request ({status}): {message}', 'Nothing was lost. If it stays, report it with this text.', 'after-change', 1),
  'auth0.unreachable': entry('{host} cannot be reached', 'Check the network and the domain ({problem}); what is stored can be read meanwhile.', 'later', 1),
  'auth0.timeout': entry('{host} stopped answering', 'Sync again later; nothing was lost.', 'later', 1),
  'auth0.redirected': entry('{host} tried to send us elsewhere', 'Redirects are refused, so that no credential goes astray. Check the domain.', 'after-change', 1),
  'auth0.link-refused': entry('{host} named a next page outside its own log', 'The page was refused and nothing was sent there. Check the domain or API origin.', 'after-change', 1),
  'auth0.bad-response': entry('{host} answered with something that is not a log page: {problem}', 'Sync again; if it stays, a proxy may stand between. Nothing was lost.', 'later', 1),
  'auth0.too-large': entry('{host} sent an answer that is too large', 'The page was refused; nothing was lost.', 'later', 1),
  'auth0.not-advancing': entry('{host} repeats the same page of the log', 'The sync stopped where it stood; nothing was lost. Try again later.', 'later', 1),
  'auth0.start-refused': entry('{host} gives no way to the start of its log', 'What was stored before is kept. If it stays, report it with the text: {message}', 'after-change', 1),

  'import.unreadable': entry('{file} cannot be read', 'The system says: {problem}. Nothing was stored.', 'after-change', 1),
  'import.encoding': entry('{file} is {encoding}, not UTF-8', 'Convert it to UTF-8 and import it again.', 'after-change', 1),
  'import.ratio': entry('{file} unpacks to over 200 times its size', 'It looks like a decompression bomb and was stopped; what came before is stored.', 'never', 1),
  'import.too-large': entry('{file} unpacks to more than 20 GiB', 'Split it and import the parts; what came before is stored.', 'after-change', 1),
  'import.gzip-damaged': entry('{file} is a damaged gzip file: {problem}', 'What could be unpacked is stored; get the file again for the rest.', 'after-change', 1),
  'export.unwritable': entry('{file} cannot be written', 'The system says: {problem}.', 'after-change', 1),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
export type FailureDetails = Readonly<Record<string, string | number>>;
/** What crosses a seam: never a stack, never a secret. */
export type ErrorReport = { readonly code: ErrorCode; readonly title: string; readonly hint: string; readonly details: FailureDetails };

const fill = (text: string, details: FailureDetails): string =>
  text.replace(/\{(\w+)\}/g, (whole, key: string) => (Object.hasOwn(details, key) ? String(details[key]) : whole));

/** An operation cannot go on, for a reason of the catalogue. `details` fill the text and may be shown to anybody. */
export class Failure extends Error {
  readonly code: ErrorCode;
  readonly details: FailureDetails;

  constructor(code: ErrorCode, details: FailureDetails = {}) {
    super(fill(errorCatalogue[code].title, details));
    this.name = 'Failure';
    this.code = code;
    this.details = details;
  }

  get hint(): string {
    return fill(errorCatalogue[this.code].hint, this.details);
  }

  get exitCode(): number {
    return errorCatalogue[this.code].exitCode;
  }

  report(): ErrorReport {
    return { code: this.code, title: this.message, hint: this.hint, details: this.details };
  }

  static fromReport(report: ErrorReport): Failure {
    return new Failure(report.code, report.details);
  }
}
