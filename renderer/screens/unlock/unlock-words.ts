/** What the unlock screen says about the ways in that this folder and this machine have. */
import type { VaultState } from '../../../shared/contract';

/** The label of the one field that takes them all. */
export function secretLabel(openedBy: VaultState['openedBy']): string {
  return openedBy.includes('passphrase') ? 'Passphrase or recovery key' : 'Recovery key';
}

/** Why nothing opened by itself; null where nobody would expect it to. */
export function keychainWords({ openedBy, keychain, keychainProblem }: VaultState): string | null {
  if (openedBy.includes('keychain')) return `${keychain ?? 'The keychain'} has not opened it. It may be locked, or this may be another machine or account.`;
  if (!openedBy.includes('passphrase')) return `It was opened by a keychain that is not here${keychainProblem === null ? '' : `: ${keychainProblem}`}. The recovery key opens it.`;
  return null;
}
