/** A panel at the right edge beside the content: it covers nothing, can be made wider, and closes with Escape. */
import { X } from 'lucide-react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useState } from 'react';
import { IconButton } from './button';
import styles from './drawer.module.css';

export const drawerWidth = { min: 320, max: 960, initial: 440 } as const;

export type DrawerProps = {
  /** Its accessible name. */
  readonly label: string;
  readonly onClose: () => void;
  /** Stands beside the close button. */
  readonly header?: ReactNode;
  /** Pixels. Default 440. */
  readonly initialWidth?: number;
  /** Told after a drag or a key, to remember it. */
  readonly onWidthChange?: (width: number) => void;
  readonly children: ReactNode;
};

const clamped = (width: number): number => Math.round(Math.min(drawerWidth.max, window.innerWidth * 0.7, Math.max(drawerWidth.min, width)));
const keySteps: Readonly<Record<string, number>> = { ArrowLeft: 16, ArrowRight: -16 };

type EdgeProps = { readonly width: number; readonly resize: (width: number) => void; readonly done: (width: number) => void };

/** The edge that is dragged, or moved by the arrow keys. */
function Edge({ width, resize, done }: EdgeProps) {
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(window.innerWidth - event.clientX);
  };
  const press = (event: KeyboardEvent): void => {
    const step = keySteps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = clamped(width + step);
    resize(next);
    done(next);
  };
  return (
    <div className={styles.edge} role="separator" aria-orientation="vertical" aria-label="Width of the panel" tabIndex={0}
      aria-valuenow={width} aria-valuemin={drawerWidth.min} aria-valuemax={drawerWidth.max} onKeyDown={press}
      onPointerDown={event => { event.currentTarget.setPointerCapture(event.pointerId); event.preventDefault(); }} onPointerMove={drag} onPointerUp={() => { done(width); }} />
  );
}

export function Drawer({ label, onClose, header, initialWidth = drawerWidth.initial, onWidthChange, children }: DrawerProps) {
  const [width, setWidth] = useState(() => Math.max(drawerWidth.min, initialWidth));
  const close = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  return (
    <aside className={styles.drawer} style={{ width }} aria-label={label} onKeyDown={close}>
      <Edge width={width} resize={next => { setWidth(clamped(next)); }} done={next => { onWidthChange?.(next); }} />
      <header className={styles.header}>
        <div className={styles.heading}>{header}</div>
        <IconButton icon={X} label="Close" shortcut="Esc" onClick={onClose} />
      </header>
      <div className={styles.body}>{children}</div>
    </aside>
  );
}
