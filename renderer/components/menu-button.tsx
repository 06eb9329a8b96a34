/** A button that opens a menu of actions. */
import { Menu } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names';
import { KeyHint } from './key-hint';
import styles from './popup.module.css';

export type MenuEntry =
  | { readonly kind: 'action'; readonly label: ReactNode; readonly onSelect: () => void; readonly icon?: LucideIcon; readonly shortcut?: string; readonly detail?: ReactNode; readonly tone?: 'danger'; readonly disabled?: boolean }
  | { readonly kind: 'separator' }
  | { readonly kind: 'label'; readonly text: string };

export type MenuButtonProps = {
  /** The button: one element that can take the focus and a ref. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'end';
  readonly side?: 'bottom' | 'top' | 'right';
};

function Entry({ entry }: { readonly entry: MenuEntry }) {
  if (entry.kind === 'separator') return <Menu.Separator className={styles.separator} />;
  if (entry.kind === 'label') return <div className={styles.groupLabel} role="presentation">{entry.text}</div>;
  const Icon = entry.icon;
  return (
    <Menu.Item className={classNames(styles.item, entry.tone === 'danger' && styles.danger)} disabled={entry.disabled === true} onClick={entry.onSelect}>
      {Icon !== undefined && <Icon size={14} className={styles.icon} aria-hidden="true" />}
      <span className={styles.label}>
        {entry.label}
        {entry.detail !== undefined && <span className={styles.detail}>{entry.detail}</span>}
      </span>
      {entry.shortcut !== undefined && <KeyHint keys={entry.shortcut} />}
    </Menu.Item>
  );
}

export function MenuButton({ trigger, entries, align = 'start', side = 'bottom' }: MenuButtonProps) {
  return (
    <Menu.Root>
      <Menu.Trigger render={trigger} />
      <Menu.Portal>
        <section aria-label="Menu">
          <Menu.Positioner className={styles.positioner} sideOffset={4} align={align} side={side}>
            <Menu.Popup className={styles.popup}>
              <div className={styles.list}>{entries.map((entry, index) => <Entry key={index} entry={entry} />)}</div>
            </Menu.Popup>
          </Menu.Positioner>
        </section>
      </Menu.Portal>
    </Menu.Root>
  );
}
