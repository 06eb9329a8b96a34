import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandsOf, bucketAfterKey, lonePoints, withGaps } from '../../../renderer/charts';
import { bucketAtPixel, plotOf } from '../../../renderer/charts/chart-geometry';
import { bucketStates } from '../../../shared/views/define-view';
import type { BucketState } from '../../../shared/views/define-view';

const states = (...list: BucketState[]): { state: BucketState }[] => list.map(state => ({ state }));

describe('the buckets of a chart', () => {
  it('without events are zero, and those that the archive does not cover are gaps', () => {
    expect(withGaps([0, 0, 3, 4], states('complete', 'uncovered', 'partial', 'running'))).toEqual([0, null, 3, 4]);
  });

  it('are marked in one stretch where neighbours have the same state', () => {
    expect(bandsOf(states('partial', 'complete', 'uncovered', 'uncovered', 'running'))).toEqual([
      { state: 'partial', first: 0, last: 0 }, { state: 'uncovered', first: 2, last: 3 }, { state: 'running', first: 4, last: 4 },
    ]);
  });

  it('are each marked once with their own state, unless they are complete', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...bucketStates), { maxLength: 60 }), list => {
      const marked = new Map(bandsOf(states(...list)).flatMap(band => Array.from({ length: band.last - band.first + 1 }, (_none, index) => [band.first + index, band.state] as const)));
      expect(list.map((state, index) => (state === 'complete' ? undefined : state) === marked.get(index)).every(Boolean)).toBe(true);
    }), { seed: 20261121, numRuns: 200 });
  });

  it('that stand alone between gaps get a point of their own', () => {
    expect([...lonePoints([5, null, 1, 2, null, 3])]).toEqual([0, 5]);
    expect([...lonePoints([7])]).toEqual([0]);
  });

  it('are found under the pointer, the nearest one beside the plot', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 100, max: 2000 }), fc.integer({ min: -50, max: 2100 }), (count, width, x) => {
      const plot = plotOf({ width, height: 184 }, count);
      const bucket = bucketAtPixel(x, plot, count);
      expect(bucket).toBeGreaterThanOrEqual(0);
      expect(bucket).toBeLessThan(count);
      expect(bucketAtPixel(plot.left + (bucket + 0.5) * plot.bucketWidth, plot, count)).toBe(bucket);
    }), { seed: 20261121, numRuns: 200 });
  });
});

describe('keys in a chart', () => {
  it.each([
    ['ArrowRight', 3, 4], ['ArrowLeft', 3, 2], ['ArrowLeft', 0, 0], ['ArrowRight', 29, 29], ['Home', 12, 0], ['End', 12, 29], ['PageDown', 3, 6], ['PageUp', 1, 0], ['x', 3, null],
  ] as const)('%s on bucket %i of thirty leads to %j', (key, bucket, to) => { expect(bucketAfterKey(key, bucket, 30)).toBe(to); });

  it('lead nowhere without buckets', () => { expect(bucketAfterKey('End', 0, 0)).toBeNull(); });
});
