/** Says that the program behind the page has stopped, until it is there again. */
import { Unplug } from 'lucide-react';
import { Spinner } from '../components';
import { errorCatalogue } from '../../shared/errors';
import styles from './host-gone-banner.module.css';

export function HostGoneBanner() {
  const { title, hint } = errorCatalogue['host.gone'];
  return (
    <div className={styles.banner} role="alert">
      <Unplug size={16} aria-hidden="true" />
      <strong>{title}.</strong>
      <span>{hint}</span>
      <span className={styles.trying}><Spinner size={14} />Trying to reach it…</span>
    </div>
  );
}
