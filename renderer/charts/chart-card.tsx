/** The frame of a chart or a ranking: title, what it counts, a menu, and the states before there is something to draw. */
import type { ReactNode } from 'react';
import { Ellipsis } from 'lucide-react';
import type { Failure } from '../../shared/errors';
import { ErrorPanel, IconButton, MenuButton } from '../components';
import type { MenuEntry } from '../components';
import styles from './chart-card.module.css';

export type CardState = { readonly kind: 'loading' } | { readonly kind: 'failed'; readonly failure: Failure; readonly onRetry: () => void } | { readonly kind: 'ready' };

export type ChartCardProps = {
  readonly title: string;
  /** Beside the title: a total, a tag. */
  readonly note?: ReactNode;
  /** Buttons before the menu. */
  readonly actions?: ReactNode;
  readonly menu?: readonly MenuEntry[];
  readonly state: CardState;
  /** Pixels of the content, held from the first moment on. */
  readonly contentHeight: number;
  readonly children?: ReactNode;
};

export function ChartCard({ title, note, actions, menu = [], state, contentHeight, children }: ChartCardProps) {
  return (
    <section className={styles.card} aria-label={title} aria-busy={state.kind === 'loading'}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        {note !== undefined && <span className={styles.note}>{note}</span>}
        <span className={styles.space} />
        {actions}
        {menu.length > 0 && <MenuButton align="end" entries={menu} trigger={<IconButton icon={Ellipsis} size="small" label={`Save or read ${title.toLowerCase()}`} />} />}
      </header>
      <div className={styles.content} style={{ minHeight: contentHeight }}>
        {state.kind === 'loading' && <div className={styles.wait} style={{ height: contentHeight }} aria-hidden="true" />}
        {state.kind === 'failed' && <ErrorPanel failure={state.failure} onRetry={state.onRetry} form="inline" />}
        {state.kind === 'ready' && children}
      </div>
    </section>
  );
}
