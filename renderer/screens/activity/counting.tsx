/** How a number counts, in our words and beside Auth0's, and the switch to count as Auth0 does. */
import { CircleHelp } from 'lucide-react';
import { IconButton, Popover, SwitchField } from '../../components';
import styles from './counting.module.css';
import type { Definition } from './click-through';

export type CountingProps = {
  /** What is counted, such as `Active users`. */
  readonly name: string;
  readonly ours: string;
  readonly auth0: string;
  /** Where both can be counted: which one is, and the way to change it. */
  readonly choice?: { readonly definition: Definition; readonly onChange: (definition: Definition) => void };
};

export function Counting({ name, ours, auth0, choice }: CountingProps) {
  const trigger = <IconButton icon={CircleHelp} size="small" label={`How this counts: ${name}`} />;
  return (
    <Popover label={`How this counts: ${name}`} trigger={trigger} align="end" className={styles.popover}>
      <h3>{name}</h3>
      <dl className={styles.definitions}>
        <dt>Tenantscope counts</dt>
        <dd>{ours}</dd>
        <dt>Auth0’s Activity page counts</dt>
        <dd>{auth0}</dd>
      </dl>
      {choice !== undefined && (
        <SwitchField label="Count as Auth0 does" hint="Holds for active users, failed logins and user retention." checked={choice.definition === 'auth0'}
          onChange={checked => { choice.onChange(checked ? 'auth0' : 'tenantscope'); }} />
      )}
    </Popover>
  );
}
