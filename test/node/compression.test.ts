/** Brotli frames within their limit, and gzip files unpacked whole or refused. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCompression } from '../../electron/node/compression';

const { compress, decompress, gunzip } = createCompression();
const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap(part => [...part]));

async function* pieces(whole: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < whole.length; at += size) yield whole.slice(at, at + size);
}

async function unpack(whole: Uint8Array, size = whole.length): Promise<string> {
  const decoder = new TextDecoder();
  let content = '';
  for await (const chunk of gunzip(pieces(whole, Math.max(1, size)))) content += decoder.decode(chunk, { stream: true });
  return content;
}

describe('a frame', () => {
  it('comes back as it was', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 5_000 }), plain => {
      expect(decompress(compress(plain), plain.length)).toEqual(plain);
    }), { seed: 17 });
  });

  it('is refused when it unpacks to more than the limit, whatever it says of itself', () => {
    const bomb = compress(new Uint8Array(10_000_000));
    expect(() => decompress(bomb, 9_999_999)).toThrow(RangeError);
    expect(decompress(bomb, 10_000_000)).toHaveLength(10_000_000);
    expect(() => decompress(compress(text('x')), 0)).toThrow(RangeError);
  });

  it('is refused when it is cut or is not Brotli', () => {
    const frame = compress(text('tenantscope'.repeat(100)));
    for (let length = 0; length < frame.length; length += 1) expect(() => decompress(frame.subarray(0, length), 10_000)).toThrow();
    expect(() => decompress(text('{"not":"brotli"}'), 10_000)).toThrow();
  });
});

describe('a gzip file', () => {
  it('unpacks all its members, however its bytes are cut into chunks', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.string({ maxLength: 300 }), { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 60 }), async (members, size) => {
      expect(await unpack(join(...members.map(member => gzipSync(member))), size)).toBe(members.join(''));
    }), { seed: 19, numRuns: 60 });
  });

  it('unpacks beside the consumer: never more than a chunk ahead', async () => {
    let given = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const chunk of pieces(gzipSync(new Uint8Array(50_000_000)), 10_000)) {
        given += 1;
        yield chunk;
      }
    }
    for await (const chunk of gunzip(counted())) {
      expect(chunk.length).toBeLessThanOrEqual(262_144);
      expect(given).toBe(1);
      break;
    }
  });

  it('that is cut anywhere inside a member is an error, after what came before the cut', async () => {
    const [first, second] = [gzipSync('first '.repeat(20)), gzipSync('second '.repeat(20))] as [Buffer, Buffer];
    const whole = join(first, second);
    for (let length = 1; length < whole.length; length += 1) {
      if (length === first.length) continue;
      await expect(unpack(whole.subarray(0, length), 7)).rejects.toThrow('unexpected end of file');
    }
    expect(await unpack(whole.subarray(0, first.length))).toBe('first '.repeat(20));
  });

  it('may be padded with zeros and nothing else', async () => {
    const member = gzipSync('event');
    for (const size of [1, 7, 30, 1_000]) {
      expect(await unpack(join(member, new Uint8Array(500)), size)).toBe('event');
      await expect(unpack(join(member, new Uint8Array(500), text('x')), size)).rejects.toThrow('data follows');
      await expect(unpack(join(member, new Uint8Array(5), member), size)).rejects.toThrow('data follows');
      await expect(unpack(join(member, text('garbage')), size)).rejects.toThrow('incorrect header check');
    }
  });

  it('with a wrong checksum, or that is none at all, is an error', async () => {
    const member = gzipSync('event'.repeat(10));
    const wrong = member.map((byte, at) => (at === member.length - 8 ? byte ^ 1 : byte));
    await expect(unpack(wrong)).rejects.toThrow('incorrect data check');
    await expect(unpack(text('{"log_id":"1"}'))).rejects.toThrow('incorrect header check');
    await expect(unpack(new Uint8Array())).rejects.toThrow('the file is empty');
  });

  it('passes an error of its source on', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield gzipSync('event').subarray(0, 12);
      throw new Error('the disk is gone');
    }
    await expect((async () => { for await (const chunk of gunzip(failing())) void chunk; })()).rejects.toThrow('the disk is gone');
  });

  it('closes its source when the consumer stops early or fails', async () => {
    let closed = 0;
    async function* watched(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield gzipSync('event');
      } finally {
        closed += 1;
      }
    }
    for await (const chunk of gunzip(watched())) if (chunk.length > 0) break;
    expect(closed).toBe(1);
    await expect((async () => {
      for await (const chunk of gunzip(watched())) throw new Error(`stop after ${chunk.length}`);
    })()).rejects.toThrow('stop after 5');
    expect(closed).toBe(2);
  });
});
