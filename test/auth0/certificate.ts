/** Makes a certificate authority and a server certificate in memory, so that no key has to be kept in a file of the repository. */
import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export type Certificate = { readonly key: string; readonly cert: string };
export type Authority = { readonly cert: string; readonly issue: (hostname: string) => Certificate };

/** DER: a tag, the length, the content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 128) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = Buffer.from(content.length.toString(16).padStart(content.length > 255 ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const text = (value: string): Buffer => der(0x0c, Buffer.from(value));
const octets = (content: Uint8Array): Buffer => der(0x04, content);
const bits = (content: Uint8Array): Buffer => der(0x03, Buffer.from([0]), content);
const truth = Buffer.from([0x01, 0x01, 0xff]);
const commonNameOid = Buffer.from([0x06, 0x03, 0x55, 0x04, 0x03]);
const ecdsaWithSha256 = sequence(Buffer.from([0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]));
const extensionOid = (last: number): Buffer => Buffer.from([0x06, 0x03, 0x55, 0x1d, last]);

const nameOf = (commonName: string): Buffer => sequence(der(0x31, sequence(commonNameOid, text(commonName))));
const yearTime = (year: number): Buffer => der(0x18, Buffer.from(`${year}0101000000Z`));
const authorityExtension = sequence(extensionOid(0x13), truth, octets(sequence(truth)));
const hostExtension = (hostname: string): Buffer => sequence(extensionOid(0x11), octets(sequence(der(0x82, Buffer.from(hostname)))));

const pem = (content: Buffer): string => `-----BEGIN CERTIFICATE-----\n${content.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

type Parts = { readonly subject: string; readonly issuer: string; readonly serial: number; readonly key: KeyObject; readonly issuerKey: KeyObject; readonly extension: Buffer };

function certificate({ subject, issuer, serial, key, issuerKey, extension }: Parts): string {
  const version3 = der(0xa0, Buffer.from([0x02, 0x01, 0x02]));
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const body = sequence(
    version3, der(0x02, Buffer.from([serial])), ecdsaWithSha256, nameOf(issuer), sequence(yearTime(2020), yearTime(2120)), nameOf(subject), publicKey,
    der(0xa3, sequence(extension)),
  );
  return pem(sequence(body, ecdsaWithSha256, bits(sign('sha256', body, issuerKey))));
}

const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

export function createAuthority(): Authority {
  const issuer = 'Test authority';
  const issuerKey = newKey();
  let serial = 1;
  return {
    cert: certificate({ subject: issuer, issuer, serial, key: issuerKey, issuerKey, extension: authorityExtension }),
    issue: (hostname) => {
      const key = newKey();
      serial += 1;
      const cert = certificate({ subject: hostname, issuer, serial, key, issuerKey, extension: hostExtension(hostname) });
      return { key: key.export({ type: 'pkcs8', format: 'pem' }).toString(), cert };
    },
  };
}
