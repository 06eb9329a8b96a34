import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { importLimits } from '../../../electron/engine/import/import-limits';
import { Failure } from '../../../shared/errors';
import { utf8 } from '../json/written-json';
import { event, importBytes, importChunks, inChunks, packed } from './import-file';

const [one, two] = [event('1'), event('2')] as const;
const MIB = 1024 * 1024;
const small = { ...importLimits, itemBytes: MIB };
const long = `{"log_id":"3","date":"2026-11-20","user_agent":"${'A'.repeat(MIB)}"}`;
const tooLong = 'longer than 1 MiB';

describe('limits on one event', () => {
  it('keeps an event with a user agent of a million characters', async () => {
    expect((await importBytes(utf8(`${one}\n${long}\n`), 65_536)).items).toEqual([[1, one, null], [2, long, null]]);
  });

  it.each([65_536, 3 * MIB])('sets aside a line that is too long, and reads the next (chunks of %i)', async size => {
    expect((await importChunks(inChunks(utf8(`${one}\n${long}\n${two}`), size), small)).items).toEqual([[1, one, null], [2, '!', tooLong], [3, two, null]]);
    expect((await importChunks(inChunks(utf8(`${one}\n${long}`), size), small)).items).toEqual([[1, one, null], [2, '!', tooLong]]);
  });

  it('sets aside a value that is too long, and reads the next', async () => {
    expect((await importChunks(inChunks(utf8(`[${one},\n${long},${two}]`), 65_536), small)).items).toEqual([[1, one, null], [2, '!', tooLong], [2, two, null]]);
    expect((await importChunks(inChunks(utf8(`${long}\n${two}\n`), 65_536), small)).items).toEqual([[1, '!', tooLong], [2, two, null]]);
  });

  it('sets aside text without an end as one item', async () => {
    expect((await importChunks(inChunks(utf8(`{"a":"${'A'.repeat(3 * MIB)}`), 65_536), small)).items).toEqual([[1, '!', 'the file ends inside an object']]);
    expect((await importChunks(inChunks(utf8('A'.repeat(3 * MIB)), 65_536), small)).items).toEqual([[1, '!', tooLong]]);
    expect((await importChunks(inChunks(utf8(' '.repeat(3 * MIB)), 65_536), small)).items).toEqual([[1, '!', tooLong]]);
  });
});

describe('limits on the whole file', () => {
  it('stops a packed file that unpacks to over 200 times its size, and keeps what came before', async () => {
    const bomb = gzipSync(`${one}\n`.repeat(3000) + ' '.repeat(40 * MIB));
    const { items, failure, bytesRead } = await importBytes(new Uint8Array(bomb), 1024);
    expect(failure).toBe('import.ratio');
    expect(items.length).toBe(3000);
    expect(bytesRead).toBeLessThan(bomb.length);
  });

  it('lets a file of less than 1 MiB unpack from any size', async () => {
    const text = `${one}\n`.repeat(8 * 500);
    expect(gzipSync(text).length * 200).toBeLessThan(text.length + 400_000);
    expect((await importBytes(packed(text))).failure).toBeNull();
  });

  it('stops at the limit of the total, plain or packed', async () => {
    const limits = { ...importLimits, totalBytes: 2000 };
    const text = `${one}\n`.repeat(100);
    for (const file of [utf8(text), packed(text)]) expect(await importChunks(inChunks(file, 500), limits)).toMatchObject({ failure: 'import.too-large' });
    expect((await importChunks(inChunks(utf8(text), 500), limits)).items.length).toBeGreaterThan(10);
  });
});

describe('files that are not what they seem', () => {
  it('keeps what a damaged packed file still gives', async () => {
    const lines = Array.from({ length: 2000 }, (_, index) => event(`${index}`, { random: Math.sin(index).toString(36) }));
    const file = packed(lines.join('\n'));
    const { items, failure } = await importBytes(file.subarray(0, file.length >> 1), 512);
    expect(failure).toBe('import.gzip-damaged');
    expect(items.length).toBeGreaterThan(100);
    expect(items).toEqual(lines.slice(0, items.length).map((line, index) => [index + 1, line, null]));
    expect((await importBytes(new Uint8Array([0x1f, 0x8b, 1, 2, 3, 4]))).failure).toBe('import.gzip-damaged');
  });

  it('reads a packed file of several members, from chunks of one byte', async () => {
    const file = new Uint8Array([...packed(`${one}\n`), ...packed(`${two}\n`)]);
    expect((await importBytes(file, 1)).items).toEqual([[1, one, null], [2, two, null]]);
  });

  it('passes on why the file itself could not be read on', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield packed(one).subarray(0, 20);
      throw new Failure('import.unreadable', { file: 'log.jsonl', problem: 'gone' });
    }
    expect((await importChunks(failing())).failure).toBe('import.unreadable');
  });

  it('does not unpack twice', async () => {
    const twice = new Uint8Array(gzipSync(packed(one)));
    expect((await importBytes(twice)).items).toEqual([[1, '!', 'gzip inside gzip is not unpacked']]);
  });

  it.each([
    ['UTF-16 (little-endian)', [0xff, 0xfe, ...Buffer.from(one, 'utf16le')]],
    ['UTF-16 (little-endian)', [...Buffer.from(one, 'utf16le')]],
    ['UTF-16 (big-endian)', [...Buffer.from(`\ufeff${one}`, 'utf16le').swap16()]],
    ['UTF-16 (big-endian)', [...Buffer.from(one, 'utf16le').swap16()]],
    ['UTF-32 (little-endian)', [0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]],
    ['UTF-32 (little-endian)', [0x7b, 0, 0, 0, 0x7d, 0, 0, 0]],
    ['UTF-32 (big-endian)', [0, 0, 0, 0x7b, 0, 0, 0, 0x7d]],
    ['binary', new Array<number>(1000).fill(0)],
  ])('refuses a text that is %s as a whole', async (encoding, bytes) => {
    for (const size of [1, 3, 1000]) {
      const title = `log.jsonl is ${encoding}, not UTF-8`;
      expect(await importBytes(new Uint8Array(bytes), size)).toMatchObject({ items: [], failure: 'import.encoding', title });
    }
  });
});
