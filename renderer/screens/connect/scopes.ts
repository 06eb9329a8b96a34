/** What each scope of the Management API gives this application, and which ones it should not have. */
import type { TenantScopes } from '../../../shared/contract';

const purposes: Readonly<Record<string, string>> = {
  'read:logs': 'Read the tenant’s log events. Nothing works without it.',
  'read:logs_users': 'Read log events of users; stands in for read:logs.',
  'read:users': 'Name users who are in the log by their id only.',
  'read:organizations': 'Name organizations and tell which have no activity.',
  'read:connections': 'Name connections and see their certificates and domains.',
  'read:clients': 'Name applications behind their client ids.',
  'read:stats': 'Show Auth0’s own daily statistics beside the counts made here.',
  'read:log_streams': 'Show which log streams exist and whether they run.',
};

/** One that stands in for another is not missed. */
const standIns: Readonly<Record<string, string>> = { 'read:logs': 'read:logs_users' };

export type ScopeLine = { readonly scope: string; readonly purpose: string };
export type ScopeReport = {
  readonly granted: readonly ScopeLine[];
  readonly missing: readonly ScopeLine[];
  /** Scopes that change or create something, or read secrets: more than an archive needs. */
  readonly excessive: readonly string[];
  /** Granted, harmless, and of no use here. */
  readonly unused: readonly string[];
};

const isExcessive = (scope: string): boolean => !scope.startsWith('read:') || /^read:(?:client_keys|client_credentials|user_idp_tokens|encryption_keys)$/.test(scope);

const line = (scope: string): ScopeLine => ({ scope, purpose: purposes[scope] ?? '' });

/** Sorts the scopes of a check into those that help, those that are missed, and those that should be taken away. */
export function judgeScopes({ granted, missing }: TenantScopes): ScopeReport {
  const isUseful = (scope: string): boolean => Object.hasOwn(purposes, scope);
  return {
    granted: granted.filter(isUseful).map(line),
    missing: missing.filter(scope => !granted.includes(standIns[scope] ?? '')).map(line),
    excessive: granted.filter(isExcessive),
    unused: granted.filter(scope => !isUseful(scope) && !isExcessive(scope)),
  };
}

/** What a person ticks in the dashboard, the needed one first. */
export const wantedScopes: readonly ScopeLine[] = Object.keys(purposes).filter(scope => scope !== 'read:logs_users').map(line);
