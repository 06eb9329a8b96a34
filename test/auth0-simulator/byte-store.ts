/** Keeps many short texts as UTF-8 bytes in large blocks outside the heap. */

export type ByteStore = {
  /** Stores a text; returns the number by which it is found again. */
  readonly add: (text: string) => number;
  /** The bytes of a text, as a view of the block: not to be written to. */
  readonly bytes: (slot: number) => Buffer;
};

const firstBlockBytes = 1 << 20;
const blockBytes = 32 << 20;

export function createByteStore(): ByteStore {
  const blocks: Buffer[] = [];
  const blockOf: number[] = [];
  const startOf: number[] = [];
  const lengthOf: number[] = [];
  let used = 0;

  const room = (length: number): Buffer => {
    const last = blocks.at(-1);
    if (last !== undefined && used + length <= last.length) return last;
    const block = Buffer.allocUnsafeSlow(Math.max(length, last === undefined ? firstBlockBytes : blockBytes));
    blocks.push(block);
    used = 0;
    return block;
  };

  return {
    add: text => {
      const length = Buffer.byteLength(text);
      room(length).write(text, used);
      blockOf.push(blocks.length - 1);
      startOf.push(used);
      lengthOf.push(length);
      used += length;
      return lengthOf.length - 1;
    },
    bytes: slot => {
      const start = startOf[slot]!;
      return blocks[blockOf[slot]!]!.subarray(start, start + lengthOf[slot]!);
    },
  };
}
