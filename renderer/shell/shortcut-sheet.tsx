/** The sheet that lists every key. */
import { Dialog, KeyHint } from '../components';
import { useListedShortcuts } from '../hooks/use-shortcuts';
import type { Shortcut } from '../hooks/use-shortcuts';
import styles from './shortcut-sheet.module.css';

function Group({ title, shortcuts }: { readonly title: string; readonly shortcuts: readonly Shortcut[] }) {
  return (
    <section>
      <h3 className={styles.title}>{title}</h3>
      <dl className={styles.keys}>
        {shortcuts.map(({ keys, label }) => <div key={keys} className={styles.row}><dt>{label}</dt><dd><KeyHint keys={keys} /></dd></div>)}
      </dl>
    </section>
  );
}

export function ShortcutSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const shortcuts = useListedShortcuts();
  const unique = [...new Map(shortcuts.map(shortcut => [shortcut.keys, shortcut])).values()];
  const groups = [...new Set(unique.map(shortcut => shortcut.group))];
  return (
    <Dialog open={open} onClose={onClose} title="Keys" size="large">
      <div className={styles.groups}>{groups.map(group => <Group key={group} title={group} shortcuts={unique.filter(shortcut => shortcut.group === group)} />)}</div>
    </Dialog>
  );
}
