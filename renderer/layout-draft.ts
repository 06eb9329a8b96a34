/** The layout while a person arranges it: changed at once, written later, and not disturbed by what is pushed in between. */
import type { QueryClient } from '@tanstack/react-query';
import type { Layout, Settings } from '../shared/contract';
import { keys } from './query-keys';

export const usualLayout: Layout = { columns: { visibility: {}, widths: {} }, drawerWidth: null, rail: 'wide' };

/** What is shown: the draft hides the settings until it is written, so that an older push moves nothing back. */
export const layoutOf = (settings: Settings | undefined, draft: Layout | null): Layout => draft ?? settings?.layout ?? usualLayout;

const draftIn = (cache: QueryClient): Layout | null => cache.getQueryData<Layout | null>(keys.layoutDraft) ?? null;

export function changeDraft(cache: QueryClient, by: (layout: Layout) => Layout): void {
  cache.setQueryData<Layout | null>(keys.layoutDraft, by(layoutOf(cache.getQueryData<Settings>(keys.settings), draftIn(cache))));
}

/** Writes what was arranged. Where that fails, the draft lasts as long as the page. */
export async function writeDraft(cache: QueryClient, write: (layout: Layout) => Promise<Settings>): Promise<void> {
  const draft = draftIn(cache);
  if (draft === null) return;
  try {
    const written = await write(draft);
    cache.setQueryData<Settings>(keys.settings, written);
    // Who went on arranging meanwhile keeps that draft, and it is written in its turn.
    if (draftIn(cache) === draft) cache.setQueryData<Layout | null>(keys.layoutDraft, null);
  } catch {
    return;
  }
}
