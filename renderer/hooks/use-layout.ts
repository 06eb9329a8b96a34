/** How the person arranged the screens, and how that is changed: seen at once, written when the hand rests. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import type { Layout } from '../../shared/contract';
import { call } from '../engine-client';
import { changeDraft, layoutOf, writeDraft } from '../layout-draft';
import { keys } from '../query-keys';
import { useSettings } from './use-settings';

const restMs = 400;

export type LayoutControl = {
  readonly layout: Layout;
  /** False until the settings are read; what is drawn before may have to move. */
  readonly isKnown: boolean;
  /** Always the same function. */
  readonly change: (by: (layout: Layout) => Layout) => void;
};

export function useLayout(): LayoutControl {
  const cache = useQueryClient();
  const settings = useSettings();
  const draft = useQuery<Layout | null>({ queryKey: keys.layoutDraft, queryFn: () => null, enabled: false }).data ?? null;
  const timer = useRef<number | null>(null);
  const write = useCallback(() => {
    timer.current = null;
    void writeDraft(cache, async layout => call('settings.write', { layout }));
  }, [cache]);
  const change = useCallback((by: (layout: Layout) => Layout) => {
    changeDraft(cache, by);
    if (timer.current !== null) window.clearTimeout(timer.current);
    timer.current = window.setTimeout(write, restMs);
  }, [cache, write]);
  useEffect(() => () => {
    if (timer.current === null) return;
    window.clearTimeout(timer.current);
    write();
  }, [write]);
  return { layout: layoutOf(settings.data, draft), isKnown: !settings.isPending, change };
}
