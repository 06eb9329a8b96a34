/** Says which host names may be a tenant's domain and which origins may stand in for it, before a secret goes anywhere. */

/** The web standard, which every host of this folder has; `shared` compiles without DOM and Node types. */
declare const URL: {
  new (input: string): { readonly protocol: string; readonly hostname: string; readonly pathname: string; readonly origin: string };
};

export type DomainCheck =
  | { readonly kind: 'auth0'; readonly domain: string }
  | { readonly kind: 'needs-consent'; readonly domain: string }
  | { readonly kind: 'invalid'; readonly problem: string };

export type OriginCheck = { readonly ok: true; readonly origin: string } | { readonly ok: false; readonly problem: string };

const auth0Host = '.auth0.com';
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const tenantLabel = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const locality = /^[a-z]{2}(?:-\d)?$/;
/** First labels under auth0.com that are services of Auth0 itself. */
const reserved: readonly string[] = ['manage', 'login', 'cdn', 'guardian', 'auth0'];

/** What is wrong with the text as a whole, in the words of the hint it completes; null when it may be a host name. */
function textProblem(input: string): string | null {
  if (input === '') return 'it is empty';
  if (/[^\x00-\x7f]/.test(input)) return 'it holds letters outside ASCII';
  if (/[\x00-\x20\x7f]/.test(input)) return 'it holds a space or a control character';
  if (/[/\\]/.test(input)) return 'leave out https:// and everything behind the host';
  if (input.includes('@')) return 'leave out the user name';
  if (/[:[\]]/.test(input)) return 'leave out the port; an address is not a domain';
  if (/[^A-Za-z0-9.-]/.test(input)) return 'only letters, digits, dots and hyphens may stand in it';
  if (input.length > 253) return 'it is longer than 253 characters';
  return null;
}

function labelsProblem(labels: readonly string[]): string | null {
  if (labels.at(-1) === '') return 'leave out the dot at the end';
  const last = labels.at(-1) ?? '';
  if (/^(?:\d+|0x[0-9a-f]*)$/.test(last)) return 'an IP address is not a domain';
  if (labels.length < 2) return 'it has no dot';
  if (labels.some((part) => part.startsWith('xn--'))) return 'internationalised names are not accepted';
  if (labels.some((part) => !label.test(part))) return 'each part must be 1 to 63 letters, digits and inner hyphens';
  if (last === 'localhost') return 'this machine can only be reached by an API origin';
  return null;
}

function underAuth0(domain: string, labels: readonly string[]): DomainCheck {
  const [first = '', second = ''] = labels;
  if (labels.length === 2) return { kind: 'invalid', problem: 'the name of the tenant is missing' };
  if (reserved.includes(first)) return { kind: 'invalid', problem: `${first} is a service of Auth0, not a tenant` };
  const green = tenantLabel.test(first) && (labels.length === 3 || (labels.length === 4 && locality.test(second)));
  return { kind: green ? 'auth0' : 'needs-consent', domain };
}

/**
 * Judges a tenant's domain: `auth0` is `{tenant}.auth0.com` or `{tenant}.{xx}.auth0.com` with two letters and an
 * optional `-digit`; any other well-formed host name may receive the secret only with consent.
 * `domain` is lower case and is its own host in a URL, byte for byte.
 */
export function checkDomain(input: string): DomainCheck {
  const textual = textProblem(input);
  if (textual !== null) return { kind: 'invalid', problem: textual };
  const domain = input.toLowerCase();
  const labels = domain.split('.');
  const structural = labelsProblem(labels);
  if (structural !== null) return { kind: 'invalid', problem: structural };
  return `.${domain}`.endsWith(auth0Host) ? underAuth0(domain, labels) : { kind: 'needs-consent', domain };
}

const loopback = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;

/** Whether a URL's host name is this machine: `localhost`, 127.0.0.0/8 or `[::1]`, as `URL` writes them. */
export function isLoopbackHost(hostname: string): boolean {
  return loopback.test(hostname);
}

function parsed(input: string): InstanceType<typeof URL> | null {
  try {
    return new URL(input);
  } catch {
    return null;
  }
}

/**
 * Judges an API origin: https with any host, http on this machine only, nothing after the port but one `/`.
 * Spellings that a URL would rewrite (hexadecimal addresses, escapes) are refused, so that what was typed is what is reached.
 */
export function checkApiOrigin(input: string): OriginCheck {
  const refuse = (problem: string): OriginCheck => ({ ok: false, problem });
  if (input.length > 2048 || /[^\x21-\x7e]/.test(input)) return refuse('it holds spaces or letters outside ASCII');
  if (!/^https?:\/\//i.test(input)) return refuse('it must begin with https://');
  if (/[?#@\\%]/.test(input)) return refuse('only a host and a port may follow https://');
  const url = parsed(input);
  if (url === null) return refuse('it is not a URL');
  if (url.pathname !== '/') return refuse('nothing may follow the port');
  const typed = input.toLowerCase().replace(/\/$/, '');
  const defaultPort = url.protocol === 'https:' ? ':443' : ':80';
  if (typed !== url.origin && typed !== url.origin + defaultPort) return refuse(`write it as ${url.origin}`);
  if (url.hostname.endsWith('.')) return refuse('leave out the dot at the end of the host');
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) return refuse('http is for this machine only');
  return { ok: true, origin: url.origin };
}

/**
 * The host that a person must accept by name before the secret goes to it, in lower case and without a port; null when none.
 * That is the API origin's host, unless it is this machine, the domain itself or one of Auth0's; else the domain, when it is not Auth0's.
 * `domain` and `apiOrigin` as checkDomain and checkApiOrigin gave them back.
 */
export function hostToAccept(domain: string, apiOrigin: string | null): string | null {
  const host = apiOrigin === null ? domain : new URL(apiOrigin).hostname;
  if (host !== domain && !isLoopbackHost(host) && checkDomain(host).kind !== 'auth0') return host;
  return checkDomain(domain).kind === 'auth0' ? null : domain;
}
