import { describe, expect, it } from 'vitest';
import { chartOption } from '../../../renderer/charts/chart-option';
import type { ChartPalette } from '../../../renderer/charts/chart-theme';
import { drawSvg } from '../../../renderer/charts/echarts-surface';
import { pictureOf } from '../../../renderer/charts/picture-option';
import type { TimeChart } from '../../../renderer/charts';
import { buckets, timeChart } from './builders';

const palette = new Proxy({}, { get: (_target, name) => (name === 'font' ? 'sans-serif' : name === 'series-1' ? '#123456' : '#abcdef') }) as ChartPalette;
const size = { width: 600, height: 184 };
const draw = (chart: TimeChart): string => drawSvg(chartOption(chart, palette, size), size);

describe('a drawn chart', () => {
  it('has a bar for each bucket with a value, and hatches what is not covered', () => {
    const svg = draw(timeChart([3, 0, 5, null], { buckets: buckets('2026-07-01', 4, 'day', { 3: 'uncovered' }) }));
    expect(svg.match(/<path[^>]*fill="#123456"/g)?.length ?? 0).toBeGreaterThanOrEqual(2);
    expect(svg).toContain('<pattern');
    expect(draw(timeChart([3, 0, 5]))).not.toContain('<pattern');
  });

  it('draws the period before as a dotted line', () => {
    expect(draw(timeChart([3, 4, 5], { previous: [1, 2, 3] }))).toContain('stroke-dasharray');
    expect(draw(timeChart([3, 4, 5]))).not.toContain('stroke-dasharray');
  });

  it('of one bucket, of a thousand and of nothing but zeros can be drawn', () => {
    for (const values of [[1], Array.from({ length: 1000 }, (_none, index) => index % 7), [0, 0, 0]]) expect(draw(timeChart(values))).toMatch(/^<svg/);
  });

  it('of shares without any has the axis of a whole, in even steps', () => {
    const axis = chartOption(timeChart([null, 0], { unit: 'share' }), palette, size).yAxis;
    expect(axis).toMatchObject({ min: 0, max: 1, interval: 0.25 });
    expect(chartOption(timeChart([0, 0]), palette, size).yAxis).not.toHaveProperty('interval');
  });

  it('has bars that leave room between them, until there is none to leave', () => {
    const widths = (count: number): unknown => (chartOption(timeChart(Array.from({ length: count }, () => 1)), palette, size).series as readonly { readonly barWidth: number }[])[0]?.barWidth;
    expect(widths(3)).toBe(36);
    expect(widths(30)).toBeLessThan((600 - 52) / 30);
    expect(widths(400)).toBeGreaterThan((600 - 52) / 400);
  });

  it('writes hostile names as text only', () => {
    const chart = timeChart([1, 2], { title: '<script>alert(1)</script>' });
    const { option, size: whole } = pictureOf(chart, { subtitle: 'sample "&<' }, palette);
    const svg = drawSvg(option, whole);
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;');
  });

  it('saved as a picture says its title, what it is of and its legend', () => {
    const { option, size: whole } = pictureOf(timeChart([1, null], { buckets: buckets('2026-07-01', 2, 'day', { 1: 'uncovered' }), previous: [1, 1] }), { subtitle: 'sample, July' }, palette);
    const svg = drawSvg(option, whole);
    for (const words of ['Logins', 'sample, July', 'Period before', 'Not covered']) expect(svg).toContain(words);
  });
});
