/** What a person may choose for a data folder, with the bounds of each choice. */
import { z } from 'zod';

const tenant = z.string().min(1).max(253);

const fewEntries = (entries: object): boolean => Object.keys(entries).length <= 64;
const columnName = z.string().max(64);

/** How a person arranged the screens: only what differs from the usual. Widths in pixels. */
const layout = z.object({
  /** Of the timeline: whether a column is shown, and how wide it is. */
  columns: z.object({
    visibility: z.record(columnName, z.boolean()).refine(fewEntries).default({}),
    widths: z.record(columnName, z.number().int().min(16).max(4096)).refine(fewEntries).default({}),
  }).default({ visibility: {}, widths: {} }),
  /** Of the panel of an event; null is as wide as suits the window. */
  drawerWidth: z.number().int().min(16).max(4096).nullable().default(null),
  /** Of the navigation. */
  rail: z.enum(['wide', 'narrow']).default('wide'),
});

const planLimit = z.number().int().min(1).max(999_999_999_999).optional();

const settingFields = {
  theme: z.enum(['system', 'light', 'dark']),
  /** IANA name, or `system`. */
  timeZone: z.string().max(64),
  /** Minutes between syncs of every connected tenant; 0 is off. */
  syncEveryMinutes: z.number().int().min(0).max(1440),
  startAtLogin: z.boolean(),
  notifications: z.boolean(),
  /** By tenant: how many days of its log are kept; 0, or no entry, is all of it, for ever. */
  retention: z.record(tenant, z.number().int().min(0).max(36_500)),
  /** What the plan of each tenant allows a month, as somebody entered it. */
  planLimits: z.record(tenant, z.object({ activeUsers: planLimit, m2mTokens: planLimit, rateLimitEvents: planLimit })),
  /** By tenant: how many days Auth0 keeps its log, as somebody entered it; no entry is the careful choice, the shortest of any plan. */
  planRetention: z.record(tenant, z.number().int().min(1).max(365)),
  layout,
  /** The tenant that was looked at last, where the application opens. */
  lastTenant: tenant.nullable(),
};

/** Auth0's shortest log retention, in days: that of the free plan. */
export const shortestPlanRetention = 1;

/** How many days Auth0 keeps the log of a tenant, as far as it was said. */
export const planRetentionOf = ({ planRetention }: Pick<Settings, 'planRetention'>, of: string): number =>
  (Object.hasOwn(planRetention, of) ? planRetention[of] ?? shortestPlanRetention : shortestPlanRetention);

/** What a person chose for this data folder; one file, no secrets. */
export const settings = z.object({
  theme: settingFields.theme.default('system'),
  timeZone: settingFields.timeZone.default('system'),
  syncEveryMinutes: settingFields.syncEveryMinutes.default(15),
  startAtLogin: settingFields.startAtLogin.default(false),
  notifications: settingFields.notifications.default(true),
  retention: settingFields.retention.default({}),
  planLimits: settingFields.planLimits.default({}),
  planRetention: settingFields.planRetention.default({}),
  layout: settingFields.layout.default({ columns: { visibility: {}, widths: {} }, drawerWidth: null, rail: 'wide' }),
  lastTenant: settingFields.lastTenant.default(null),
});
/** The settings to change. Not `settings.partial()`: that would fill in the defaults and so reset the rest. */
export const settingsChange = z.object(settingFields).partial();
export type Settings = z.output<typeof settings>;
export type Layout = z.output<typeof layout>;
