/** Frames for content: a card with an edge, and a section with a heading. */
import type { ReactNode } from 'react';
import { useId } from 'react';
import { classNames } from './class-names';
import styles from './card.module.css';

export function Card({ className, children }: { readonly className?: string | undefined; readonly children: ReactNode }) {
  return <div className={classNames(styles.card, className)}>{children}</div>;
}

export type SectionProps = {
  readonly title: string;
  readonly text?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
};

export function Section({ title, text, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <header className={styles.header}>
        <div>
          <h2 id={id}>{title}</h2>
          {text !== undefined && <div className={styles.text}>{text}</div>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  );
}
