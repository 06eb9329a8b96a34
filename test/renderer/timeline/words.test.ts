import { describe, expect, it } from 'vitest';
import { createTimeFormat } from '../../../renderer/components/time';
import { coverageWords, eventsWords, spanWords } from '../../../renderer/screens/timeline/count-words';
import { receiptWords } from '../../../renderer/screens/timeline/export-dialog';
import { downloadName } from '../../../renderer/screens/timeline/use-export';

const format = createTimeFormat('Europe/Berlin');

describe('what a list covers, in words', () => {
  it('names count, span and zone', () => {
    expect(coverageWords(1, null, 'UTC')).toBe(`${eventsWords(1)}, UTC`);
    expect(eventsWords(1)).toBe('1 event');
  });

  it('does not count a day that only ends the span', () => {
    const day = spanWords({ from: '2026-11-01', to: '2026-11-02' }, format);
    expect(day).toBe(format.dateRange(Date.parse('2026-11-01T00:00:00+01:00'), Date.parse('2026-11-01T23:59:59+01:00')));
  });

  it('is silent about a span without both ends', () => {
    expect(spanWords({ from: null, to: '2026-11-02' }, format)).toBeNull();
    expect(spanWords({ from: 'soon', to: '2026-11-02' }, format)).toBeNull();
  });
});

describe('an export, in words', () => {
  const receipt = { rows: 2, files: [], manifest: null, guarded: 0, truncated: 0 };

  it('tells what was changed for the spreadsheet', () => {
    expect(receiptWords(receipt)).toBe('2 rows written. No value was changed.');
    expect(receiptWords({ ...receipt, guarded: 3, truncated: 1 })).toBe(`2 rows written. 3 cells guarded with an apostrophe, 1 cell cut at 32,767 characters.`);
  });

  it('names the file in plain characters', () => {
    expect(downloadName({ tenant: 'acme.eu.auth0.com', view: 'audit-timeline', format: 'csv-exact' }, Date.parse('2026-11-21T23:30:00Z'))).toBe('acme.eu.auth0.com-audit-timeline-2026-11-21.csv');
    expect(downloadName({ tenant: '../a b', view: 'audit-timeline', format: 'jsonl' }, 0)).toBe('..-a-b-audit-timeline-1970-01-01.jsonl');
  });
});
