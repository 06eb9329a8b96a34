import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ToastsProvider } from '../../../renderer/components';
import { keys } from '../../../renderer/query-keys';
import { isShorter, retentionOf, retentionOptions, withRetention } from '../../../renderer/screens/settings/retention';
import { StoredDataSection } from '../../../renderer/screens/settings/stored-data-section';
import { storageWarning } from '../../../renderer/shell/storage-banner';
import { settings } from '../../../shared/contract';
import { errorCatalogue } from '../../../shared/errors';

describe('the retention of a tenant', () => {
  it('is for ever unless it was set, and one set elsewhere is offered too', () => {
    expect(retentionOf(settings.parse({}), 'acme')).toBe(0);
    expect(retentionOf(settings.parse({ retention: { acme: 45 } }), 'acme')).toBe(45);
    expect(retentionOf(settings.parse({}), 'constructor')).toBe(0);
    expect(retentionOptions(45).map(({ label }) => label)).toContain('45 days');
    expect(retentionOptions(0)[0]).toEqual({ value: '0', label: 'For ever' });
    expect(retentionOptions(0).map(({ label }) => label)).toContain('7 years');
  });

  it('changes alone, and leaves no entry behind when it is for ever again', () => {
    const before = settings.parse({ retention: { acme: 30, other: 90 } });
    expect(withRetention(before, 'acme', 365)).toEqual({ acme: 365, other: 90 });
    expect(withRetention(before, 'acme', 0)).toEqual({ other: 90 });
  });

  it('asks before it erases more than before, and only then', () => {
    expect([isShorter(0, 30), isShorter(365, 30), isShorter(30, 365), isShorter(30, 0), isShorter(30, 30)]).toEqual([true, true, false, false, false]);
  });
});

describe('the stored data in the settings', () => {
  const drawn = (tenants: readonly string[]): string => {
    const client = new QueryClient();
    client.setQueryData(keys.tenants, { tenants: tenants.map(tenant => ({ tenant, connected: true })) });
    const section = createElement(StoredDataSection, { settings: settings.parse({ retention: { 'acme.eu.auth0.com': 90 } }) });
    return renderToStaticMarkup(createElement(QueryClientProvider, { client }, createElement(ToastsProvider, null, section)));
  };

  it('gives each tenant a retention and a way to be forgotten, but not the sample', () => {
    const html = drawn(['acme.eu.auth0.com', 'sample', 'old-logs']);
    for (const tenant of ['acme.eu.auth0.com', 'old-logs']) {
      expect(html).toContain(`Keep the log of ${tenant}`);
      expect(html).toContain(`Forget ${tenant}`);
    }
    expect(html).not.toContain('Forget sample');
  });

  it('says so when nothing is stored', () => { expect(drawn([])).toContain('Nothing is stored yet'); });
});

describe('the banner of a folder that cannot be written', () => {
  const failed = (code: keyof typeof errorCatalogue) => ({ error: { code, title: errorCatalogue[code].title, hint: errorCatalogue[code].hint } });

  it('shows while a sync waits for space, or for the right to write', () => {
    expect(storageWarning([{ error: null }, failed('archive.disk-full')])?.title).toBe('The disk is full');
    expect(storageWarning([failed('archive.unwritable')])).not.toBeNull();
  });

  it('does not show for what lies elsewhere', () => { expect(storageWarning([{ error: null }, failed('auth0.timeout')])).toBeNull(); });
});
