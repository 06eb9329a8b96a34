/** What a plan limits, as the usage screen shows it: amounts, limits, and how near the two are. */
import type { Settings } from '../../../shared/contract';
import type { usage } from '../../../shared/views/usage';
import type { RowOf } from '../../hooks/use-view-page';

export type UsageRow = RowOf<typeof usage>;
export type AmountName = 'activeUsers' | 'm2mTokens' | 'rateLimitEvents';
export type PlanLimits = NonNullable<Settings['planLimits'][string]>;

export const amountNames: readonly AmountName[] = ['activeUsers', 'm2mTokens', 'rateLimitEvents'];
export const amountLabels: Readonly<Record<AmountName, string>> = { activeUsers: 'Active users', m2mTokens: 'Machine-to-machine tokens', rateLimitEvents: 'Rate-limit events' };
export const amountHints: Readonly<Record<AmountName, string>> = {
  activeUsers: 'Distinct users with a successful login or signup.',
  m2mTokens: 'Tokens for client credentials, without those for the Management API.',
  rateLimitEvents: 'Requests that Auth0 answered with a limit, and its warnings.',
};

export type Amount = { readonly count: number; readonly forecast: number | null; readonly low: number | null; readonly high: number | null; readonly limit: number | null };

export const amountOf = (row: UsageRow, name: AmountName): Amount =>
  ({ count: row[name], forecast: row[`${name}Forecast`], low: row[`${name}ForecastLow`], high: row[`${name}ForecastHigh`], limit: row[`${name}Limit`] });

/** `this month` while it runs, else its name: an archive may end years ago. */
export const monthWords = ({ month, state }: Pick<UsageRow, 'month' | 'state'>, timeZone: string): string =>
  (state === 'running' ? 'this month' : `in ${new Intl.DateTimeFormat(undefined, { timeZone, month: 'long', year: 'numeric' }).format(Date.parse(month))}`);

/** As Auth0 warns: at 60, 80 and 100 % of the limit. */
const thresholds = [1, 0.8, 0.6] as const;
export type Warning = { readonly share: (typeof thresholds)[number]; readonly when: 'reached' | 'forecast' | 'possible' };

/** The highest threshold that is reached, else the one that the forecast reaches, else the one that lies in its interval; null where none does or there is no limit. */
export function warningOf({ count, forecast, high, limit }: Amount): Warning | null {
  if (limit === null) return null;
  const passed = (value: number | null): (typeof thresholds)[number] | undefined => (value === null ? undefined : thresholds.find(share => value >= share * limit));
  const reached = passed(count);
  const expected = passed(forecast);
  const possible = passed(high);
  if (reached === 1) return { share: 1, when: 'reached' };
  if (expected === 1) return { share: 1, when: 'forecast' };
  if (possible === 1) return { share: 1, when: 'possible' };
  if (reached !== undefined) return { share: reached, when: 'reached' };
  return expected === undefined ? null : { share: expected, when: 'forecast' };
}

const shareWords: Readonly<Record<(typeof thresholds)[number], string>> = { 1: 'the limit', 0.8: '80% of the limit', 0.6: '60% of the limit' };

export function warningWords({ share, when }: Warning): string {
  if (when === 'reached') return share === 1 ? 'Over the limit' : `Over ${shareWords[share]}`;
  return when === 'forecast' ? `Will pass ${shareWords[share]} this month` : `May pass ${shareWords[share]} this month`;
}

export const limitParams: Readonly<Record<AmountName, string>> = { activeUsers: 'limitActiveUsers', m2mTokens: 'limitM2mTokens', rateLimitEvents: 'limitRateLimitEvents' };

/** Limits as parameters of the view; what is not set is left out. */
export const limitsAsParams = (limits: PlanLimits): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(amountNames.flatMap(name => (limits[name] === undefined ? [] : [[limitParams[name], [String(limits[name])]]])));

/** A typed limit: null for none, undefined for what is not one. Spaces and separators do not count. */
export function readLimit(text: string): number | null | undefined {
  const digits = text.replace(/[\s.,'’]/gu, '');
  if (digits === '') return null;
  return /^[1-9]\d{0,11}$/.test(digits) ? Number(digits) : undefined;
}
