/** How files pass between the page and its host: by path and the system's dialogs on the desktop, by upload and download in a browser. */

const newId = (): string => crypto.randomUUID();

export type Upload = { readonly file: File; /** How the operation's input names it. */ readonly name: string };

/** Names for chosen files: paths on the desktop, ids of uploads in a browser. */
export function nameFiles(files: readonly File[]): readonly Upload[] {
  const bridge = window.tenantscope;
  return files.map(file => ({ file, name: bridge === undefined ? `upload:${newId()}` : bridge.pathForFile(file) }));
}

const idOf = (name: string): string | null => (name.startsWith('upload:') ? name.slice('upload:'.length) : null);

/**
 * Sends what is to be sent, one file after the other, as fast as the host takes it; resolves when there is nothing more to send.
 * What is wrong with an upload is told by the operation that reads it.
 */
export async function sendFiles(uploads: readonly Upload[], signal: AbortSignal): Promise<void> {
  for (const { file, name } of uploads) {
    const id = idOf(name);
    if (id === null || signal.aborted) continue;
    await fetch(`/upload?id=${encodeURIComponent(id)}`, {
      method: 'POST', body: file, headers: { 'content-type': 'application/octet-stream' }, credentials: 'same-origin', signal,
    }).catch(() => undefined);
  }
}

export type Target = {
  /** For the operation's input. */
  readonly out: string;
  /** Begins to take the file; call it together with the operation. On the desktop the host asks where it goes. */
  readonly take: () => void;
};

function follow(url: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
}

/** Where an operation writes a file that a person then has. */
export function newTarget(fileName: string): Target {
  if (window.tenantscope !== undefined) return { out: 'choose', take: () => undefined };
  const id = newId();
  return { out: `download:${id}`, take: () => { follow(`/download/${id}?name=${encodeURIComponent(fileName)}`, fileName); } };
}

/** Saves a text that the page has itself. */
export function saveText(text: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  follow(url, fileName);
  window.setTimeout(() => { URL.revokeObjectURL(url); }, 10_000);
}

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** `3.2 MB`: decimal units, one digit behind the point at most. */
export function formatBytes(bytes: number): string {
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${new Intl.NumberFormat(undefined, { maximumFractionDigits: power === 0 ? 0 : 1 }).format(bytes / 1000 ** power)} ${units[power] ?? ''}`;
}

export const todayUtc = (): string => new Date().toISOString().slice(0, 10);
