import { describe, expect, it } from 'vitest';
import { bucketSentence, createBucketWords } from '../../../renderer/charts';
import { segmentAfterKey, segmentAt, segmentBoxes } from '../../../renderer/charts/chart-segments';
import { berlin, timeChart } from './builders';

const chart = timeChart([9, 0], {
  series: [
    { id: 'retained', label: 'Retained', colour: 'series-1', form: 'bars', values: [4, 0] }, { id: 'new', label: 'New', colour: 'series-2', form: 'bars', values: [5, 0] },
    { id: 'churned', label: 'Churned', colour: 'failure', form: 'bars', values: [-3, -1] }, { id: 'blocked', label: 'Blocked', colour: 'blocked', form: 'line', values: [7, null] },
  ],
});
/** Zero is drawn at 100 pixels, ten pixels each. */
const pixelOf = (value: number): number => 100 - 10 * value;

describe('the parts of a stacked bar', () => {
  it('stand on each other above the line and hang from it below, lines where their value is', () => {
    expect(segmentBoxes(chart, 0, pixelOf)).toEqual([
      { id: 'retained', form: 'bars', top: 60, bottom: 100 }, { id: 'new', form: 'bars', top: 10, bottom: 60 },
      { id: 'churned', form: 'bars', top: 100, bottom: 130 }, { id: 'blocked', form: 'line', top: 30, bottom: 30 },
    ]);
    expect(segmentBoxes(chart, 1, pixelOf).map(box => box.id)).toEqual(['churned']);
  });

  it('are found under a pixel, a line before the bar behind it, and nothing beside them', () => {
    const boxes = segmentBoxes(chart, 0, pixelOf);
    expect([80, 59, 105, 33, 5, 140].map(y => segmentAt(boxes, y))).toEqual(['retained', 'new', 'churned', 'blocked', null, null]);
  });

  it('are gone through by Up and Down from the whole bucket on, those without a value left out', () => {
    const place = { bucket: 0, ids: ['retained', 'new', 'blocked'] };
    expect(segmentAfterKey('ArrowDown', null, chart, place)).toBe('retained');
    expect(segmentAfterKey('ArrowDown', 'new', chart, place)).toBe('blocked');
    expect(segmentAfterKey('ArrowDown', 'blocked', chart, place)).toBe('blocked');
    expect(segmentAfterKey('ArrowUp', 'retained', chart, place)).toBeNull();
    expect(segmentAfterKey('ArrowDown', null, chart, { ...place, bucket: 1 })).toBeNull();
  });

  it('are said by their own number', () => {
    expect(bucketSentence(chart, 0, createBucketWords('day', berlin), 'new')).toMatch(/1 Jul|Jul 1.*, New: 5$/);
  });
});
