/** The tenant's furniture: connections, organizations with their offices, and applications. */
import { companyAt, companyCount } from './names';
import { officeAddress, places } from './places';
import type { Place } from './places';
import { randomFor } from './random';
import type { Random } from './random';
import type { Rhythm } from './rhythms';

export type SampleConnection = {
  readonly id: string; readonly name: string; readonly displayName: string;
  readonly strategy: string; readonly strategyType: 'database' | 'social' | 'enterprise' | 'passwordless';
};
export type Office = { readonly place: Place; readonly ip: string };
export type SampleOrganization = {
  readonly id: string; readonly name: string; readonly displayName: string; readonly domain: string;
  /** Its own enterprise connection, or the shared database. */
  readonly connection: SampleConnection;
  readonly offices: readonly Office[];
  readonly rhythm: Rhythm;
  /** Share of all members, in any unit. */
  readonly weight: number;
  readonly provisioning: 'scim' | 'invitation' | 'first-login';
};
export type ApplicationKind = 'spa' | 'regular_web' | 'native' | 'non_interactive';
export type SampleApplication = {
  readonly clientId: string; readonly name: string; readonly kind: ApplicationKind; readonly audience: string;
  /** What its SDK sends as `auth0_client`. */
  readonly sdk: Readonly<Record<string, unknown>> | undefined;
};
export type Tenant = { readonly name: string; readonly host: string; readonly loginHost: string; readonly environment: string };

export type World = {
  readonly tenant: Tenant;
  readonly connections: readonly SampleConnection[];
  readonly organizations: readonly SampleOrganization[];
  readonly applications: readonly SampleApplication[];
  /** What administrators work in; not one of the tenant's own applications, and without a name in events. */
  readonly dashboard: SampleApplication;
  /** Those without an organization. */
  readonly shared: { readonly database: SampleConnection; readonly google: SampleConnection; readonly email: SampleConnection; readonly sms: SampleConnection };
};

export const organizationCount = companyCount;
const enterpriseNames = { samlp: 'saml', waad: 'entra', okta: 'okta', oidc: 'oidc' } as const;
type EnterpriseStrategy = keyof typeof enterpriseNames;

/** 40 organizations by size: 8 log in by SAML, 6 by Entra ID, 6 by Okta, 4 by OpenID Connect, the others with the shared database. */
const organizationStrategies = [
  'samlp', 'auth0', 'waad', 'okta', 'samlp', 'auth0', 'oidc', 'samlp', 'waad', 'auth0', 'okta', 'auth0', 'waad', 'samlp', 'auth0', 'auth0', 'okta',
  'samlp', 'auth0', 'oidc', 'waad', 'auth0', 'samlp', 'okta', 'auth0', 'auth0', 'waad', 'samlp', 'auth0', 'oidc', 'okta', 'auth0', 'auth0', 'waad',
  'samlp', 'auth0', 'okta', 'auth0', 'oidc', 'auth0',
] as const satisfies readonly (EnterpriseStrategy | 'auth0')[];

const connectionOf = (random: Random, fields: Omit<SampleConnection, 'id'>): SampleConnection => ({ id: `con_${random.letters(16)}`, ...fields });

function sharedConnections(random: Random): World['shared'] {
  return {
    database: connectionOf(random, { name: 'Username-Password-Authentication', displayName: 'Password', strategy: 'auth0', strategyType: 'database' }),
    google: connectionOf(random, { name: 'google-oauth2', displayName: 'Google', strategy: 'google-oauth2', strategyType: 'social' }),
    email: connectionOf(random, { name: 'email', displayName: 'Code by e-mail', strategy: 'email', strategyType: 'passwordless' }),
    sms: connectionOf(random, { name: 'sms', displayName: 'Code by text message', strategy: 'sms', strategyType: 'passwordless' }),
  };
}

/** Offices of one organization are on one continent, as users who change between them must not seem to fly. */
function officesOf(random: Random, index: number): readonly Office[] {
  const home = index === 0 ? places.slice(0, 1) : [random.pick(places)];
  const near = places.filter(place => place.location.continent_code === home[0]?.location.continent_code);
  const count = index < 4 ? 3 : index < 14 ? 2 : 1;
  return Array.from({ length: count }, (_, office) => ({
    place: (office === 0 ? home[0] : undefined) ?? random.pick(near),
    ip: officeAddress(index * 3 + office),
  }));
}

function organizationAt(random: Random, index: number, database: SampleConnection): SampleOrganization {
  const company = companyAt(index);
  const strategy = organizationStrategies[index % organizationStrategies.length] ?? 'auth0';
  const connection = strategy === 'auth0' ? database : connectionOf(random, {
    name: `${company.name}-${enterpriseNames[strategy]}`, displayName: company.displayName, strategy, strategyType: 'enterprise',
  });
  return {
    id: `org_${random.letters(16)}`, ...company, connection,
    offices: officesOf(random, index),
    rhythm: index % 9 === 5 ? 'shift' : 'office',
    weight: (index + 3) ** -0.8,
    provisioning: strategy === 'auth0' ? 'invitation' : strategy === 'okta' || index % 4 === 2 ? 'scim' : 'first-login',
  };
}

type ApplicationRow = readonly [name: string, kind: ApplicationKind, audience: string, sdk?: string, version?: string];

const managementAudience = (host: string): string => `https://${host}/api/v2/`;

const applicationRows = (host: string): readonly ApplicationRow[] => [
  ['Customer Portal', 'spa', 'https://api.example.com/portal', 'auth0-spa-js', '2.9.0'],
  ['Reports', 'spa', 'https://api.example.com/reports', 'auth0-react', '2.8.0'],
  ['Order Desk', 'regular_web', 'https://api.example.com/orders', 'nextjs-auth0', '4.12.0'],
  ['Field App', 'native', 'https://api.example.com/field', 'Auth0.swift', '2.14.0'],
  ['Warehouse Scanner', 'native', 'https://api.example.com/warehouse', 'Auth0.Android', '3.10.0'],
  ['Shop', 'spa', 'https://api.example.org/shop', 'auth0-spa-js', '2.4.1'],
  ['Data Lake Loader', 'non_interactive', 'https://api.example.com/lake'],
  ['Billing Sync', 'non_interactive', 'https://api.example.com/billing', 'node-auth0', '5.1.0'],
  ['Inventory Export', 'non_interactive', 'https://api.example.com/inventory'],
  ['Status Monitor', 'non_interactive', 'https://api.example.net/status'],
  ['Infrastructure as Code', 'non_interactive', managementAudience(host), 'go-auth0', '1.30.0'],
  ['User Directory Sync', 'non_interactive', managementAudience(host), 'auth0-python', '4.13.0'],
];

/** Some SDKs say what they run on, one sends a list instead of an object. */
function sdkOf(name: string | undefined, version: string | undefined): SampleApplication['sdk'] {
  if (name === undefined || version === undefined) return undefined;
  if (name === 'node-auth0') return { name, version, env: { node: '22.11.0' } };
  return name === 'Auth0.swift' ? { name, version, env: { swift: '6.x', iOS: '18.5' } } : { name, version };
}

function applicationsOf(random: Random, host: string): readonly SampleApplication[] {
  return applicationRows(host).map(([name, kind, audience, sdk, version]) => ({
    clientId: random.letters(32), name, kind, audience, sdk: sdkOf(sdk, version),
  }));
}

/** Fixed by the seed alone: tomorrow's sample has the same customers. */
export function buildWorld({ seed, domain }: { readonly seed: number; readonly domain: string }): World {
  const random = randomFor(seed, 'world');
  const shared = sharedConnections(random);
  const organizations = Array.from({ length: organizationCount }, (_, index) => organizationAt(random, index, shared.database));
  const own = organizations.map(organization => organization.connection).filter(connection => connection !== shared.database);
  return {
    tenant: { name: domain.split('.')[0] ?? domain, host: domain, loginHost: 'login.example.com', environment: 'prod-eu-1' },
    connections: [shared.database, shared.google, shared.email, shared.sms, ...own],
    organizations,
    applications: applicationsOf(random, domain),
    dashboard: { clientId: random.letters(32), name: '', kind: 'spa', audience: managementAudience(domain), sdk: undefined },
    shared,
  };
}
