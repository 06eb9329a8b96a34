/** What the unlock screen says about the ways in that this folder and this machine have. */
import type { AppInfo, VaultState } from '../../../shared/contract';

/** The label of the one field that takes them all. */
export function secretLabel(openedBy: VaultState['openedBy']): string {
  return openedBy.includes('passphrase') ? 'Passphrase or recovery key' : 'Recovery key';
}

/** Why nothing opened by itself; null where nobody would expect it to. */
export function keychainWords({ openedBy, keychain, keychainProblem, usesKeychain }: VaultState): string | null {
  if (openedBy.includes('keychain')) return `${keychain ?? 'The keychain'} has not opened it. You may have locked the archive, or the keychain may be locked itself, or another one than before, as on another machine or account.`;
  if (!usesKeychain) return null;
  const why = keychainProblem === null ? '' : `: ${keychainProblem}`;
  return `It was opened by a keychain that is not here${why}. ${openedBy.includes('passphrase') ? 'The passphrase or the recovery key opens it.' : 'The recovery key opens it.'}`;
}

/** The button that tries the keychain once more; null where none ever opened the folder, or none can be there. */
export function keychainButton({ usesKeychain, keychain }: Pick<VaultState, 'usesKeychain' | 'keychain'>, host: AppInfo['host'] | undefined): string | null {
  if (!usesKeychain) return null;
  if (keychain !== null) return `Try ${keychain} again`;
  return host === 'desktop' ? 'Look for the keychain again' : null;
}
