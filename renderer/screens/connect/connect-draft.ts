/** What is typed into the connect wizard, what is wrong with it, and the request it makes. */
import type { Input } from '../../../shared/contract';
import { checkApiOrigin, checkDomain, hostToAccept } from '../../../shared/domain/tenant-domain';
import type { DomainCheck } from '../../../shared/domain/tenant-domain';

export type ConnectDraft = {
  readonly domain: string;
  /** The domain typed once more, as consent to send the secret to a host that is not a tenant's usual address at Auth0. */
  readonly consent: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Empty: the domain itself. */
  readonly audienceDomain: string;
  /** Empty: the domain itself. */
  readonly apiOrigin: string;
  /** The API origin's host typed once more, where the secret would go there instead. */
  readonly originConsent: string;
};

export type DraftField = keyof ConnectDraft;
export type DraftProblems = { readonly [Field in DraftField]?: string };

export const emptyDraft: ConnectDraft = { domain: '', consent: '', clientId: '', clientSecret: '', audienceDomain: '', apiOrigin: '', originConsent: '' };

/** What people paste: an address of the dashboard's bar or with blanks around; anything else is judged as it is. */
export function cleanDomain(typed: string): string {
  const text = typed.trim();
  return /^https?:\/\/[^/?#]+\/?$/i.test(text) ? text.replace(/^https?:\/\//i, '').replace(/\/$/, '') : text;
}

export const judgeDomain = (draft: ConnectDraft): DomainCheck => checkDomain(cleanDomain(draft.domain));

const invalidDomain = (problem: string): string => `This is not a tenant domain: ${problem}.`;

export function domainProblems(draft: ConnectDraft): DraftProblems {
  if (cleanDomain(draft.domain) === '') return { domain: 'Enter the domain of the tenant.' };
  const check = judgeDomain(draft);
  if (check.kind === 'invalid') return { domain: invalidDomain(check.problem) };
  if (check.kind === 'needs-consent' && cleanDomain(draft.consent).toLowerCase() !== check.domain) return { consent: `Type ${check.domain} to confirm, or correct the domain above.` };
  return {};
}

function audienceProblem(typed: string): string | null {
  const check = checkDomain(cleanDomain(typed));
  return typed.trim() === '' || check.kind !== 'invalid' ? null : invalidDomain(check.problem);
}

function originProblem(typed: string): string | null {
  const check = checkApiOrigin(typed.trim());
  return typed.trim() === '' || check.ok ? null : `This cannot be an API origin: ${check.problem}.`;
}

/** The API origin's host, where it must be accepted by name; null where it need not, or where nothing can be said yet. */
export function originToAccept(draft: ConnectDraft): string | null {
  const domain = judgeDomain(draft);
  const origin = checkApiOrigin(draft.apiOrigin.trim());
  if (domain.kind === 'invalid' || !origin.ok) return null;
  const host = hostToAccept(domain.domain, origin.origin);
  return host === domain.domain ? null : host;
}

function originConsentProblem(draft: ConnectDraft): string | null {
  const host = originToAccept(draft);
  return host === null || cleanDomain(draft.originConsent).toLowerCase() === host ? null : `Type ${host} to confirm, or correct the API origin above.`;
}

/** An id with a blank in it was copied with something else; a secret may hold anything. */
function clientIdProblem(typed: string): string | null {
  if (typed.trim() === '') return 'Enter the client ID.';
  return /\s/.test(typed.trim()) ? 'The client ID holds a space or line break; copy it again.' : null;
}

export function applicationProblems(draft: ConnectDraft): DraftProblems {
  const found: Readonly<Record<string, string | null>> = {
    clientId: clientIdProblem(draft.clientId),
    clientSecret: draft.clientSecret.trim() === '' ? 'Enter the client secret.' : null,
    audienceDomain: audienceProblem(draft.audienceDomain),
    apiOrigin: originProblem(draft.apiOrigin),
    originConsent: originConsentProblem(draft),
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== null)) as DraftProblems;
}

/** The host that was accepted by typing it; null where none need be, or where it was not. */
function acceptedHost(draft: ConnectDraft): string | null {
  const origin = originToAccept(draft);
  if (origin !== null) return originConsentProblem(draft) === null ? origin : null;
  const check = judgeDomain(draft);
  return check.kind === 'needs-consent' && domainProblems(draft).consent === undefined ? check.domain : null;
}

/** The request for `tenant.check` and `tenant.connect`. Meant for a draft without problems. */
export function connectInput(draft: ConnectDraft): Input<'tenant.connect'> {
  const check = judgeDomain(draft);
  const domain = check.kind === 'invalid' ? cleanDomain(draft.domain) : check.domain;
  const audienceDomain = cleanDomain(draft.audienceDomain);
  const apiOrigin = draft.apiOrigin.trim();
  const acceptDomain = acceptedHost(draft);
  return {
    domain, clientId: draft.clientId.trim(), clientSecret: draft.clientSecret.trim(),
    ...(audienceDomain === '' ? {} : { audienceDomain }),
    ...(apiOrigin === '' ? {} : { apiOrigin }),
    ...(acceptDomain === null ? {} : { acceptDomain }),
  };
}
