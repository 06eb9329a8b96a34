import { describe, expect, it } from 'vitest';
import { chartSpecs } from '../../../renderer/screens/activity/chart-specs';
import { rankingSpecs } from '../../../renderer/screens/activity/ranking-specs';
import { activitySummary } from '../../../shared/views/activity-summary';
import { cohorts } from '../../../shared/views/cohorts';
import { growth } from '../../../shared/views/growth';
import { usage } from '../../../shared/views/usage';

const shown = [activitySummary, cohorts, growth, usage, ...chartSpecs.map(spec => spec.view), ...rankingSpecs.map(spec => spec.view)];

describe('a definition that stands on a screen', () => {
  it.each(shown.map(view => [view.id, view.definition] as const))('says in plain words how %s counts, without names of columns or parameters', (_id, definition) => {
    expect(definition).not.toMatch(/\b[a-z]+[A-Z]\w*|\w=\w/);
  });
});
