/** The frame of a screen that is read from the top: a title, a sentence, and a column of content. */
import type { ReactNode } from 'react';
import { classNames } from '../components';
import styles from './page.module.css';

export type PageProps = {
  readonly title: string;
  readonly text?: ReactNode;
  /** narrow is 560 px, medium 720, wide 960. Default: medium. */
  readonly width?: 'narrow' | 'medium' | 'wide';
  readonly children: ReactNode;
};

export function Page({ title, text, width = 'medium', children }: PageProps) {
  return (
    <div className={classNames(styles.page, styles[width])}>
      <header className={styles.header}>
        <h1>{title}</h1>
        {text !== undefined && <p className={styles.text}>{text}</p>}
      </header>
      {children}
    </div>
  );
}
