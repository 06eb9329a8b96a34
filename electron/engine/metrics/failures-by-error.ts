/** Groups failures by event type and error text. */
import type { EpochMs } from '../../../shared/domain/ids';
import { keepMasked, maskOf, selectRows } from '../columns/select-rows';
import type { Scope } from '../queries/define-query';
import type { LogEvents } from '../store/log-events';
import { labelsOf, PairCounts } from './pair-counts';

export type ErrorGroup = {
  readonly type: string; readonly error: string | null; readonly events: number; readonly users: number;
  readonly firstAt: EpochMs; readonly lastAt: EpochMs; readonly connections: readonly string[]; readonly applications: readonly string[];
};

type Tally = { readonly group: number; readonly type: string; readonly error: string | null; events: number; firstAt: EpochMs; lastAt: EpochMs };

/** One tally for each type and text; dictionary ids lead to it, several to one where an error and a description read the same. */
class Tallies {
  readonly #rows: LogEvents;
  readonly #byText = new Map<string, Tally>();
  readonly #byIds = new Map<number, Tally>();

  constructor(rows: LogEvents) {
    this.#rows = rows;
  }

  get all(): readonly Tally[] {
    return [...this.#byText.values()];
  }

  /** `description` counts where there is no `error`. */
  of(type: number, error: number, description: number): Tally {
    const { dictionaries } = this.#rows;
    const text = error === 0 ? description : dictionaries.description.size + error;
    const ids = type * (dictionaries.description.size + dictionaries.error.size) + text;
    const known = this.#byIds.get(ids);
    if (known !== undefined) return known;
    const tally = this.#ofText(dictionaries.type.entry(type)?.code ?? '', error === 0 ? dictionaries.description.entry(description) : dictionaries.error.entry(error));
    this.#byIds.set(ids, tally);
    return tally;
  }

  #ofText(type: string, error: string | null): Tally {
    const key = JSON.stringify([type, error]);
    const tally = this.#byText.get(key) ?? { group: this.#byText.size, type, error, events: 0, firstAt: Number.POSITIVE_INFINITY, lastAt: Number.NEGATIVE_INFINITY };
    this.#byText.set(key, tally);
    return tally;
  }
}

/** Largest first, then by type and text. */
export async function failuresByError(scope: Scope): Promise<readonly ErrorGroup[]> {
  const { columns, dictionaries } = scope.rows;
  const { occurredAt } = columns;
  const types = columns.ids('type');
  const errors = columns.ids('error');
  const descriptions = columns.ids('description');
  const rows = keepMasked(await selectRows(scope), types, maskOf(dictionaries.type, type => type.outcome === 'failure'));
  const tallies = new Tallies(scope.rows);
  const users = new PairCounts(columns.ids('user'), dictionaries.user.size);
  const connections = new PairCounts(columns.ids('connection'), dictionaries.connection.size);
  const applications = new PairCounts(columns.ids('application'), dictionaries.application.size);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const tally = tallies.of(types[row] ?? 0, errors[row] ?? 0, descriptions[row] ?? 0);
    const at = occurredAt[row] ?? 0;
    tally.events += 1;
    tally.firstAt = Math.min(tally.firstAt, at);
    tally.lastAt = Math.max(tally.lastAt, at);
    users.add(tally.group, row);
    connections.add(tally.group, row);
    applications.add(tally.group, row);
  }
  await scope.pause();
  const nameOf = (entry: { readonly id: string | null; readonly name: string | null } | null): string | null => entry?.name ?? entry?.id ?? null;
  return tallies.all.map(({ group, ...tally }) => ({
    ...tally,
    users: users.countOf(group),
    connections: labelsOf(connections.idsOf(group), id => nameOf(dictionaries.connection.entry(id))),
    applications: labelsOf(applications.idsOf(group), id => nameOf(dictionaries.application.entry(id))),
  })).sort(byEvents);
}

const byEvents = (a: ErrorGroup, b: ErrorGroup): number =>
  b.events - a.events || (a.type < b.type ? -1 : a.type > b.type ? 1 : 0) || ((a.error ?? '') < (b.error ?? '') ? -1 : 1);
