/** What runs here: version, host, data folder and the versions below. */
import { CopyButton, ErrorPanel, SkeletonLines } from '../../components';
import type { AppInfo } from '../../../shared/contract';
import { useAppInfo } from '../../hooks/use-app-info';
import styles from './about.module.css';

const hostNames: Readonly<Record<AppInfo['host'], string>> = { desktop: 'Desktop', loopback: 'Browser on this machine', cli: 'Command line' };

/** Lines as they stand in a report of a fault. */
export function factsOf({ version, host, platform, dataDir, versions, canWrite }: AppInfo): readonly (readonly [string, string])[] {
  return [
    ['Version', version], ['Runs as', `${hostNames[host]}, ${platform}`], ['Data folder', dataDir], ['Access', canWrite ? 'Reads and writes' : 'Reads only: another Tenantscope is writing'],
    ...Object.entries(versions).map(([name, number]) => [name, number] as const),
  ];
}

export function AboutFacts() {
  const info = useAppInfo();
  if (info.error !== null) return <ErrorPanel failure={info.error} form="inline" onRetry={() => { void info.refetch(); }} isRetrying={info.isFetching} />;
  if (info.data === undefined) return <SkeletonLines count={6} />;
  const facts = factsOf(info.data);
  return (
    <div className={styles.facts}>
      <dl className={styles.list}>{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      <div><CopyButton text={facts.map(([name, value]) => `${name}: ${value}`).join('\n')} what="these lines" form="words" /></div>
    </div>
  );
}
