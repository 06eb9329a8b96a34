/** Takes files that are dropped anywhere on the page to the import screen. */
import { FileDown } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { navigate, toScreen } from '../address';
import { useDroppedFiles } from '../hooks/use-dropped-files';
import styles from './drop-overlay.module.css';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Calls back when files come over the window, leave it, or are dropped. The browser never opens them itself. */
function useWindowDrop(onOver: (state: 'over' | 'away') => void, onDrop: (files: readonly File[]) => void): void {
  const handle = useEffectEvent((event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (event.type === 'dragover') onOver('over');
    if (event.type === 'dragleave' && event.relatedTarget === null) onOver('away');
    if (event.type !== 'drop') return;
    onOver('away');
    onDrop([...(event.dataTransfer?.files ?? [])]);
  });
  useEffect(() => {
    const listen = (event: DragEvent): void => { handle(event); };
    const names = ['dragover', 'dragleave', 'drop'] as const;
    for (const name of names) window.addEventListener(name, listen);
    return () => { for (const name of names) window.removeEventListener(name, listen); };
  }, []);
}

export function DropOverlay() {
  const [state, setState] = useState<'over' | 'away'>('away');
  const { put } = useDroppedFiles();
  useWindowDrop(setState, files => {
    if (files.length === 0) return;
    put(files);
    navigate(toScreen('import'));
  });
  if (state === 'away') return null;
  return (
    <div className={styles.overlay}>
      <div className={styles.frame}><FileDown size={24} strokeWidth={1.5} aria-hidden="true" /><strong>Drop to import</strong><span>JSON, JSON Lines, gzip</span></div>
    </div>
  );
}
