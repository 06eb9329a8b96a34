import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { rowAfterKey } from '../../renderer/components/data-table';
import { ErrorPanel, failureDetails } from '../../renderer/components/error-panel';
import { OutcomeBadge, outcomeLabels } from '../../renderer/components/outcome-badge';
import { formatRelative, Time, TimeFormatProvider } from '../../renderer/components/time';
import { outcomes } from '../../shared/domain/event-types';
import type { ErrorCode } from '../../shared/errors';
import { errorCatalogue, Failure } from '../../shared/errors';

const badge = (outcome: string): string => renderToStaticMarkup(createElement(OutcomeBadge, { outcome }));

describe('an outcome', () => {
  it('has a shape and a word of its own, beside its colour', () => {
    const drawn = outcomes.map(badge);
    const shapes = drawn.map(html => /<svg[^>]*>(.*)<\/svg>/.exec(html)?.[1]);
    expect(new Set(shapes).size).toBe(outcomes.length);
    outcomes.forEach((outcome, index) => { expect(drawn[index]).toContain(outcomeLabels[outcome]); });
  });

  it('that this version does not know shows as info, in its own word', () => {
    expect(badge('<b>')).toContain('data-outcome="info"');
    expect(badge('<b>')).toContain('&lt;b&gt;');
    expect(badge('constructor')).toContain('data-outcome="info"');
  });
});

describe('a failure on the screen', () => {
  const panel = (code: ErrorCode, props: object = {}): string => renderToStaticMarkup(createElement(ErrorPanel, { failure: new Failure(code), ...props }));

  it.each(Object.keys(errorCatalogue) as ErrorCode[])('of %s says what happened, whether data is safe, what to do, and can be copied', code => {
    const html = panel(code);
    expect(html).toContain('role="alert"');
    expect(html).toMatch(/safe|lost|nothing was|stored|intact|untouched/i);
    expect(html).toContain('Copy details');
    expect(html).toContain(code);
  });

  it('offers to try again only where that can help', () => {
    const onRetry = (): void => undefined;
    expect(panel('auth0.timeout', { onRetry })).toContain('Try again');
    expect(panel('import.ratio', { onRetry })).not.toContain('Try again');
    expect(panel('auth0.timeout')).not.toContain('Try again');
  });

  it('is copied with its code and details', () => {
    expect(failureDetails(new Failure('event.not-found', { logId: 'l1', tenant: 'sample' }))).toBe(
      'There is no event l1 in sample (event.not-found)\nCheck the log id; the archive may not reach as far as this event.\nlogId: l1\ntenant: sample');
  });
});

describe('an instant', () => {
  const shown = (timeZone: string, props: object): string =>
    renderToStaticMarkup(createElement(TimeFormatProvider, { timeZone, children: createElement(Time, { at: '2026-11-21T23:30:05.123Z', ...props }) }));

  it('shows the clocks of the chosen time zone and keeps UTC for machines', () => {
    expect(shown('Asia/Tokyo', {})).toContain('08:30:05');
    expect(shown('UTC', { form: 'exact' })).toContain('23:30:05.123');
    expect(shown('Asia/Tokyo', {})).toContain('dateTime="2026-11-21T23:30:05.123Z"');
    expect(shown('Asia/Tokyo', { timeZone: 'UTC' })).toContain('23:30:05');
  });

  it('that is missing or no instant is a dash', () => {
    expect(shown('UTC', { at: null })).toContain('–');
    expect(shown('UTC', { at: 'x' })).toContain('–');
  });

  it('is told from now in its largest unit', () => {
    expect(formatRelative(0, 3 * 3_600_000)).toBe('3 hours ago');
    expect(formatRelative(120_000, 0)).toBe('in 2 minutes');
  });
});

describe('keys in a table', () => {
  it.each([
    ['ArrowDown', 0, 1], ['j', 9, 9], ['k', 0, 0], ['ArrowUp', 5, 4], ['Home', 5, 0], ['End', 5, 9], ['PageDown', 0, 9], ['PageUp', 9, 0], ['x', 5, null],
  ] as const)('%s on row %i of ten leads to %j', (key, row, to) => { expect(rowAfterKey(key, row, 10)).toBe(to); });

  it('lead nowhere where there is no row', () => { expect(rowAfterKey('j', 0, 0)).toBeNull(); });
});
