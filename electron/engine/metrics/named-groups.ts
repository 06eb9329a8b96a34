/** Tells connections, applications and organizations apart: several names of one id are one of them. */
import type { Groups } from '../columns/groups';
import { groupsOf } from '../columns/groups';
import type { Dictionaries, Named } from '../store/dictionaries';

/** By number of the group; `name`: the one that was stored last. */
export type NamedGroups = Pick<Groups<Named>, 'groupOf'> & { readonly all: readonly Named[] };

/** By id, then by name where there is no id. */
export const connectionGroups = ({ connection }: Dictionaries): NamedGroups =>
  namedGroups(connection, ({ id, name }) => (id === null ? `name ${name ?? ''}` : `id ${id}`));

/** By client id, then by name where there is no id. */
export const applicationGroups = ({ application }: Dictionaries): NamedGroups =>
  namedGroups(application, ({ id, name }) => (id === null ? `name ${name ?? ''}` : `id ${id}`));

/** By id; what has none is no organization. */
export const organizationGroups = ({ organization }: Dictionaries): NamedGroups => namedGroups(organization, entry => entry.id);

function namedGroups(dictionary: { readonly entries: readonly (Named | null)[] }, keyOf: (entry: Named) => string | null): NamedGroups {
  const { groupOf, entryOf } = groupsOf(dictionary, keyOf);
  const names = new Map<number, string>();
  dictionary.entries.forEach((entry, id) => {
    if (entry?.name != null) names.set(groupOf[id] ?? -1, entry.name);
  });
  return { groupOf, all: entryOf.map(({ id }, group) => ({ id, name: names.get(group) ?? null })) };
}
