/** What the settings say of the keychain's part. */
import type { VaultState } from '../../../shared/contract';

/** Under the switch: what it does, or why it cannot be changed now. */
export function keychainHint({ openedBy }: Pick<VaultState, 'openedBy'>): string {
  if (!openedBy.includes('passphrase')) return 'Set a passphrase first: without one nothing else would open the archive from day to day.';
  return openedBy.includes('keychain') ? 'Nothing to type while you are signed in to this machine.' : 'The passphrase is asked each time Tenantscope starts.';
}
