/** The recovery key as a person writes it down: 8 groups of 7 letters and digits, with a check against slips of the pen. */
import type { VaultCrypto } from './ports';

/** Crockford's base 32: no I, L, O or U, which are taken for others. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const keyBytes = 32;
const checkBytes = 3;
const groupLetters = 7;

const checkOf = (crypto: VaultCrypto, key: Uint8Array): Uint8Array => crypto.hkdf(key, 'tenantscope recovery key check 1').subarray(0, checkBytes);

function toLetters(bytes: Uint8Array): string {
  let letters = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) letters += alphabet.charAt((held >> (bits - 5)) & 31);
    held &= (1 << bits) - 1;
  }
  return letters;
}

/** Null when a letter is not of the alphabet. */
function fromLetters(letters: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((letters.length * 5) / 8));
  let held = 0;
  let bits = 0;
  let done = 0;
  for (const letter of letters) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[done] = held >> bits;
    done += 1;
    held &= (1 << bits) - 1;
  }
  return bytes;
}

/** A new key of 256 random bits, and its text such as `0A1B2C3-...`: 56 letters and digits in groups of 7, the last 24 bits being a check. */
export function makeRecoveryKey(crypto: VaultCrypto): { readonly key: Uint8Array; readonly text: string } {
  const key = crypto.randomBytes(keyBytes);
  const letters = toLetters(new Uint8Array([...key, ...checkOf(crypto, key)]));
  return { key, text: (letters.match(new RegExp(`.{${String(groupLetters)}}`, 'g')) ?? []).join('-') };
}

/** The 32 bytes of a key as typed: in either case, with or without dashes and spaces, O for 0, I and L for 1. Null when it is none. */
export function readRecoveryKey(crypto: VaultCrypto, typed: string): Uint8Array | null {
  const letters = typed.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  if (letters.length * 5 !== (keyBytes + checkBytes) * 8) return null;
  const bytes = fromLetters(letters);
  if (bytes === null) return null;
  const key = bytes.slice(0, keyBytes);
  return checkOf(crypto, key).every((byte, at) => byte === bytes[keyBytes + at]) ? key : null;
}
