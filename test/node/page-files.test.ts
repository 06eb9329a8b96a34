import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Transfers } from '../../electron/node/host';
import { createPageFiles } from '../../electron/node/page-files';
import { createTransferDesk } from '../../electron/node/transfer-desk';
import { createUserFiles } from '../../electron/node/user-files';

const never = new AbortController().signal;
const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

type Told = { readonly taken: number[]; readonly ends: string[] };

/** An upload of the given pieces, and downloads that take what comes. */
function transfersOf(pieces: readonly Uint8Array[], change: Partial<Transfers> = {}): { readonly transfers: Transfers; readonly told: Told } {
  const told: Told = { taken: [], ends: [] };
  const left = [...pieces];
  return {
    told,
    transfers: {
      uploadSize: () => 7,
      readUpload: () => Promise.resolve(left.shift() ?? null),
      writeDownload: (_id, taken) => {
        told.taken.push(...taken);
        return Promise.resolve();
      },
      endDownload: (id, end) => {
        told.ends.push(`${id} ${end}`);
        return Promise.resolve();
      },
      chooseSave: () => Promise.resolve(null),
      ...change,
    },
  };
}

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<number[]> {
  const all: number[] = [];
  for await (const chunk of chunks) all.push(...chunk);
  return all;
}

describe('an upload', () => {
  it('is read a piece at a time and knows its size once it is read', async () => {
    const { transfers } = transfersOf([bytes(1, 2), bytes(3)]);
    const desk = createTransferDesk(transfers);
    const files = createUserFiles(createPageFiles(desk.doors));
    await desk.during(['a'], never, async () => {
      const source = files.openImport('upload:a');
      expect(source.size).toBeNull();
      expect(await readAll(source.chunks)).toEqual([1, 2, 3]);
      expect(source.size).toBe(7);
    });
  });

  it('is closed to an operation that did not name it', async () => {
    const desk = createTransferDesk(transfersOf([bytes(1)]).transfers);
    const files = createUserFiles(createPageFiles(desk.doors));
    await expect(readAll(files.openImport('upload:a').chunks)).rejects.toMatchObject({ code: 'operation.input-invalid' });
    await desk.during(['a'], never, () => Promise.resolve());
    await expect(readAll(files.openImport('upload:a').chunks)).rejects.toMatchObject({ code: 'operation.input-invalid' });
  });

  it('is not waited for once the operation is cancelled', async () => {
    const { transfers } = transfersOf([], { readUpload: () => new Promise(() => undefined) });
    const desk = createTransferDesk(transfers);
    const files = createUserFiles(createPageFiles(desk.doors));
    const controller = new AbortController();
    const reading = desk.during(['a'], controller.signal, () => readAll(files.openImport('upload:a').chunks));
    await turn();
    controller.abort();
    await expect(reading).rejects.toMatchObject({ code: 'operation.cancelled' });
  });

  it('can be named by one operation at a time, and once by each', async () => {
    const desk = createTransferDesk(transfersOf([]).transfers);
    await expect(desk.during(['a', 'a'], never, () => Promise.resolve())).rejects.toMatchObject({ code: 'operation.input-invalid' });
    await desk.during(['a'], never, async () => {
      await expect(desk.during(['a'], never, () => Promise.resolve())).rejects.toMatchObject({ code: 'operation.input-invalid' });
    });
    await expect(desk.during(['a'], never, () => Promise.resolve(1))).resolves.toBe(1);
  });
});

describe('a download', () => {
  it('takes bytes only as fast as the browser, and is told its end', async () => {
    let release = (): void => undefined;
    const { transfers, told } = transfersOf([], { writeDownload: () => new Promise(resolve => { release = resolve; }) });
    const desk = createTransferDesk(transfers);
    const files = createUserFiles(createPageFiles(desk.doors));
    await desk.during(['a'], never, async () => {
      const target = files.createExport('download:a');
      let isTaken = false;
      const writing = Promise.resolve(target.write(bytes(1))).then(() => { isTaken = true; });
      await turn();
      expect(isTaken).toBe(false);
      release();
      await writing;
      expect(await target.commit()).toBe('download:a');
    });
    expect(told.ends).toEqual(['a done']);
  });

  it('sends a piece of a larger memory alone', async () => {
    const memories: number[] = [];
    const desk = createTransferDesk(transfersOf([]).transfers);
    const page = createPageFiles({ ...desk.doors, writeDownload: input => { memories.push(input.bytes.buffer.byteLength); return Promise.resolve(null); } });
    await page.createDownload('a').write(new Uint8Array(1_000).subarray(10, 20));
    expect(memories).toEqual([10]);
  });

  it('is told that it was broken off, also when the operation was cancelled', async () => {
    const { transfers, told } = transfersOf([], { writeDownload: () => new Promise(() => undefined) });
    const desk = createTransferDesk(transfers);
    const files = createUserFiles(createPageFiles(desk.doors));
    const controller = new AbortController();
    const writing = desk.during(['a'], controller.signal, async () => {
      const target = files.createExport('download:a');
      try {
        await target.write(bytes(1));
      } finally {
        target.abort();
      }
    });
    await turn();
    controller.abort();
    await expect(writing).rejects.toMatchObject({ code: 'operation.cancelled' });
    expect(told.ends).toEqual(['a aborted']);
  });
});

it('no path of the system reaches it from a page', () => {
  const files = createUserFiles(createPageFiles(createTransferDesk(transfersOf([]).transfers).doors));
  for (const name of ['/etc/passwd', '-', 'download:a', 'upload:a/b']) expect(() => files.openImport(name), name).toThrow(expect.objectContaining({ code: 'import.unreadable' }));
  for (const name of ['/tmp/x', 'upload:a', 'choose']) expect(() => files.createExport(name), name).toThrow(expect.objectContaining({ code: 'export.unwritable' }));
});
