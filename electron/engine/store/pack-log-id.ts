/** Log ids as SQLite keeps them: 56 digits packed two to a byte, anything else as text. */

import type { LogId } from '../../../shared/domain/ids';

const digitCount = 56;
const zero = 48;

/** SQL that gives the log id back from its packed column: the hexadecimal form of packed digits is the digits. */
export const unpackedLogId = "CASE typeof(log_id) WHEN 'blob' THEN hex(log_id) ELSE log_id END";

/** 28 bytes for an id of 56 decimal digits, which sort as the digits do; the text itself for any other id. */
export function packLogId(logId: LogId): Uint8Array | string {
  if (logId.length !== digitCount) return logId;
  const packed = new Uint8Array(digitCount / 2);
  for (let index = 0; index < digitCount; index += 2) {
    const high = logId.charCodeAt(index) - zero;
    const low = logId.charCodeAt(index + 1) - zero;
    if (high < 0 || high > 9 || low < 0 || low > 9) return logId;
    packed[index / 2] = high * 16 + low;
  }
  return packed;
}
