/** Seals small secrets into text, bound to what they are for. */
import type { VaultCrypto } from './ports';

const nonceBytes = 12;

/** What a sealed value is for and whose it is: it opens for exactly these words, so that values cannot change places. */
export type Purpose = readonly (string | number | null)[];

// JSON keeps the borders between the words, which joining would lose.
const associated = (purpose: Purpose): Uint8Array => new TextEncoder().encode(JSON.stringify(['tenantscope', ...purpose]));

/** Base64 of a random 12-byte nonce, the ciphertext and its 16-byte tag. */
export function sealText(crypto: VaultCrypto, key: Uint8Array, purpose: Purpose, plain: Uint8Array): string {
  const nonce = crypto.randomBytes(nonceBytes);
  const sealed = crypto.seal(key, nonce, associated(purpose), plain);
  const whole = new Uint8Array(nonceBytes + sealed.length);
  whole.set(nonce);
  whole.set(sealed, nonceBytes);
  return crypto.toBase64(whole);
}

/** Null when the key, the purpose or the text is not that of the sealing. */
export function openText(crypto: VaultCrypto, key: Uint8Array, purpose: Purpose, text: string): Uint8Array | null {
  const whole = crypto.fromBase64(text);
  return crypto.open(key, whole.subarray(0, nonceBytes), associated(purpose), whole.subarray(nonceBytes));
}
