/** Keys of the query cache, from the general to the specific: what is forgotten takes everything below it along. */

export const keys = {
  appInfo: ['app', 'info'] as const,
  licenses: ['app', 'licenses'] as const,
  settings: ['settings'] as const,
  /** What was arranged and is not written yet. */
  layoutDraft: ['layout', 'draft'] as const,
  vault: ['vault'] as const,
  tenants: ['tenants'] as const,
  syncStates: ['sync', 'states'] as const,
  syncProgress: (tenant: string) => ['sync', 'progress', tenant] as const,
  auth0Waiting: (tenant: string) => ['sync', 'waiting', tenant] as const,
  importProgress: (tenant: string) => ['import', 'progress', tenant] as const,
  exportProgress: (tenant: string) => ['export', 'progress', tenant] as const,
  backupProgress: ['backup', 'progress'] as const,
  supportPreview: ['support', 'preview'] as const,
  /** Everything that was read from one tenant's archive; after a sync or an import invalidate this and nothing narrower. */
  tenant: (tenant: string) => ['tenant', tenant] as const,
  status: (tenant: string) => [...keys.tenant(tenant), 'status'] as const,
  events: (tenant: string) => [...keys.tenant(tenant), 'event'] as const,
  event: (tenant: string, logId: string) => [...keys.events(tenant), logId] as const,
  view: (tenant: string, view: string, params: Readonly<Record<string, readonly string[]>>) => [...keys.tenant(tenant), 'view', view, params] as const,
  viewPage: (tenant: string, view: string, params: Readonly<Record<string, readonly string[]>>, page: { readonly size: number; readonly token: string | null }) =>
    [...keys.view(tenant, view, params), page] as const,
};
