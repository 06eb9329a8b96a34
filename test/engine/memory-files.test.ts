/** Files in memory behave as those of a data folder do, so that an archive cannot tell where it lives. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryFiles } from '../../electron/engine/memory-files';
import type { ArchiveFile, ArchiveFiles } from '../../electron/engine/ports';
import { TenantHomes } from '../../electron/engine/tenant-homes';
import { createArchiveFiles } from '../../electron/node/archive-files';
import { temporaryFolder } from '../node/temporary-folder';

const folder = 'tenants/t-acme/journal';
const name = fc.constantFrom('head', '00000001.tsj', '00000002.tsj', '00000001.tsj.tmp');
/** Around the borders of what is held in one piece. */
const offset = fc.oneof(fc.nat(200), fc.integer({ min: 65_400, max: 65_700 }), fc.integer({ min: 131_000, max: 131_200 }));
const step = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), name, offset, bytes: fc.uint8Array({ maxLength: 300 }), times: fc.constantFrom(1, 1, 500) }),
  fc.record({ kind: fc.constant('read' as const), name, offset, length: offset }),
  fc.record({ kind: fc.constant('truncate' as const), name, size: offset }),
  fc.record({ kind: fc.constant('rename' as const), name, to: name }),
  fc.record({ kind: fc.constant('remove' as const), name }),
  fc.record({ kind: fc.constant('list' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** What a caller sees of a step; files stay open from one step to the next, as a journal's do. */
function player(files: ArchiveFiles): (step: Step) => unknown {
  const opened: ArchiveFile[] = [];
  files.makeFolder(folder);
  const open = (of: string, mode: 'read' | 'write'): ArchiveFile | null => {
    const file = files.open(`${folder}/${of}`, mode);
    if (file !== null) opened.push(file);
    return file;
  };
  const seen = (): unknown => opened.map(file => [file.size(), [...file.readAt(0, 400)], [...file.readAt(65_500, 200)]]);
  const act = (made: Step): unknown => {
    switch (made.kind) {
      case 'write': {
        const bytes = new Uint8Array(made.bytes.length * made.times);
        for (let at = 0; at < made.times; at += 1) bytes.set(made.bytes, at * made.bytes.length);
        return open(made.name, 'write')?.writeAt(made.offset, bytes);
      }
      case 'read': return [...open(made.name, 'read')?.readAt(made.offset, made.length) ?? [-1]];
      case 'truncate': return open(made.name, 'write')?.truncate(made.size);
      case 'rename': return open(made.name, 'read') === null ? null : files.rename(`${folder}/${made.name}`, `${folder}/${made.to}`);
      case 'remove': return files.remove(`${folder}/${made.name}`);
      case 'list': return [files.list(folder), files.list('tenants/t-acme'), files.list('tenants/t-nobody')];
    }
  };
  return made => [act(made), seen()];
}

describe('files in memory', () => {
  it('answer every sequence of calls as those on the disk do', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 14 }), steps => {
      const [disk, memory] = [player(createArchiveFiles(join(temporaryFolder(), 'data'))), player(memoryFiles())];
      for (const made of steps) expect(memory(made), made.kind).toEqual(disk(made));
    }), { seed: 20_261_121, numRuns: 120 });
  });

  it('refuse a closed file, and a rename of what is not there', () => {
    const files = memoryFiles();
    const file = files.open('tenants/t-acme/head', 'write');
    file?.close();
    for (const call of [() => file?.size(), () => file?.readAt(0, 1), () => file?.writeAt(0, new Uint8Array(1)), () => file?.sync(), () => file?.truncate(0)]) expect(call).toThrow('cannot be read');
    expect(() => { files.rename('tenants/t-acme/nothing', 'tenants/t-acme/head'); }).toThrow('cannot be written');
  });
});

describe('the homes of tenants', () => {
  const bytes = Uint8Array.from({ length: 3_000_000 }, (_none, at) => at % 251);

  it('lead each tenant to its own, copy what is in memory as it is, and forget it when the tenant leaves', async () => {
    const root = join(temporaryFolder(), 'data');
    const disk = createArchiveFiles(root);
    const homes = new TenantHomes(disk);
    homes.settle('acme', 'memory');
    homes.settle('acme.eu', 'disk');
    for (const tenant of ['acme', 'acme.eu']) {
      homes.files.makeFolder(`tenants/t-${tenant}/journal`);
      homes.files.open(`tenants/t-${tenant}/journal/head`, 'write')?.writeAt(0, bytes.subarray(0, 5));
    }
    homes.files.open('tenants/t-acme/journal/00000001.tsj', 'write')?.writeAt(0, bytes);
    expect(disk.list('tenants')).toEqual(['t-acme.eu']);
    expect([homes.homeOf('acme'), homes.homeOf('acme.eu'), homes.homeOf('nobody')]).toEqual(['memory', 'disk', 'disk']);

    let breaths = 0;
    await homes.copyTo('keep.tmp', () => Promise.resolve(void (breaths += 1)));
    expect(breaths).toBeGreaterThan(2);
    expect(disk.list('keep.tmp/tenants/t-acme/journal')).toEqual(['00000001.tsj', 'head']);
    // Compared as a whole: of so many bytes nobody wants to see the difference.
    expect(Buffer.from(disk.open('keep.tmp/tenants/t-acme/journal/00000001.tsj', 'read')?.readAt(0, 4_000_000) ?? []).equals(bytes)).toBe(true);
    homes.leave('acme');
    homes.leave('acme.eu');
    expect(homes.files.list('tenants/t-acme')).toEqual([]);
    expect(homes.files.list('tenants/t-acme.eu/journal')).toEqual(['head']);
    expect(homes.tenantsInMemory).toEqual([]);
  });
});
