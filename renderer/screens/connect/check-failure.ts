/** Explains why a check of a tenant failed: the likely causes, the place to put it right, and the field to correct. */
import type { DashboardSection } from '../../../shared/domain/outside-pages';
import type { Failure } from '../../../shared/errors';
import type { ConnectDraft, DraftField } from './connect-draft';
import { judgeDomain, originToAccept } from './connect-draft';

export type Explanation = {
  readonly causes: readonly string[];
  /** The field that is most likely wrong; null where the form is right and something else is not. */
  readonly field: DraftField | null;
  /** The page of the dashboard where it is put right. */
  readonly section: DashboardSection | null;
};

const because = (causes: readonly string[], field: DraftField | null = null, section: DashboardSection | null = null): Explanation => ({ causes, field, section });

const detail = ({ details }: Failure, name: string): string => String(details[name] ?? '');

function unreachable(failure: Failure): Explanation {
  const problem = detail(failure, 'problem');
  if (/certificate|encryption/.test(problem)) return because(['The encrypted connection is not trusted: a proxy or virus scanner may be reading along, or the domain points to another server.', 'Nothing was sent: neither the client ID nor the secret.'], 'domain');
  if (/not known/.test(problem)) return because(['No server has this name. Look for a typing mistake, and for the region, as in acme.eu.auth0.com.'], 'domain');
  if (/public internet/.test(problem)) return because(['The domain leads into a private network. A tenant in a private cloud is given by its API origin, under Advanced.'], 'apiOrigin');
  return because(['This machine has no connection, or a firewall or proxy stands between.', 'If other pages open, check the domain.'], 'domain');
}

function audience(draft: ConnectDraft): Explanation {
  const custom = judgeDomain(draft).kind === 'needs-consent';
  return because([
    custom ? 'This is a custom domain: Auth0 knows its Management API under the tenant’s own domain only. Enter that as the audience domain, such as acme.eu.auth0.com.' : 'The audience domain must be the tenant’s own domain, not its custom domain.',
  ], 'audienceDomain', 'apis');
}

/** Of the two places where a host is accepted, the one that this is about. */
function consent(failure: Failure, draft: ConnectDraft): Explanation {
  return because([], detail(failure, 'domain') === originToAccept(draft) ? 'originConsent' : 'consent');
}

const table: { readonly [Code in Failure['code']]?: Explanation } = {
  'auth0.credentials-rejected': because([
    'The client secret is wrong: it was rotated, or copied only in part.',
    'Or the client ID is of another application or tenant. Auth0 does not say which of the two it is.',
    'Or the application is not of the machine-to-machine kind.',
  ], 'clientSecret', 'applications'),
  'auth0.grant-missing': because(['The application exists and the secret is right, but it is not authorised for the Auth0 Management API.', 'Open the Management API in the dashboard, then Machine to Machine Applications, and switch the application on.'], null, 'apis'),
  'auth0.scope-missing': because(['The application is authorised for the Management API without a scope that reads the log.', 'Open its entry under Machine to Machine Applications, tick read:logs, and press Update.'], null, 'apis'),
  'auth0.token-rejected': because(['The token came from one place and was shown to another: domain and API origin belong to different tenants.'], 'apiOrigin'),
  'auth0.rate-limited': because(['The tenant’s request budget is used up, by this or by another program. It fills again within a minute.', 'The form is right as far as it could be tried.']),
  'auth0.server-error': because(['Auth0 has a fault of its own. Your form may well be right.']),
  'auth0.timeout': because(['The server took the connection and said nothing. A firewall may swallow the answer.', 'If it stays, check the domain.'], 'domain'),
  'auth0.redirected': because(['The domain sends visitors elsewhere: it may be a website or a login page, not the tenant itself.', 'Nothing was sent to the other place.'], 'domain'),
  'auth0.bad-response': because(['Something answered that is not Auth0’s API: a web page, a hotel’s sign-in page, or a proxy.', 'Check the domain, and whether this network asks for a sign-in.'], 'domain'),
  'auth0.too-large': because(['Something answered that is not Auth0’s API.'], 'domain'),
  'auth0.refused': because(['Auth0 gave a reason of its own, above.'], 'clientId', 'applications'),
  'tenant.domain-invalid': because([], 'domain'),
  'tenant.api-origin-invalid': because([], 'apiOrigin'),
};

/** For every failure of a check there is something to say; of one that is not about Auth0 the catalogue says enough. */
export function explainFailure(failure: Failure, draft: ConnectDraft): Explanation {
  if (failure.code === 'auth0.unreachable') return unreachable(failure);
  if (failure.code === 'auth0.audience-rejected') return audience(draft);
  if (failure.code === 'tenant.domain-needs-consent') return consent(failure, draft);
  return table[failure.code] ?? because([]);
}

export const fieldNames: Readonly<Record<DraftField, string>> = {
  domain: 'domain', consent: 'confirmation', clientId: 'client ID', clientSecret: 'client secret', audienceDomain: 'audience domain', apiOrigin: 'API origin', originConsent: 'confirmation',
};
