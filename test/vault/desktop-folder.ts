/** A folder as the desktop sets it up, and what tests ask of vaults on it. */
import { Failure } from '../../shared/errors';
import type { Vault } from '../../electron/vault';
import { fakeKeychain } from './fake-keychain';
import type { FakeKeychain } from './fake-keychain';
import { acme, copyOf, desktopVaultOn, memoryDisk } from './memory-vault';
import type { Disk } from './memory-vault';

/** The code of the failure that some work ends in, null when it succeeds. */
export const refusal = (work: Promise<unknown>): Promise<unknown> => work.then(() => null, (error: unknown) => (error instanceof Failure ? error.code : error));
export const snapshot = (disk: Disk): ReadonlyMap<string, Uint8Array> => copyOf(disk).content;

export type DesktopFolder = { readonly disk: Disk; readonly vault: Vault; readonly keychain: FakeKeychain; readonly recoveryKey: string; readonly dataKey: Uint8Array };

/** A folder set up on a desktop, with one connected tenant. */
export async function made(passphrase: string | undefined): Promise<DesktopFolder> {
  const [disk, keychain] = [memoryDisk(), fakeKeychain()];
  const vault = desktopVaultOn(disk, keychain);
  const { recoveryKey } = await vault.setUp(passphrase);
  await vault.saveConnection(acme);
  const dataKey = await vault.dataKey(acme.tenant);
  return { disk, vault, keychain, recoveryKey, dataKey: dataKey!.slice() };
}
