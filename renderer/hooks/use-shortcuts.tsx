/** Keys of the page: screens register what theirs do, one listener runs them, and the sheet lists them all. */
import { createContext, useContext, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';

export type Shortcut = {
  /** `/`, `Esc`, or one key after the other: `g t`. */
  readonly keys: string;
  readonly label: string;
  /** Heading in the sheet. */
  readonly group: string;
  /** Without it the key is only listed: something else handles it. */
  readonly run?: () => void;
};

type Registry = { readonly shortcuts: readonly Shortcut[]; readonly register: (shortcuts: readonly Shortcut[]) => () => void };
const ShortcutsContext = createContext<Registry>({ shortcuts: [], register: () => () => undefined });

const sequenceMs = 1200;
const typing = 'input, textarea, select, [contenteditable="true"], [role="textbox"]';
const layered = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** Whether a key was meant for a field or a layer and not for the page. */
function isForSomebodyElse(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  return event.target instanceof Element && event.target.closest(`${typing}, ${layered}`) !== null;
}

/** The shortcut that one more key completes, and what has been typed of a longer one. */
export function nextKeys(typed: string, key: string, known: readonly string[]): { readonly hit: string | null; readonly typed: string } {
  const named = key === 'Escape' ? 'Esc' : key;
  const sequence = typed === '' ? named : `${typed} ${named}`;
  if (known.includes(sequence)) return { hit: sequence, typed: '' };
  if (known.some(keys => keys.startsWith(`${sequence} `))) return { hit: null, typed: sequence };
  return typed === '' ? { hit: null, typed: '' } : nextKeys('', key, known);
}

export function ShortcutsProvider({ children }: { readonly children: ReactNode }) {
  const [sets, setSets] = useState<readonly (readonly Shortcut[])[]>([]);
  const shortcuts = useMemo(() => sets.flat(), [sets]);
  const typed = useRef({ keys: '', at: 0 });
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (isForSomebodyElse(event) || event.key === 'Shift') return;
    const runnable = shortcuts.filter(shortcut => shortcut.run !== undefined);
    const before = event.timeStamp - typed.current.at < sequenceMs ? typed.current.keys : '';
    const next = nextKeys(before, event.key, runnable.map(shortcut => shortcut.keys));
    typed.current = { keys: next.typed, at: event.timeStamp };
    const found = runnable.findLast(shortcut => shortcut.keys === next.hit);
    if (found === undefined) return;
    event.preventDefault();
    found.run?.();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => { press(event); };
    window.addEventListener('keydown', listen);
    return () => { window.removeEventListener('keydown', listen); };
  }, []);
  const [register] = useState(() => (added: readonly Shortcut[]) => {
    setSets(known => [...known, added]);
    return () => { setSets(known => known.filter(set => set !== added)); };
  });
  const value = useMemo(() => ({ shortcuts, register }), [shortcuts, register]);
  return <ShortcutsContext value={value}>{children}</ShortcutsContext>;
}

/** Registers keys while the caller is mounted. Of two that are the same, the later one counts. `run` may change freely. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const { register } = useContext(ShortcutsContext);
  const run = useEffectEvent((keys: string) => { shortcuts.find(shortcut => shortcut.keys === keys)?.run?.(); });
  const shape = JSON.stringify(shortcuts.map(({ keys, label, group, run: handler }) => ({ keys, label, group, runs: handler !== undefined })));
  useEffect(() => {
    const listed = JSON.parse(shape) as readonly (Omit<Shortcut, 'run'> & { readonly runs: boolean })[];
    return register(listed.map(({ keys, label, group, runs }) => ({ keys, label, group, ...(runs ? { run: () => { run(keys); } } : {}) })));
  }, [shape, register]);
}

/** Every key that works now, for the sheet. */
export const useListedShortcuts = (): readonly Shortcut[] => useContext(ShortcutsContext).shortcuts;
