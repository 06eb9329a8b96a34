/** A tenant as the Auth0 client reaches it, made from what a person typed after every rule has passed. */
import type { CheckedInput } from '../../shared/contract';
import type { TenantId } from '../../shared/domain/ids';
import { checkApiOrigin, checkDomain, hostToAccept } from '../../shared/domain/tenant-domain';
import { Failure } from '../../shared/errors';

/** Holds the secret: it stays on the main thread and goes nowhere but into the vault and to the token endpoint. */
export type TenantConnection = {
  /** The domain in lower case. */
  readonly tenant: TenantId;
  readonly domain: string;
  /** Serves `/oauth/token` and `/api/v2/` instead of `https://{domain}`; null when there is none. */
  readonly apiOrigin: string | null;
  /** Names the Management API in the token request; differs from `domain` for custom domains. */
  readonly audienceDomain: string;
  /** The host a person consented to by typing it again: the API origin's or the domain; null where no consent was needed. */
  readonly acceptedDomain: string | null;
  readonly clientId: string;
  readonly clientSecret: string;
};

/** A rejected value as it may be shown: short, printable, and without the user name and password that stand before an `@`. */
const shown = (value: string): string =>
  value.slice(value.lastIndexOf('@') + 1).replace(/[^\x20-\x7e]/g, '?').slice(0, 100);

/** In lower case. */
function checkedDomain(domain: string): string {
  const verdict = checkDomain(domain);
  if (verdict.kind === 'invalid') throw new Failure('tenant.domain-invalid', { domain: shown(domain), problem: verdict.problem });
  return verdict.domain;
}

function checkedOrigin(origin: string | undefined): string | null {
  if (origin === undefined) return null;
  const verdict = checkApiOrigin(origin);
  if (!verdict.ok) throw new Failure('tenant.api-origin-invalid', { origin: shown(origin), problem: verdict.problem });
  return verdict.origin;
}

/** Makes the connection. @throws Failure tenant.domain-invalid, tenant.domain-needs-consent, tenant.api-origin-invalid, operation.input-invalid */
export function connectionFrom(input: CheckedInput<'tenant.connect'>): TenantConnection {
  const domain = checkedDomain(input.domain);
  const apiOrigin = checkedOrigin(input.apiOrigin);
  const acceptedDomain = hostToAccept(domain, apiOrigin);
  if (acceptedDomain !== null && input.acceptDomain?.toLowerCase() !== acceptedDomain) {
    throw new Failure('tenant.domain-needs-consent', { domain: acceptedDomain });
  }
  if (input.clientId === '') throw new Failure('operation.input-invalid', { problem: 'the client id is empty' });
  if (input.clientSecret === '') throw new Failure('operation.input-invalid', { problem: 'the client secret is empty' });
  return {
    tenant: domain,
    domain,
    apiOrigin,
    audienceDomain: input.audienceDomain === undefined ? domain : checkedDomain(input.audienceDomain),
    acceptedDomain,
    clientId: input.clientId,
    clientSecret: input.clientSecret,
  };
}
