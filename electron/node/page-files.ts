/** What a page sends as a source of an import and what it takes as a target of an export, a piece at a time. */
import type { ExportTarget, ImportSource } from '../engine/ports';
import type { PageFiles } from './user-files';
import type { Asks } from './worker-messages';

type DoorName = 'uploadSize' | 'readUpload' | 'writeDownload' | 'endDownload';

/** How the bytes pass: from the worker they are asks to the main thread. @throws Failure import.unreadable, export.unwritable, operation.cancelled */
export type PageDoors = { readonly [Name in DoorName]: (input: Asks[Name]['input']) => Promise<Asks[Name]['answer']> };

/** A message carries the whole memory that a piece lies in. */
const alone = (bytes: Uint8Array): Uint8Array => (bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice());

function openUpload(doors: PageDoors, id: string): ImportSource {
  let size: number | null = null;
  const chunks = async function* (): AsyncGenerator<Uint8Array, void> {
    size = await doors.uploadSize({ id });
    for (;;) {
      const bytes = await doors.readUpload({ id });
      if (bytes === null) return;
      yield bytes;
    }
  };
  // Not known before the first chunk is asked for.
  return { get size() { return size; }, chunks: chunks() };
}

function createDownload(doors: PageDoors, id: string): ExportTarget {
  return {
    write: async bytes => void (await doors.writeDownload({ id, bytes: alone(bytes) })),
    commit: async () => {
      await doors.endDownload({ id, end: 'done' });
      return `download:${id}`;
    },
    abort: () => {
      // Whoever took the bytes has gone already, or is told by the end of the stream.
      doors.endDownload({ id, end: 'aborted' }).catch(() => undefined);
    },
  };
}

/** A second commit or abort is for the doors to ignore. */
export function createPageFiles(doors: PageDoors): PageFiles {
  return { openUpload: id => openUpload(doors, id), createDownload: id => createDownload(doors, id) };
}
