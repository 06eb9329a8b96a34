/** Files that were dropped on the window, on their way to the import screen. */
import { createContext, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';

export type DroppedFiles = { readonly files: readonly File[]; readonly put: (files: readonly File[]) => void; readonly clear: () => void };

const DroppedFilesContext = createContext<DroppedFiles>({ files: [], put: () => undefined, clear: () => undefined });

export function DroppedFilesProvider({ children }: { readonly children: ReactNode }) {
  const [files, setFiles] = useState<readonly File[]>([]);
  const value = useMemo(() => ({ files, put: setFiles, clear: () => { setFiles([]); } }), [files]);
  return <DroppedFilesContext value={value}>{children}</DroppedFilesContext>;
}

/** The import screen reads `files` and calls `clear` once it has taken them. */
export const useDroppedFiles = (): DroppedFiles => useContext(DroppedFilesContext);
