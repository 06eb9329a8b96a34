import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { ImportSource } from '../../../electron/engine/ports';
import { Failure } from '../../../shared/errors';
import type { TestEngine } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';
import { utf8 } from '../json/written-json';
import { event } from './import-file';

const engines: TestEngine[] = [];
const started = (...options: Parameters<typeof testEngine>): TestEngine => {
  const engine = testEngine(...options);
  engines.push(engine);
  return engine;
};
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.end();
});

const lines = (from: number, to: number): string => Array.from({ length: to - from }, (_, index) => `${event(`${from + index}`, { noise: Math.sin(from + index).toString(36) })}\n`).join('');
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const addsUp = (receipt: { read: number; stored: number; duplicates: number; revisions: number; setAside: readonly unknown[] }): boolean =>
  receipt.read === receipt.stored + receipt.duplicates + receipt.revisions + receipt.setAside.length;

const foreign = 'this does not look like Auth0 log events; nothing behind it was read';

describe('an import of several files of which some are bad', () => {
  it('reads the files behind a bad one, and lists each bad one once', async () => {
    const engine = started();
    const half = gzipSync(lines(100, 2100));
    const [first, wide, cut, bomb, last] = [
      engine.file('first.jsonl', lines(0, 10)), engine.file('wide.jsonl', utf16(lines(10, 20))),
      engine.file('cut.jsonl.gz', half.subarray(0, half.length >> 1)), engine.file('bomb.gz', gzipSync(' '.repeat(8 * 1024 * 1024))),
      engine.file('last.jsonl', `${lines(5, 15)}oops\n`),
    ];
    const receipt = await engine.call('archive.import', { tenant: 'acme', files: [first, wide, cut, bomb, last] });
    const fromCut = receipt.stored - 15;
    expect(fromCut).toBeGreaterThan(100);
    expect(receipt.duplicates).toBe(5);
    expect(receipt.setAside).toEqual([
      { file: wide, line: 1, reason: `${wide} is UTF-16 (little-endian), not UTF-8` },
      { file: cut, line: fromCut + 1, reason: expect.stringContaining(`${cut} is a damaged gzip file`) as string },
      { file: bomb, line: 1, reason: `${bomb} unpacks to over 200 times its size` },
      { file: last, line: 11, reason: 'not JSON: unexpected text at character 1' },
    ]);
    expect(addsUp(receipt)).toBe(true);
  });

  it('goes on behind a file that cannot be read to its end', async () => {
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      yield utf8(lines(0, 3));
      throw new Failure('import.unreadable', { file: 'a', problem: 'gone' });
    };
    const whole = async function* (): AsyncGenerator<Uint8Array> { yield utf8(lines(3, 5)); };
    const openImport = (path: string): ImportSource => ({ size: null, chunks: path === 'a' ? chunks() : whole() });
    const engine = started({ ports: { userFiles: { openImport, createExport: () => { throw new Error('not used'); } } } });
    expect(await engine.call('archive.import', { tenant: 'acme', files: ['a', 'b'] })).toMatchObject({ read: 6, stored: 5, setAside: [{ file: 'a', line: 4, reason: 'a cannot be read' }] });
  });

  it('fails with the first failure when every file failed and none gave an event', async () => {
    const engine = started();
    const files = [engine.file('wide.jsonl', utf16(lines(0, 2))), engine.file('bad.gz', new Uint8Array([0x1f, 0x8b, 1, 2, 3, 4]))];
    await expect(engine.call('archive.import', { tenant: 'acme', files })).rejects.toMatchObject({ code: 'import.encoding', details: { file: files[0] } });
  });

  it('answers the same with a second import of a damaged file, whose events are duplicates then', async () => {
    const engine = started();
    const whole = gzipSync(lines(0, 2000));
    const file = engine.file('cut.gz', whole.subarray(0, whole.length >> 1));
    const first = await engine.call('archive.import', { tenant: 'acme', files: [file] });
    const second = await engine.call('archive.import', { tenant: 'acme', files: [file] });
    expect(first.stored).toBeGreaterThan(100);
    expect(second).toEqual({ ...first, stored: 0, duplicates: first.stored });
  });

  it.each(['missing.jsonl', '.', '-'])('touches nothing when it cannot open %s', async bad => {
    const engine = started();
    const files = [engine.file('good.jsonl', lines(0, 5)), '-', bad === '-' ? bad : `${engine.root}/files/${bad}`];
    await expect(engine.call('archive.import', { tenant: 'acme', files })).rejects.toMatchObject({ code: 'import.unreadable' });
    expect(await engine.ports.keys.tenants()).toEqual([]);
  });
});

describe('an import of a file that is no log', () => {
  it('stops behind 10,000 items without an event, and reads the next file', async () => {
    const engine = started();
    const [junk, good] = [engine.file('junk.gz', gzipSync('1\n'.repeat(9_000_000))), engine.file('good.jsonl', lines(0, 5))];
    const receipt = await engine.call('archive.import', { tenant: 'acme', files: [junk, good] });
    expect(receipt).toMatchObject({ read: 10_006, stored: 5 });
    expect(receipt.setAside).toHaveLength(10_001);
    expect(receipt.setAside.at(-2)).toEqual({ file: junk, line: 10_000, reason: 'not a JSON object' });
    expect(receipt.setAside.at(-1)).toEqual({ file: junk, line: 10_001, reason: foreign });
  });

  it('asks the file for little more than those items, be they lines, elements or objects', async () => {
    for (const [start, more] of [['7\n', '7\n'], ['[7', ',7'], ['{"a":1}\n', '{"a":1}\n'], ['{"a":1}\n[', '1,']] as const) {
      let taken = 0;
      const endless = async function* (): AsyncGenerator<Uint8Array> {
        yield utf8(start);
        for (; taken < 1000; taken += 1) yield utf8(more === '1,' ? `${more.repeat(20_000)}1]\n[` : more.repeat(1000));
      };
      const engine = started({ ports: { userFiles: { openImport: () => ({ size: null, chunks: endless() }), createExport: () => { throw new Error('not used'); } } } });
      const { read, setAside } = await engine.call('archive.import', { tenant: 'acme', files: ['-'] });
      expect([read, setAside.length, setAside.at(-1)?.reason]).toEqual([10_001, 10_001, foreign]);
      expect(taken).toBeLessThan(20);
    }
  });

  it('lists all of exactly 10,000 items, and reads on when there was an event among them', async () => {
    const engine = started();
    const all = await engine.call('archive.import', { tenant: 'acme', files: [engine.file('a', '1\n'.repeat(10_000))] });
    expect([all.read, all.setAside.at(-1)?.reason]).toEqual([10_000, 'not a JSON object']);
    const mixed = await engine.call('archive.import', { tenant: 'acme', files: [engine.file('b', `${'1\n'.repeat(9_999)}${lines(0, 1)}${'1\n'.repeat(5_000)}${lines(1, 2)}`)] });
    expect([mixed.read, mixed.stored, mixed.setAside.length]).toEqual([15_001, 2, 14_999]);
  });
});
