import { expect, it } from 'vitest';
import { eventText } from '../../../renderer/screens/timeline/event-text';

const base64 = (bytes: readonly number[] | string): string => Buffer.from(bytes as string).toString('base64');

it('reads the bytes of an event as UTF-8, a byte order mark included', () => {
  expect(eventText(base64('\ufeff{"name":"Zoë 😀"}'))).toEqual({ text: '\ufeff{"name":"Zoë 😀"}', hasInvalidBytes: false, byteCount: 23 });
});

it('shows what is no UTF-8 as replacement characters and says so', () => {
  expect(eventText(base64([0x22, 0xff, 0xc3, 0x22]))).toEqual({ text: '"\ufffd\ufffd"', hasInvalidBytes: true, byteCount: 4 });
});
