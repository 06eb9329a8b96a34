import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { Layout, Settings } from '../../shared/contract';
import { operations, settings as settingsSchema } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import { takePush } from '../../renderer/hooks/use-pushes';
import { changeDraft, layoutOf, writeDraft } from '../../renderer/layout-draft';
import { keys } from '../../renderer/query-keys';

const width = (drawerWidth: number) => (layout: Layout): Layout => ({ ...layout, drawerWidth });

function page() {
  const cache = new QueryClient();
  cache.setQueryData<Settings>(keys.settings, settingsSchema.parse({ theme: 'dark' }));
  const settings = () => cache.getQueryData<Settings>(keys.settings);
  const shown = (): Layout => layoutOf(settings(), cache.getQueryData<Layout | null>(keys.layoutDraft) ?? null);
  const stored = (layout: Layout): Settings => settingsSchema.parse({ theme: 'dark', layout });
  return { cache, settings, shown, stored };
}

describe('the layout', () => {
  it('is shown at once as it was changed, and is part of the settings once it is written', async () => {
    const { cache, settings, shown, stored } = page();
    changeDraft(cache, width(500));
    changeDraft(cache, layout => ({ ...layout, columns: { visibility: { ip: false }, widths: {} } }));
    expect(shown()).toEqual({ columns: { visibility: { ip: false }, widths: {} }, drawerWidth: 500, rail: 'wide' });
    expect(settings()?.layout.drawerWidth).toBeNull();
    await writeDraft(cache, layout => Promise.resolve(stored(layout)));
    expect(settings()?.layout).toEqual({ columns: { visibility: { ip: false }, widths: {} }, drawerWidth: 500, rail: 'wide' });
    expect(cache.getQueryData(keys.layoutDraft)).toBeNull();
  });

  it('does not jump back when settings are pushed, or an earlier write is answered, while it is being changed', async () => {
    const { cache, shown, stored } = page();
    changeDraft(cache, width(400));
    let answer: (settings: Settings) => void = () => undefined;
    const writing = writeDraft(cache, () => new Promise(resolve => { answer = resolve; }));
    changeDraft(cache, width(450));
    takePush(cache, { name: 'settings.changed', value: stored({ columns: { visibility: {}, widths: {} }, drawerWidth: 400, rail: 'wide' }) });
    expect(shown().drawerWidth).toBe(450);
    answer(stored({ columns: { visibility: {}, widths: {} }, drawerWidth: 400, rail: 'wide' }));
    await writing;
    expect(shown().drawerWidth).toBe(450);
    await writeDraft(cache, layout => Promise.resolve(stored(layout)));
    expect(shown().drawerWidth).toBe(450);
    takePush(cache, { name: 'settings.changed', value: stored({ columns: { visibility: {}, widths: {} }, drawerWidth: 600, rail: 'wide' }) });
    expect(shown().drawerWidth).toBe(600);
  });

  it('knows how wide the navigation is, and settings of before it did are read as before', async () => {
    const { cache, settings, shown, stored } = page();
    expect(shown().rail).toBe('wide');
    changeDraft(cache, layout => ({ ...layout, rail: 'narrow' }));
    expect(shown().rail).toBe('narrow');
    await writeDraft(cache, layout => Promise.resolve(stored(layout)));
    expect(settings()?.layout.rail).toBe('narrow');
    expect(settingsSchema.parse({ layout: { drawerWidth: 500 } }).layout).toEqual({ columns: { visibility: {}, widths: {} }, drawerWidth: 500, rail: 'wide' });
  });

  it('stays the same object when a push brings nothing new, so that no row is drawn again', () => {
    const { cache, shown, stored } = page();
    const before = shown();
    takePush(cache, { name: 'settings.changed', value: stored({ columns: { visibility: {}, widths: {} }, drawerWidth: null, rail: 'wide' }) });
    expect(shown()).toBe(before);
  });

  it('lasts as long as the page where it cannot be written, and nothing is written where nothing was changed', async () => {
    const { cache, shown } = page();
    const refused: Layout[] = [];
    const refuse = (layout: Layout): Promise<Settings> => {
      refused.push(layout);
      return Promise.reject(new Failure('archive.unwritable', { problem: 'read only' }));
    };
    await writeDraft(cache, refuse);
    expect(refused).toEqual([]);
    changeDraft(cache, width(500));
    await writeDraft(cache, refuse);
    expect(shown().drawerWidth).toBe(500);
  });

  it('is taken by the host only within bounds', () => {
    const accepts = (layout: unknown): boolean => operations['settings.write'].input.safeParse({ layout }).success;
    expect(accepts({ columns: { visibility: { ip: true }, widths: { ip: 300 } }, drawerWidth: 480 })).toBe(true);
    for (const layout of [{ drawerWidth: -1 }, { rail: 'hidden' }, { drawerWidth: 1e9 }, { columns: { widths: { ip: 0.5 } } }, { columns: { visibility: { ip: 'no' } } }, { columns: { widths: { ['x'.repeat(65)]: 100 } } }, { columns: { visibility: Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`c${String(at)}`, true])) } }]) expect(accepts(layout)).toBe(false);
  });
});
