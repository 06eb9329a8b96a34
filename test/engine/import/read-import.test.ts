import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readImport } from '../../../electron/engine/import/read-import';
import { createNormalizer } from '../../../electron/engine/sync/normalize-log-event';
import { runs, utf8 } from '../json/written-json';
import type { Told } from './import-file';
import { compression, event, importBytes, importChunks, importText, inChunks, packed } from './import-file';

const [one, two, three] = [event('1'), event('2', { scope: ['a', 'b'] }), event('3', { details: { error: { message: '\\"]}' } } })] as const;
const texts = (items: readonly Told[]): readonly string[] => items.map(([, text]) => text);

/** An entry of a JSON Lines file with what must become of it. */
type Entry = { readonly text: string; readonly items: readonly (readonly [string, string | null])[] };
const entry = fc.oneof(
  fc.nat(99).map((id): Entry => ({ text: event(`${id}`), items: [[event(`${id}`), null]] })),
  fc.nat(99).map((id): Entry => ({ text: `{"log_id":"${id}","data": ${event(`${id}`)} }`, items: [[event(`${id}`), `${id}`]] })),
  fc.nat(99).map((id): Entry => ({ text: `{"version":"0","id":"x","detail":{"log_id":"${id}","data":${event('7')}}}`, items: [[event('7'), `${id}`]] })),
  fc.nat(99).map((id): Entry => ({ text: `[${event('1')}, {"data":${event(`${id}`)}},3]`, items: [[event('1'), null], [event(`${id}`), null], ['!', 'not a JSON object']] })),
  fc.constantFrom('', ' ', '\t', '[]').map((text): Entry => ({ text, items: [] })),
  fc.constantFrom('{"a":', '{"log_id":"1"').map((text): Entry => ({ text, items: [['!', 'not JSON: it ends too early']] })),
  fc.constantFrom('"text"', '7', 'null').map((text): Entry => ({ text, items: [['!', 'not a JSON object']] })),
);
const chunkSizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 });

describe('reading JSON Lines', () => {
  it('makes one item of each event, in any mixture of shapes, endings and chunks, plain or packed', async () => {
    await fc.assert(fc.asyncProperty(fc.array(entry, { maxLength: 12 }), chunkSizes, fc.constantFrom('\n', '\r\n'), fc.constantFrom('', '\ufeff'), fc.boolean(), async (entries, sizes, end, mark, isPacked) => {
      const lines = [{ text: event('0'), items: [[event('0'), null]] } as Entry, ...entries];
      const text = mark + lines.map(line => line.text).join(end);
      const expected = lines.flatMap(({ items }, index) => items.map(item => [index + 1, ...item]));
      const outcome = await importBytes(isPacked ? packed(text) : utf8(text), ...sizes);
      expect(outcome).toMatchObject({ items: expected, failure: null });
    }), runs(200));
  });

  it('goes on behind a bad line and says what is wrong with it', async () => {
    expect(await importText(`${one}\n{"a":oops}\n${one}${two}\nplain text\n\n${three}`)).toEqual([
      [1, one, null],
      [2, '!', 'not JSON: unexpected text at character 6'],
      [3, '!', `not JSON: unexpected text at character ${one.length + 1}`],
      [4, '!', 'not JSON: unexpected text at character 1'],
      [6, three, null],
    ]);
  });

  it('reads a log that was cut at its start', async () => {
    expect(texts(await importText(`ar":{"b":1}}\n${one}\n${two}\n`))).toEqual(['!', one, two]);
    expect(texts(await importText(`{"a":{"b\n${one}\n${two}\n`))).toEqual(['!', one, two]);
    for (const size of [1, 8, 9, 10, 1000]) expect(texts(await importText(`{"a":1,\n\n${one}`, size))).toEqual(['!', one]);
  });

  it('sets aside only the line that is not UTF-8', async () => {
    const bytes = new Uint8Array([...utf8(`${one}\n{"log_id":"`), 0xff, ...utf8(`"}\n${two}\n`)]);
    expect((await importBytes(bytes, 10)).items).toEqual([[1, one, null], [2, '!', 'not UTF-8'], [3, two, null]]);
  });

  it('reads joined files, each with its own byte order mark', async () => {
    expect(texts(await importText(`\ufeff${one}\n\ufeff${two}\n`))).toEqual([one, two]);
  });
});

describe('reading JSON that is not one value to a line', () => {
  it('reads an array by its elements, with the line each starts on', async () => {
    expect(await importText(`\n[\n  ${one},\n  {"log_id":"2",\n   "data":${two}}, 7, ${three}\n]\n`)).toEqual([
      [3, one, null], [4, two, '2'], [5, '!', 'not a JSON object'], [5, three, null],
    ]);
  });

  it('reads one object over many lines, and several behind each other', async () => {
    const pretty = (text: string): string => JSON.stringify(JSON.parse(text), null, 2);
    expect(await importText(pretty(one))).toEqual([[1, pretty(one), null]]);
    expect(await importText(`${pretty(one)}\n${pretty(two)} ${three}`)).toEqual([[1, pretty(one), null], [7, pretty(two), null], [16, three, null]]);
    expect(texts(await importText(one + two + three))).toEqual([one, two, three]);
    expect(texts(await importText(`${one},\n${two},\n${three}`))).toEqual([one, two, three]);
    expect(texts(await importText(`[${one}]\n[${two}]${three}`))).toEqual([one, two, three]);
  });

  it('cuts at no chunk boundary', async () => {
    const files = [
      `\ufeff${one}\r\n{"log_id":"2","data":${two}}\n${three}`,
      `[ ${one} ,\n"\\"]", 12,{"detail":{"log_id":"2","data":${two}}}]\n`,
      `[,${one}\n${two},,\n, ${three} 7"x"{}]`,
      `{\n"log_id":"1",\n"date":"2026-11-20", "a\\"\\\\":"\\\\" }\n${two}`,
    ];
    for (const file of files) {
      const bytes = utf8(file);
      const whole = (await importBytes(bytes)).items;
      expect(whole.length).toBeGreaterThan(1);
      for (let size = 1; size < bytes.length; size += 1) expect((await importBytes(bytes, size, 1_000_000)).items).toEqual(whole);
      expect((await importBytes(bytes, 1)).items).toEqual(whole);
    }
  });

  it('never makes a wrong item of an array that is cut at any byte', async () => {
    const array = utf8(`[${one},\n ${two}, "x",12,${three}]`);
    const elements = [one, two, '!', '!', three];
    for (let length = 1; length < array.length; length += 1) {
      const { items, failure } = await importBytes(array.subarray(0, length));
      const seen = texts(items);
      expect(failure).toBeNull();
      expect(seen.slice(0, -1)).toEqual(elements.slice(0, seen.length - 1));
      expect(items.at(-1)?.[2]).toMatch(/^the file ends inside (an object|a string|the array)$/);
    }
  });

  it('goes on behind a broken element, and stops where the outline is lost', async () => {
    expect(await importText(`[{"a":oops},\n${one}]`)).toEqual([[1, '!', 'not JSON: unexpected text at character 6'], [2, one, null]]);
    expect(await importText(`[${one},{"a":1}},${two}]`)).toEqual([[1, one, null], [1, '{"a":1}', null], [1, '!', 'unexpected text; nothing behind it was read']]);
    expect(await importText(`{\n"a":1}\n}${one}`)).toEqual([[1, '{\n"a":1}', null], [3, '!', 'unexpected text; nothing behind it was read']]);
  });

  it('reads an array on behind a comma that is missing', async () => {
    expect(await importText(`[${one}\n${two}]`)).toEqual([[1, one, null], [2, two, null]]);
    expect(texts(await importText(`[${one}${two}, ${three}]\n${one}`))).toEqual([one, two, three, one]);
    expect(texts(await importText(`[7 ${one}"x"${two}[]${three}]`))).toEqual(['!', one, '!', two, '!', three]);
    expect(texts(await importText(`[${one}${two}`))).toEqual([one, two, '!']);
  });

  it('sets aside a run of commas once, and reads the array on behind it', async () => {
    const gap = 'no element before the comma';
    expect(await importText(`[${one},\n,${two}]`)).toEqual([[1, one, null], [2, '!', gap], [2, two, null]]);
    expect(await importText(`[,${one},, ,\n,${two},,]${three}`)).toEqual([[1, '!', gap], [1, one, null], [1, '!', gap], [2, two, null], [2, '!', gap], [2, three, null]]);
    expect(await importText(`[${one},${','.repeat(100_000)}`, 1000)).toEqual([[1, one, null], [1, '!', gap], [1, '!', 'the file ends inside the array']]);
    expect(await importText(`[${one},]`)).toEqual([[1, one, null]]);
  });

  it('keeps every element of an array, whatever commas are between them', async () => {
    const between = fc.constantFrom(',', ',,', ' ', '\n', ' , ,\n,', '');
    await fc.assert(fc.asyncProperty(fc.array(between, { maxLength: 12 }), chunkSizes, async (commas, sizes) => {
      const text = `[${commas.map((comma, index) => event(`${index}`) + comma).join('')}]`;
      expect(texts(await importText(text, ...sizes)).filter(item => item !== '!')).toEqual(commas.map((_, index) => event(`${index}`)));
    }), runs(200));
  });

  it('reads an element nested 100,000 deep', async () => {
    const deep = event('1', { details: 0 }).replace('0}', `${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(texts(await importText(`[${deep},${two}]`, 65_536))).toEqual([deep, two]);
    expect(texts(await importText(`${deep}\n${two}`, 65_536))).toEqual([deep, two]);
  });

  it.each(['', ' \n\n', '\ufeff', '[]', '[ ]\n'])('finds nothing in %j', async text => expect(await importText(text)).toEqual([]));
});

describe('unwrapping envelopes', () => {
  const inner = '{ "log_id":"2", "date" :"2026-11-20T10:11:12Z","n":1.0 }';
  it.each([
    [`{"log_id":"2","data":${inner}}`, inner, '2'],
    [`{"data":${inner},"log_id":"9"}`, inner, '9'],
    [`{"log_id":7,"data":${inner}}`, inner, null],
    [`{"log_id":"old","data":{},"data":${inner},"l\\u006fg_id":"2"}`, inner, '2'],
    [`{"version":"0","detail-type":"Auth0 log","source":"aws","detail":{"log_id":"2","data":${inner}}}`, inner, '2'],
    [`{"detail":${inner},"id":"x"}`, inner, null],
    [`{"id":"x","eventType":"log","data":${inner}}`, inner, null],
    [`{"specversion":"1.0","type":"log","data":${inner}}`, inner, null],
    [`{"id":"x","data":{"log_id":"2","data":${inner}}}`, inner, '2'],
  ])('gives the event of %s by its own bytes', async (line, text, envelope) => {
    expect(await importText(line)).toEqual([[1, text, envelope]]);
    expect(await importText(`[${line}]`)).toEqual([[1, text, envelope]]);
  });

  it.each([
    `{"log_id":"1","date":"2026-11-20","data":${inner}}`,
    '{"log_id":"1","type":"s","data":{"a":1}}',
    '{"log_id":"1","data":"text","detail":null}',
    '{"log_id":"1","__proto__":{"data":{"date":1}}}',
  ])('leaves %s as it is', async line => expect(await importText(line)).toEqual([[1, line, null]]));
});

describe('counting what an import read', () => {
  it('makes every event either stored or set aside, never both and never neither', async () => {
    await fc.assert(fc.asyncProperty(fc.array(entry, { maxLength: 20 }), chunkSizes, async (entries, sizes) => {
      const { items } = await importBytes(utf8(entries.map(({ text }) => text).join('\n')), ...sizes);
      const normalize = createNormalizer();
      const kept = items.filter(([, text, envelope]) => text !== '!' && normalize(utf8(text), envelope).kind === 'log-event').length;
      const setAside = items.filter(([, text, envelope]) => text === '!' || normalize(utf8(text), envelope).kind === 'rejected').length;
      expect(kept + setAside).toBe(items.length);
      expect(items.every(([line]) => line >= 1 && line <= entries.length)).toBe(true);
    }), runs(100));
  });

  it.each([['JSON Lines', one, '\n'], ['an array', `[${one}`, ',']])('gives batches of bounded size before the end of %s', async (_, start, separator) => {
    let taken = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield utf8(start);
      for (;; taken += 1) yield utf8(`${separator}${one}`.repeat(500));
    }
    const reading = readImport('-', { size: null, chunks: endless() }, compression);
    for await (const batch of reading.items) {
      expect(batch.length).toBe(1000);
      break;
    }
    expect(taken).toBeLessThan(10);
    expect(reading.bytesRead()).toBeGreaterThan(0);
  });

  it('closes the file when the import is cut short', async () => {
    let closed = 0;
    async function* file(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield bytes;
      } finally {
        closed += 1;
      }
    }
    await importChunks(file(new Uint8Array([0xff, 0xfe])));
    expect(closed).toBe(1);
    expect((await importChunks(file(utf8(`${one}\n`)), { itemBytes: 1000, totalBytes: 10_000, ratio: 200, ratioFromBytes: 1 })).failure).toBe('import.too-large');
    expect(closed).toBe(2);
  });

  it('tells how much of the packed file it has read', async () => {
    const file = packed(`${one}\n${two}\n`);
    expect((await importChunks(inChunks(file, 7))).bytesRead).toBe(file.length);
  });
});
