/** The licences of everything that is part of this program, to search and read. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Output } from '../../../shared/contract';
import { ErrorPanel, formatCount, SkeletonLines, TextField } from '../../components';
import { call } from '../../engine-client';
import { keys } from '../../query-keys';
import styles from './about.module.css';

export type License = Output<'app.licenses'>['licenses'][number];

/** Matches name and kind of licence, capitals aside. */
export function searchLicenses(licenses: readonly License[], sought: string): readonly License[] {
  const words = sought.trim().toLowerCase();
  return licenses.filter(({ name, license }) => name.toLowerCase().includes(words) || license.toLowerCase().includes(words));
}

function Entry({ license: { name, version, license, text } }: { readonly license: License }) {
  return (
    <li>
      <details className={styles.license}>
        <summary><span className={styles.name}>{name}</span><span className={styles.muted}>{version}</span><span className={styles.kind}>{license}</span></summary>
        <pre tabIndex={0}>{text}</pre>
      </details>
    </li>
  );
}

export function LicenseList() {
  const [sought, setSought] = useState('');
  const licenses = useQuery({ queryKey: keys.licenses, queryFn: ({ signal }) => call('app.licenses', {}, { signal }), staleTime: Infinity });
  if (licenses.error !== null) return <ErrorPanel failure={licenses.error} form="inline" onRetry={() => { void licenses.refetch(); }} isRetrying={licenses.isFetching} />;
  if (licenses.data === undefined) return <SkeletonLines count={8} />;
  const all = licenses.data.licenses;
  const found = searchLicenses(all, sought);
  return (
    <div className={styles.facts}>
      <TextField type="search" label="Search licences" labelPlace="hidden" placeholder="Search by name or licence" value={sought} onChange={setSought} className={styles.search} />
      <p className={styles.muted} aria-live="polite">{sought.trim() === '' ? `${formatCount(all.length)} packages` : `${formatCount(found.length)} of ${formatCount(all.length)} packages`}</p>
      {found.length > 0 && <ul className={styles.licenses}>{found.map(license => <Entry key={`${license.name}@${license.version}`} license={license} />)}</ul>}
    </div>
  );
}
