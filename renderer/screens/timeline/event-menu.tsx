/** What can be done with the user of the event that is open. */
import { Ellipsis, Filter, UserX } from 'lucide-react';
import { IconButton, MenuButton } from '../../components';
import type { MenuEntry } from '../../components';
import { sampleTenant } from '../../hooks/use-tenants';
import type { ForgettableUser } from './forget-user-dialog';
import type { TimelineRow } from './timeline-row';
import type { CellFilter } from './timeline-row-line';

export type EventMenuProps = {
  readonly tenant: string;
  /** Null until it is read. */
  readonly row: TimelineRow | null;
  readonly onFilter: CellFilter;
  readonly onForget: (user: ForgettableUser) => void;
};

/** Why nobody can be forgotten here; null where somebody can. */
export function whyNotForget(tenant: string, userId: string | null): string | null {
  if (userId === null || userId === '') return 'This event names no user';
  return tenant === sampleTenant ? 'The sample tenant is built in and cannot be changed' : null;
}

export function EventMenu({ tenant, row, onFilter, onForget }: EventMenuProps) {
  const userId = row?.userId ?? null;
  const reason = whyNotForget(tenant, userId);
  const entries: readonly MenuEntry[] = [
    { kind: 'label', text: 'User of this event' },
    { kind: 'action', label: 'Show all events of this user', icon: Filter, disabled: userId === null || userId === '', onSelect: () => { if (userId !== null) onFilter({ field: 'user', value: userId }, 'for'); } },
    { kind: 'separator' },
    {
      kind: 'action', label: 'Forget this user…', icon: UserX, tone: 'danger', disabled: reason !== null, ...(reason === null ? {} : { detail: reason }),
      onSelect: () => { if (userId !== null) onForget({ id: userId, name: row?.userName ?? null }); },
    },
  ];
  return <MenuButton align="end" entries={entries} trigger={<IconButton icon={Ellipsis} label="More about this event" />} />;
}
