/** A link to a page outside Tenantscope, which opens in the browser. */
import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { VisuallyHidden } from '../../components';
import styles from './connect.module.css';

export function OutsideLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noreferrer" className={styles.outside}>
      {children}<ExternalLink size={12} aria-hidden="true" /><VisuallyHidden>(opens in the browser)</VisuallyHidden>
    </a>
  );
}
