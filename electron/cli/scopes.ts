/** What the scopes of the Auth0 Management API are for, in Tenantscope's eyes. */

const purposes: Readonly<Record<string, string>> = {
  'read:logs': 'the log events themselves; nothing can be synced without it',
  'read:logs_users': 'the log events of users; read:logs covers it',
  'read:users': 'names and addresses of users',
  'read:organizations': 'names of organizations',
  'read:organizations_summary': 'names of organizations',
  'read:organization_members': 'who belongs to an organization',
  'read:connections': 'names and settings of connections',
  'read:clients': 'names of applications',
  'read:client_summary': 'names of applications',
  'read:resource_servers': 'names of APIs',
  'read:stats': 'Auth0\'s own statistics, to stand beside ours',
  'read:log_streams': 'the state of log streams',
};

/** `: what it is for`, or nothing where Tenantscope has no use for the scope. */
export const describeScope = (scope: string): string => {
  const purpose = Object.hasOwn(purposes, scope) ? purposes[scope] : undefined;
  return purpose === undefined ? '' : `: ${purpose}`;
};

export const isWriteScope = (scope: string): boolean => /^(create|update|delete):/.test(scope);
