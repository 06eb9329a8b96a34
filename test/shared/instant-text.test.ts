import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createInstantWriter } from '../../shared/domain/instant-text';
import { formatInstant } from '../../shared/domain/time';

it('instants are written as one by one, whatever came before', () => {
  const near = fc.integer({ min: -3 * 86_400_000, max: 3 * 86_400_000 });
  const anywhere = fc.integer({ min: -8.64e15, max: 8.64e15 });
  fc.assert(fc.property(fc.array(fc.oneof(near, anywhere, fc.constantFrom(0, -1, 86_399_999, 86_400_000, -62_167_219_200_000, 253_402_300_800_000, 0.5)), { maxLength: 60 }), instants => {
    const write = createInstantWriter();
    for (const at of instants) expect(write(at)).toBe(formatInstant(at));
  }), { seed: 5, numRuns: 500 });
  expect(() => createInstantWriter()(8.64e15 + 1)).toThrow(RangeError);
});
