/** Real files with a hook: an operation that is made to fail writes half of its bytes first. */
import { mkdtempSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createArchiveFiles } from '../../electron/node/archive-files';
import type { ArchiveFile, ArchiveFiles } from '../../electron/engine/ports';
import { Failure } from '../../shared/errors';

export const newRoot = () => mkdtempSync(join(tmpdir(), 'tenantscope-test-'));
export type Op = 'write' | 'sync' | 'truncate' | 'open' | 'read' | 'list' | 'syncFolder' | 'size' | 'rename' | 'remove';
export type Faults = { fail: ((op: Op, path: string, n: number) => boolean) | null; counts: Record<string, number>; openFiles: number; half: boolean; log: string[] };
export function faultyFiles(root: string) {
  const real = createArchiveFiles(join(root, 'data'));
  const faults: Faults = { fail: null, counts: {}, openFiles: 0, half: true, log: [] };
  const check = (op: Op, path: string, before?: () => void) => {
    const n = faults.counts[op] = (faults.counts[op] ?? 0) + 1;
    faults.log.push(`${op} ${path}`);
    if (faults.fail?.(op, path, n)) {
      before?.();
      throw op === 'read' || op === 'list' ? new Failure('archive.unreadable', { file: path, problem: 'EIO' }) : new Failure('archive.disk-full');
    }
  };
  const wrap = (file: ArchiveFile, path: string): ArchiveFile => {
    faults.openFiles += 1;
    let open = true;
    return {
      size: () => file.size(),
      readAt: (o, l) => { check('read', path); return file.readAt(o, l); },
      writeAt: (o, b) => { check('write', path, () => { if (faults.half) file.writeAt(o, b.subarray(0, b.length >> 1)); }); file.writeAt(o, b); },
      truncate: s => { check('truncate', path); file.truncate(s); },
      sync: () => { check('sync', path); file.sync(); },
      close: () => { if (open) { open = false; faults.openFiles -= 1; } file.close(); },
    };
  };
  const files: ArchiveFiles = {
    list: f => { check('list', f); return real.list(f); },
    makeFolder: f => real.makeFolder(f),
    open: (p, m) => { check('open', p); const file = real.open(p, m); return file === null ? null : wrap(file, p); },
    isBeingWritten: () => false,
    rename: (from, to) => { check('rename', to); real.rename(from, to); },
    remove: p => { check('remove', p); real.remove(p); },
    syncFolder: f => { check('syncFolder', f); real.syncFolder(f); },
  };
  return { files, faults, real };
}
export const digestOf = (events: readonly { log_id: string }[]): string => createHash('sha256').update(events.map(e => e.log_id).sort().join('\n')).digest('hex');
