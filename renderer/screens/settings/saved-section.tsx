/** A section whose changes save at once: its heading says so quietly, and failures stand above its fields. */
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { ErrorPanel, Section } from '../../components';
import type { Save } from './use-save';
import styles from './settings.module.css';

export type SavedSectionProps = { readonly title: string; readonly text?: ReactNode; readonly save: Save; readonly children: ReactNode };

export function SavedSection({ title, text, save: { state, failure }, children }: SavedSectionProps) {
  const mark = <span className={styles.saved} role="status">{state === 'saved' && <><Check size={14} aria-hidden="true" />Saved</>}</span>;
  return (
    <Section title={title} text={text} actions={mark}>
      {failure !== null && <ErrorPanel failure={failure} form="inline" safety="The setting is as it was before." />}
      {children}
    </Section>
  );
}
