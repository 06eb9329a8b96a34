/** The pages outside Tenantscope that it may open in a browser: a fixed list, and Auth0's dashboard by validated parts. */

/** Auth0's documentation, for what a person does outside Tenantscope. */
export const documentationPages = {
  'machine-to-machine': 'https://auth0.com/docs/get-started/auth0-overview/create-applications/machine-to-machine-apps',
  'management-api-scopes': 'https://auth0.com/docs/get-started/apis/scopes',
  'log-event-types': 'https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes',
  'log-retention': 'https://auth0.com/docs/deploy-monitor/logs/log-data-retention',
  'log-streams': 'https://auth0.com/docs/customize/log-streams',
  'rotate-secret': 'https://auth0.com/docs/get-started/applications/rotate-client-secret',
} as const;
export type DocumentationPage = keyof typeof documentationPages;

export const dashboardSections = ['applications', 'apis', 'connections/enterprise', 'connections/database', 'organizations', 'users', 'logs', 'log-streams', 'tenant/general'] as const;
export type DashboardSection = (typeof dashboardSections)[number];

const dashboard = 'https://manage.auth0.com/dashboard';
const tenantDomain = /^([a-z0-9][a-z0-9-]{1,61}[a-z0-9])(?:\.([a-z]{2}(?:-\d)?))?\.auth0\.com$/;
const dashboardPage = /^https:\/\/manage\.auth0\.com\/dashboard\/([a-z]{2}(?:-\d)?)\/([a-z0-9][a-z0-9-]{1,61}[a-z0-9])\/([a-z/-]+)$/;
/** Where a domain names no place, it is the first one Auth0 had. */
const firstLocality = 'us';

/** A section of a tenant's dashboard; null for a custom domain, which does not tell the tenant's name. */
export function dashboardUrl(domain: string, section: DashboardSection): string | null {
  const [, tenant, locality = firstLocality] = tenantDomain.exec(domain) ?? [];
  return tenant === undefined ? null : `${dashboard}/${locality}/${tenant}/${section}`;
}

const isOneOf = (list: readonly string[], value: string): boolean => list.includes(value);

/** Whether a URL is exactly one that `documentationPages` or `dashboardUrl` give: compared as a whole, so that nothing can be appended. */
export function isOutsidePage(url: string): boolean {
  if (isOneOf(Object.values(documentationPages), url)) return true;
  const [, , , section] = dashboardPage.exec(url) ?? [];
  return section !== undefined && isOneOf(dashboardSections, section);
}
