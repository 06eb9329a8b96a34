/** Hashing, sealing and key derivation by Node's OpenSSL. */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, scrypt } from 'node:crypto';
import type { ScryptOptions } from 'node:crypto';
import type { CryptoPort } from '../engine/ports';
import type { ScryptCost, VaultCrypto } from '../vault/ports';

const tagBytes = 16;
const options = { authTagLength: tagBytes } as const;

function seal(key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, options).setAAD(associated);
  const sealed = new Uint8Array(plain.length + tagBytes);
  sealed.set(cipher.update(plain));
  cipher.final();
  sealed.set(cipher.getAuthTag(), plain.length);
  return sealed;
}

function open(key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  const end = sealed.length - tagBytes;
  if (end < 0) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, options).setAAD(associated).setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(0, end));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return new Uint8Array(plain.buffer, plain.byteOffset, plain.length);
}

function derive(passphrase: string, salt: Uint8Array, { N, r, p }: ScryptCost): Promise<Uint8Array> {
  const cost: ScryptOptions = { N, r, p, maxmem: 128 * r * (N + p + 2) + 1024 };
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, 32, cost, (error, key) => (error === null ? resolve(new Uint8Array(key)) : reject(error)));
  });
}

/** The engine's port. Sealing wants 32 bytes of key and 12 of nonce. */
export function createCrypto(): CryptoPort {
  return {
    randomBytes: length => new Uint8Array(randomBytes(length)),
    sha256: () => {
      const hash = createHash('sha256');
      return { update: bytes => void hash.update(bytes), hex: () => hash.digest('hex') };
    },
    hmac: (key, bytes) => new Uint8Array(createHmac('sha256', key).update(bytes).digest()),
    seal,
    open,
  };
}

/** The vault's port; scrypt runs off this thread. */
export function createVaultCrypto(): VaultCrypto {
  return {
    randomBytes: length => new Uint8Array(randomBytes(length)),
    seal,
    open,
    scrypt: derive,
    hkdf: (key, label) => new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), label, 32)),
    toBase64: bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
    // Copied out of Node's shared pool: a message to a worker would carry the whole pool, other secrets included.
    fromBase64: text => new Uint8Array(Buffer.from(text, 'base64')),
  };
}
