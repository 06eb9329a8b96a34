/** Quick choices of outcomes with their counts. */
import { outcomes } from '../../../shared/domain/event-types';
import { Count, outcomeLabels, OutcomeShape } from '../../components';
import { useFacet } from '../../hooks/use-facet';
import type { Filters } from '../../hooks/use-filters';
import styles from './timeline-toolbar.module.css';

export type OutcomeTogglesProps = { readonly tenant: string; readonly filters: Filters; /** `wait` while the events themselves are read, which come first. */ readonly when: 'read' | 'wait' };

export function OutcomeToggles({ tenant, filters, when }: OutcomeTogglesProps) {
  const facet = useFacet({ tenant, field: 'outcome', params: filters.viewParams, when });
  const counts = new Map((facet.data?.rows ?? []).map(row => [row.value, row.count]));
  const chosen = filters.valuesOf('outcome');
  const toggle = (outcome: string): void => {
    filters.setValues('outcome', chosen.includes(outcome) ? chosen.filter(known => known !== outcome) : [...chosen, outcome]);
  };
  return (
    <div role="group" aria-label="Outcome" className={styles.outcomes}>
      {outcomes.map(outcome => (
        <button key={outcome} type="button" aria-pressed={chosen.includes(outcome)} className={styles.outcome} onClick={() => { toggle(outcome); }}>
          <OutcomeShape outcome={outcome} />
          {outcomeLabels[outcome]}
          <span className={styles.count}>{facet.data === undefined ? '' : <Count value={counts.get(outcome) ?? 0} form="compact" />}</span>
        </button>
      ))}
    </div>
  );
}
