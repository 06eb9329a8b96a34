/** The rankings of the screen: which view each reads, and what a press on a row filters by. */
import type { RankedRow } from '../../charts';
import { changeParams } from '../../address';
import type { Params } from '../../address';
import type { FilterField } from '../../filters';
import { topApplications } from '../../../shared/views/top-applications';
import { topAuthenticationMethods } from '../../../shared/views/top-authentication-methods';
import { topBrowsers } from '../../../shared/views/top-browsers';
import { topConnections } from '../../../shared/views/top-connections';
import { topDevices } from '../../../shared/views/top-devices';
import { topEmailDomains } from '../../../shared/views/top-email-domains';
import type { View } from '../../../shared/views/define-view';

/** One row of any of the views: authentication methods have strategy and connection instead of value and label. */
export type RankingRow = {
  readonly value?: string | null; readonly label?: string | null;
  readonly strategy?: string | null; readonly connection?: string | null; readonly connectionId?: string | null;
  readonly events: number; readonly users: number;
};

type FilterName = FilterField | 'q';
/** The filters that a row stands for. */
type Target = Readonly<Partial<Record<FilterName, string>>>;

export type RankingSpec = {
  readonly view: View;
  readonly title: string;
  /** The filters that its rows set; its own are left out of its question, so that more rows can be chosen. */
  readonly fields: readonly FilterName[];
  /** What its numbers count. */
  readonly counts: 'Logins' | 'Events';
  readonly words: (row: RankingRow) => { readonly label: string; readonly detail?: string };
  /** Empty where a row has nothing to filter by. */
  readonly target: (row: RankingRow) => Target;
};

const isText = (value: string | null | undefined): value is string => value !== null && value !== undefined && value !== '';
const labelled = (row: RankingRow): { readonly label: string } => ({ label: row.label ?? row.value ?? 'Unknown' });
const byValue = (field: FilterName) => (row: RankingRow): Target => (isText(row.value) ? { [field]: row.value } : {});
const simple = (view: View, title: string, field: FilterName): RankingSpec => ({ view, title, fields: [field], counts: 'Logins', words: labelled, target: byValue(field) });

const deviceNames: Readonly<Record<string, string>> = { desktop: 'Desktop', phone: 'Phone', tablet: 'Tablet', bot: 'Bot', server: 'Server' };

export const rankingSpecs: readonly RankingSpec[] = [
  simple(topApplications, 'Applications', 'application'),
  simple(topConnections, 'Connections', 'connection'),
  {
    view: topAuthenticationMethods, title: 'Authentication methods', fields: ['strategy', 'connection'], counts: 'Logins',
    words: row => ({ label: row.connection ?? 'No connection', detail: row.strategy ?? 'unknown strategy' }),
    // Names of connections are used again: an id tells them apart.
    target: ({ strategy, connection, connectionId }) => ({ ...(isText(strategy) ? { strategy } : {}), ...(isText(connectionId) ? { connection: connectionId } : isText(connection) ? { connection } : {}) }),
  },
  simple(topBrowsers, 'Browsers', 'browser'),
  { ...simple(topDevices, 'Devices', 'device'), words: row => ({ label: deviceNames[row.value ?? ''] ?? labelled(row).label }) },
  { ...simple(topEmailDomains, 'E-mail domains', 'q'), counts: 'Events', target: ({ value }) => (isText(value) ? { q: `@${value}` } : {}) },
];

export const rankingLimit = 8;

export const rankingParams = (spec: RankingSpec, params: Params): Params =>
  ({ ...Object.fromEntries(Object.entries(params).filter(([name]) => !(spec.fields as readonly string[]).includes(name))), limit: [String(rankingLimit)] });

/** Whether the address already filters by everything the row stands for. */
export function isChosen(target: Target, address: Params): boolean {
  const wanted = Object.entries(target);
  return wanted.length > 0 && wanted.every(([field, value]) => (address[field] ?? []).includes(value));
}

/** Filters by a row, or takes that filter away again. A row of several filters replaces what was chosen before. */
export function toggled(spec: RankingSpec, target: Target, address: Params): Params {
  const entries = Object.entries(target);
  if (entries.length === 0) return address;
  if (isChosen(target, address)) {
    return changeParams(address, Object.fromEntries(entries.map(([field, value]) => [field, (address[field] ?? []).filter(known => known !== value)])));
  }
  const isSingle = spec.fields.length === 1 && spec.fields[0] !== 'q';
  return changeParams(address, Object.fromEntries(entries.map(([field, value]) => [field, isSingle ? [...(address[field] ?? []), value] : [value]])));
}

export function rankedRows(spec: RankingSpec, rows: readonly RankingRow[], address: Params): readonly (RankedRow & { readonly target: Target })[] {
  return rows.map((row, index) => {
    const target = spec.target(row);
    return { key: `${String(index)} ${JSON.stringify(target)}`, ...spec.words(row), value: row.events, secondValue: row.users, isChosen: isChosen(target, address), target };
  });
}
