/** Keys as they are pressed: `g t` is one after the other, `Ctrl+K` together. */
import styles from './key-hint.module.css';

export function KeyHint({ keys }: { readonly keys: string }) {
  return (
    <span className={styles.keys}>
      {keys.split(' ').map((key, index) => <kbd key={`${key}${String(index)}`} className={styles.key}>{key}</kbd>)}
    </span>
  );
}
