/** The data folder's files: private, inside the root, and every fault told in the catalogue's words. */
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createArchiveFiles } from '../../electron/node/archive-files';
import { retryRename, writeWhole } from '../../electron/node/durable-files';
import type { ArchiveFile, ArchiveFiles } from '../../electron/engine/ports';
import { temporaryFolder } from './temporary-folder';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const failure = (code: string, details: object = {}) => expect.objectContaining({ code, details: expect.objectContaining(details) as unknown });
const isRoot = process.getuid?.() === 0;

function setUp(): { readonly root: string; readonly files: ArchiveFiles; readonly make: (path: string) => ArchiveFile } {
  const root = join(temporaryFolder(), 'data');
  const files = createArchiveFiles(root);
  files.makeFolder('');
  return {
    root, files,
    make: path => {
      const file = files.open(path, 'write')!;
      onTestFinished(() => file.close());
      return file;
    },
  };
}

describe('folders', () => {
  it('are made with those above them, for their owner alone, twice without complaint', () => {
    const { root, files } = setUp();
    files.makeFolder('tenants/t-acme');
    files.makeFolder('tenants/t-acme');
    for (const path of ['', 'tenants', 'tenants/t-acme']) expect(statSync(join(root, path)).mode & 0o777).toBe(0o700);
    files.syncFolder('tenants/t-acme');
  });

  it('list their names in order, and none when they are missing', () => {
    const { files, make } = setUp();
    files.makeFolder('b');
    make('c');
    make('a');
    expect(files.list('')).toEqual(['a', 'b', 'c']);
    expect(files.list('missing')).toEqual([]);
  });
});

describe('a file', () => {
  it('is made for its owner alone when opened to write, and kept when it was there', () => {
    const { root, files, make } = setUp();
    make('journal').writeAt(0, bytes(1, 2, 3));
    expect(statSync(join(root, 'journal')).mode & 0o777).toBe(0o600);
    expect(make('journal').size()).toBe(3);
    expect(files.open('missing', 'read')).toBeNull();
    expect(existsSync(join(root, 'missing'))).toBe(false);
  });

  it('reads what was asked, and less only at its end', () => {
    const { files, make } = setUp();
    make('journal').writeAt(0, bytes(0, 1, 2, 3, 4, 5, 6, 7));
    const reader = files.open('journal', 'read')!;
    expect(reader.readAt(2, 3)).toEqual(bytes(2, 3, 4));
    expect(reader.readAt(6, 2 ** 40)).toEqual(bytes(6, 7));
    expect(reader.readAt(8, 1)).toEqual(bytes());
    expect(reader.readAt(2 ** 40, 1)).toEqual(bytes());
    reader.close();
  });

  it('can be cut and written anywhere', () => {
    const { root, make } = setUp();
    const file = make('journal');
    file.writeAt(0, bytes(1, 2, 3, 4));
    file.truncate(2);
    file.writeAt(3, bytes(9));
    file.sync();
    expect([...readFileSync(join(root, 'journal'))]).toEqual([1, 2, 0, 9]);
    expect(file.size()).toBe(4);
  });

  it('that is closed refuses everything but a second close, even when its number belongs to another file by now', () => {
    const { files, make } = setUp();
    const closed = files.open('one', 'write')!;
    closed.close();
    make('two');
    expect(() => closed.writeAt(0, bytes(1))).toThrow(failure('archive.unwritable', { problem: 'EBADF' }));
    expect(() => closed.size()).toThrow(failure('archive.unreadable', { file: 'one', problem: 'EBADF' }));
    closed.close();
  });
});

describe('a path', () => {
  it.each(['..', '../x', 'a/../../x', '/etc/hostname', './x', 'a//b', 'a/', 'a\\..\\b', 'c:x', 'a\0b'])('%j is refused, since it could lead elsewhere', path => {
    const { files } = setUp();
    const refused = failure('archive.unreadable', { file: path });
    expect(() => files.open(path, 'read')).toThrow(refused);
    expect(() => files.open(path, 'write')).toThrow(refused);
    expect(() => files.list(path)).toThrow(refused);
    expect(() => files.makeFolder(path)).toThrow(refused);
    expect(() => files.syncFolder(path)).toThrow(refused);
  });

  it('works below folders with spaces, marks, letters of all scripts and great length', () => {
    const root = join(temporaryFolder(), 'ein Ordner', 'über 📁 данные', 'x'.repeat(200));
    const files = createArchiveFiles(root);
    files.makeFolder('tenants');
    const file = files.open('tenants/journal', 'write')!;
    file.writeAt(0, bytes(1));
    file.close();
    expect(files.list('tenants')).toEqual(['journal']);
  });
});

describe('a fault', () => {
  it('tells a full disk from other trouble', () => {
    const { root, make } = setUp();
    symlinkSync('/dev/full', join(root, 'full'));
    expect(() => make('full').writeAt(0, bytes(1))).toThrow(failure('archive.disk-full'));
  });

  it('names the system\'s reason when something cannot be written', () => {
    const { root, files } = setUp();
    writeFileSync(join(root, 'file'), '');
    expect(() => files.open('missing/journal', 'write')).toThrow(failure('archive.unwritable', { problem: 'ENOENT' }));
    expect(() => files.open('file/journal', 'write')).toThrow(failure('archive.unwritable', { problem: 'ENOTDIR' }));
    expect(() => files.makeFolder('file/x')).toThrow(failure('archive.unwritable', { problem: 'ENOTDIR' }));
    expect(() => files.open('file', 'read')!.writeAt(0, bytes(1))).toThrow(failure('archive.unwritable', { problem: 'EBADF' }));
  });

  it('names the file and the reason when something cannot be read', () => {
    const { root, files } = setUp();
    mkdirSync(join(root, 'folder'));
    writeFileSync(join(root, 'file'), '');
    expect(() => files.open('folder', 'read')).toThrow(failure('archive.unreadable', { file: 'folder', problem: 'EISDIR' }));
    expect(() => files.open('file/x', 'read')).toThrow(failure('archive.unreadable', { file: 'file/x', problem: 'ENOTDIR' }));
    expect(() => files.list('file')).toThrow(failure('archive.unreadable', { file: 'file', problem: 'ENOTDIR' }));
  });

  it.skipIf(isRoot)('tells a folder without permission', () => {
    const { root, files } = setUp();
    chmodSync(root, 0o500);
    onTestFinished(() => chmodSync(root, 0o700));
    expect(() => files.open('journal', 'write')).toThrow(failure('archive.unwritable', { problem: 'EACCES' }));
  });
});

describe('a write', () => {
  it('goes on after short ones until every byte has its place', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(50), fc.infiniteStream(fc.integer({ min: 1, max: 17 })), (plain, offset, steps) => {
      const disk = new Uint8Array(offset + plain.length);
      writeWhole((source, start, position) => {
        const count = Math.min(steps.next().value as number, source.length - start);
        disk.set(source.subarray(start, start + count), position!);
        return count;
      }, plain, offset);
      expect(disk.subarray(offset)).toEqual(plain);
    }), { seed: 7 });
  });

  it('fails rather than try for ever when nothing is taken', () => {
    expect(() => writeWhole(() => 0, bytes(1), 0)).toThrow(expect.objectContaining({ code: 'EIO' }));
  });
});

describe('a rename', () => {
  const attempts = (platform: NodeJS.Platform, failures: number, code: string) => {
    const waits: number[] = [];
    let count = 0;
    const rename = (): void => {
      count += 1;
      if (count <= failures) throw Object.assign(new Error('refused'), { code });
    };
    const run = (): number => {
      retryRename({ rename, pause: ms => void waits.push(ms), platform });
      return waits.length;
    };
    return { run, count: () => count };
  };

  it.each(['EPERM', 'EBUSY', 'EACCES'])('on Windows is tried five times more while a scanner answers %s', code => {
    expect(attempts('win32', 5, code).run()).toBe(5);
    expect(() => attempts('win32', 6, code).run()).toThrow('refused');
  });

  it('is not repeated for other reasons or elsewhere', () => {
    const elsewhere = attempts('linux', 1, 'EPERM');
    const otherwise = attempts('win32', 1, 'ENOSPC');
    expect(elsewhere.run).toThrow('refused');
    expect(otherwise.run).toThrow('refused');
    expect([elsewhere.count(), otherwise.count()]).toEqual([1, 1]);
  });
});
