/** Sealing, hashing and key derivation give the published answers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCrypto, createVaultCrypto } from '../../electron/node/crypto';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const asHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const { seal, open, sha256, randomBytes } = createCrypto();
const vault = createVaultCrypto();

/** Case 16 of "The Galois/Counter Mode of Operation" by McGrew and Viega. */
const known = {
  key: hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308'),
  nonce: hex('cafebabefacedbaddecaf888'),
  associated: hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
  plain: hex('d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39'),
  sealed: hex('522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b'),
};

describe('sealing', () => {
  it('is AES-256-GCM with the tag behind the ciphertext', () => {
    expect(asHex(seal(known.key, known.nonce, known.associated, known.plain))).toBe(asHex(known.sealed));
    expect(asHex(open(known.key, known.nonce, known.associated, known.sealed)!)).toBe(asHex(known.plain));
  });

  it('opens for exactly the key, nonce, associated data and bytes it was made with', () => {
    const flipped = (bytes: Uint8Array, bit: number): Uint8Array => bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ minLength: 1, maxLength: 20 }), fc.nat(), fc.nat(3), (plain, associated, at, which) => {
      const parts = [randomBytes(32), randomBytes(12), associated] as [Uint8Array, Uint8Array, Uint8Array];
      const sealed = [...parts, seal(...parts, plain)] as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
      expect(open(...sealed)).toEqual(plain);
      sealed[which] = flipped(sealed[which]!, at % (sealed[which]!.length * 8));
      expect(open(...sealed)).toBeNull();
    }), { seed: 11 });
  });

  it('does not open what is too short to hold a tag', () => {
    for (const length of [0, 1, 15]) expect(open(known.key, known.nonce, known.associated, new Uint8Array(length))).toBeNull();
  });
});

it('hashes with SHA-256, in as many parts as come', () => {
  const hash = sha256();
  hash.update(new TextEncoder().encode('a'));
  hash.update(new TextEncoder().encode('bc'));
  expect(hash.hex()).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

describe('derivation', () => {
  it('is scrypt over the passphrase\'s UTF-8 (RFC 7914, section 12, cut to 32 bytes)', async () => {
    const salt = new TextEncoder().encode('SodiumChloride');
    const key = await vault.scrypt('pleaseletmein', salt, { N: 16_384, r: 8, p: 1 });
    expect(asHex(key)).toBe('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2');
    expect(await vault.scrypt('pässwörd', salt, { N: 16, r: 8, p: 1 })).not.toEqual(await vault.scrypt('password', salt, { N: 16, r: 8, p: 1 }));
  });

  it.each([{ N: 16, r: 32, p: 4 }, { N: 16_384, r: 8, p: 4 }, { N: 65_536, r: 8, p: 1 }])('has the memory that %j takes', async cost => {
    await expect(vault.scrypt('x', new Uint8Array(32), cost)).resolves.toHaveLength(32);
  });

  it('is done beside this thread, which goes on meanwhile', async () => {
    let turns = 0;
    const turning = setInterval(() => { turns += 1; }, 0);
    await vault.scrypt('x', new Uint8Array(32), { N: 65_536, r: 8, p: 1 });
    clearInterval(turning);
    expect(turns).toBeGreaterThan(0);
  });

  it('is HKDF-SHA-256 (RFC 5869 with neither salt nor info, case 3, cut to 32 bytes)', () => {
    expect(asHex(vault.hkdf(hex('0b'.repeat(22)), ''))).toBe('8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d');
    expect(vault.hkdf(hex('0b'.repeat(22)), 'a')).not.toEqual(vault.hkdf(hex('0b'.repeat(22)), 'b'));
  });
});

it('gives away nothing but the bytes themselves: no view into a buffer that others share', () => {
  const own = [vault.fromBase64('c2VjcmV0'), vault.randomBytes(8), vault.hkdf(new Uint8Array(32), 'x'), randomBytes(8), open(known.key, known.nonce, known.associated, known.sealed)!];
  for (const bytes of own) {
    expect(bytes.constructor).toBe(Uint8Array);
    expect(bytes.buffer.byteLength).toBe(bytes.length);
  }
});

it('turns bytes into Base64 and back', () => {
  fc.assert(fc.property(fc.uint8Array(), bytes => {
    expect(vault.fromBase64(vault.toBase64(bytes))).toEqual(bytes);
  }), { seed: 13 });
});
