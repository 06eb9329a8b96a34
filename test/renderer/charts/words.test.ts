import { renderToStaticMarkup } from 'react-dom/server';
import { createElement } from 'react';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTicks, bucketSentence, chartSentence, createBucketWords, RankedBars, Sparkline, sparklinePaths, TimeSeriesChart, valueWords } from '../../../renderer/charts';
import { ChartLegend } from '../../../renderer/charts/chart-legend';
import { berlin, buckets, timeChart } from './builders';

const sentence = (chart: ReturnType<typeof timeChart>): string => chartSentence(chart, createBucketWords(chart.grain, chart.timeZone));

describe('a chart in words', () => {
  it('says its span, its sum and its extremes', () => {
    const words = sentence(timeChart([3, 0, 12]));
    expect(words).toMatch(/^Logins, 3 days, /);
    expect(words).toContain('15 in all');
    expect(words).toMatch(/most 12 \(.*3.*\), least 0 \(.*2.*\)/);
  });

  it('adds nothing up where users would count twice', () => {
    expect(sentence(timeChart([3, 4], { whole: { label: 'Active users', values: [3, 4], adds: 'no' } }))).not.toContain('in all');
  });

  it('tells how much of it the archive does not cover', () => {
    const chart = timeChart([3, null, null], { buckets: buckets('2026-07-01', 3, 'day', { 1: 'uncovered', 2: 'uncovered' }) });
    expect(sentence(chart)).toContain('2 days not covered');
  });

  it('is sensible for one bucket and for none', () => {
    expect(sentence(timeChart([1]))).toContain('1 in each');
    expect(sentence(timeChart([]))).toBe('Logins: no time to show');
  });

  it('tells of a bucket every value, the period before and its state', () => {
    const chart = timeChart([1234], { buckets: buckets('2026-07-01', 1, 'day', { 0: 'running' }), previous: [99] });
    expect(bucketSentence(chart, 0, createBucketWords('day', berlin))).toMatch(/1 Jul|Jul 1.*: Logins 1,234, period before 99, still running$/);
  });

  it('writes shares in percent and what is not known as a dash', () => {
    expect(valueWords(0.375, 'share')).toBe('37.5%');
    expect(valueWords(null, 'count')).toBe('–');
  });
});

describe('buckets in words', () => {
  it.each([['day', '2026-07-01'], ['week', '2026-06-29'], ['month', '2026-07-01']] as const)('of a %s name the clocks of their zone', (grain, from) => {
    const [bucket] = buckets(from, 1, grain);
    expect(createBucketWords(grain, berlin)(bucket!)).toMatch(/Ju[ln]/);
    expect(createBucketWords(grain, berlin)(bucket!)).not.toContain('30 Jun');
  });
});

describe('the axis of time', () => {
  const labels = (grain: 'hour' | 'day' | 'week' | 'month', from: string, count: number, most: number): (readonly [number, string])[] =>
    axisTicks(buckets(from, count, grain), grain, berlin, most).flatMap((label, index) => (label === null ? [] : [[index, label] as const]));

  it('names Mondays where there is no room for every day, and first days of months where there is even less', () => {
    const days = buckets('2026-07-01', 90);
    const weekdayOf = (index: number): string => new Intl.DateTimeFormat('en', { timeZone: berlin, weekday: 'short' }).format(days[index]!.startAt);
    expect(labels('day', '2026-07-01', 90, 14).map(([index]) => weekdayOf(index))).toEqual(Array.from({ length: 13 }, () => 'Mon'));
    expect(labels('day', '2026-07-01', 90, 3).map(([index]) => index)).toEqual([0, 31, 62]);
  });

  it('names hours of the local clock also across a change of the clocks', () => {
    const named = labels('hour', '2026-10-24', 49, 8);
    expect(named.map(([, label]) => label).filter(label => label.includes(':')).every(label => /^(06|12|18):00$/.test(label))).toBe(true);
  });

  it('names years in Januaries', () => {
    expect(labels('month', '2025-11-01', 6, 12).map(([, label]) => label)).toEqual(['Nov', 'Dec', '2026', 'Feb', 'Mar', 'Apr']);
  });

  it('names the year where it turned before the first label', () => {
    const labels = axisTicks(buckets('2025-10-10', 400), 'day', berlin, 5).filter(label => label !== null);
    expect(labels[0]).toMatch(/Jan 2026/);
    expect(labels.slice(1).join(' ')).not.toMatch(/20\d\d/);
  });

  it('never has more labels than there is room for, and always one', () => {
    fc.assert(fc.property(fc.constantFrom('hour', 'day', 'week', 'month'), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 30 }), (grain, count, most) => {
      const named = axisTicks(buckets('2024-02-26', count, grain, {}, 'UTC'), grain, 'UTC', most).filter(label => label !== null);
      expect(named.length).toBeGreaterThanOrEqual(1);
      expect(named.length).toBeLessThanOrEqual(Math.max(1, most));
    }), { seed: 20261121, numRuns: 150 });
  });
});

describe('what is drawn', () => {
  it('has the chart in a sentence as its name and every bucket within reach of the keys', () => {
    const html = renderToStaticMarkup(createElement(TimeSeriesChart, { chart: timeChart([1, 2, 3]) }));
    expect(html).toContain('role="slider"');
    expect(html).toContain('tabindex="0"');
    expect(html).toContain('aria-valuemax="2"');
    expect(html).toContain('aria-label="Logins, 3 days');
  });

  it('says that all is zero instead of showing an empty frame', () => {
    expect(renderToStaticMarkup(createElement(TimeSeriesChart, { chart: timeChart([0, 0]), zeroText: 'No logins in this range' }))).toContain('No logins in this range');
  });

  it('explains in the legend only what occurs', () => {
    const plain = renderToStaticMarkup(createElement(ChartLegend, { chart: timeChart([1, 2]) }));
    expect(plain).not.toContain('covered');
    const marked = renderToStaticMarkup(createElement(ChartLegend, { chart: timeChart([null, 2], { buckets: buckets('2026-07-01', 2, 'day', { 0: 'uncovered', 1: 'running' }), previous: [1, 1] }) }));
    expect(marked).toContain('Not covered');
    expect(marked).toContain('Still running');
    expect(marked).toContain('Period before');
  });

  it('shows what strangers wrote in a ranking as text', () => {
    const html = renderToStaticMarkup(createElement(RankedBars, {
      label: 'Browsers', valueName: 'Logins', secondValueName: 'Users', emptyText: 'Nothing', onChoose: () => undefined,
      rows: [{ key: 'a', label: '<img src=x onerror=alert(1)>', value: 5, secondValue: 2, isChosen: true }],
    }));
    expect(html).not.toContain('<img');
    expect(html).toContain('aria-pressed="true"');
  });

  it('draws a sparkline with its gaps, and a point alone as a dash', () => {
    expect(sparklinePaths([0, 10, null, 5])).toEqual(['M0 26L33.33 2', 'M100 14h2']);
    expect(sparklinePaths([0, 0])).toEqual(['M0 26L100 26']);
    expect(renderToStaticMarkup(createElement(Sparkline, { values: [1, 2], colour: 'series-1' }))).toContain('aria-hidden="true"');
  });
});
