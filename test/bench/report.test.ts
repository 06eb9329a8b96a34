import { expect, it } from 'vitest';
import { reportRows, tableText } from './report';
import type { Measurement } from './measurement';

const page = (ms: number): Measurement => ({ id: 'page.first.user', what: 'first page, user', unit: 'ms', samples: Array.from({ length: 20 }, () => ms) });
const size = (events: number, measurement: Measurement) => ({ events, measurements: [measurement], notes: [] });

it('a goal that was missed says by how many times', () => {
  const [row] = reportRows([size(100_000, page(10))]);
  expect(row?.goal).toEqual({ statistic: 'p95', limit: 5, isMet: false, missedBy: 2 });
  expect(tableText(reportRows([size(100_000, page(10))]))).toContain('MISSED by 2.00×');
});

it('a rate that was too low says by how many times', () => {
  const [row] = reportRows([size(100_000, { id: 'ingest', what: 'ingest', unit: 'events/s', samples: [10_000] })]);
  expect(row?.goal).toMatchObject({ isMet: false, missedBy: 2.5 });
});

it('growth is what ten times the events cost, on the largest size alone', () => {
  const [small, large] = reportRows([size(1_000_000, page(6)), size(100_000, page(2))]);
  expect(small).toMatchObject({ events: 100_000, growth: null });
  expect(large?.growth?.perTenfold).toBeCloseTo(3, 9);
  expect(large?.growth).toMatchObject({ limit: 1.3, isMet: false });
});

it('what a peer needed has no goal of its own, and beating it has', () => {
  const rows = reportRows([{
    events: 100_000, notes: [],
    measurements: [
      { id: 'tile-peer.growth', what: 'peer', unit: 'ms', samples: [30] }, { id: 'tile-ratio.growth', what: 'ratio', unit: '×', samples: [0.5] },
      { id: 'ingest.peer.x', what: 'peer', unit: 'events/s', samples: [1] }, { id: 'export.csv.peer.x', what: 'peer', unit: 'rows/s', samples: [1] },
    ],
  }]);
  expect(rows.map(row => row.goal?.missedBy ?? null)).toEqual([null, 2, null, null]);
});
