/** What was decided to be taken out of an archive and kept out of it: forgotten users, and what is past its retention. */
import type { Gap } from '../../../shared/contract';
import type { EpochMs } from '../../../shared/domain/ids';
import { purgedCause } from '../../../shared/domain/purged';
import type { CryptoPort } from '../ports';
import type { FrameContent, Policy } from './frame';
import { Tombstones } from './tombstones';

/** As a snapshot keeps them; `removed` counts places in journal order. */
export type SavedPolicies = Policy & { readonly removed: number; readonly pending: Policy['purged'] };

export class Policies {
  readonly tombstones: Tombstones;
  /** Everything that was ever purged, for telling. */
  #purged: Policy['purged'] = null;
  /** What was decided and is not done: what is imported of an older stretch later stays. */
  #pending: Policy['purged'] = null;
  #state: Policy['state'] = 'done';
  #removed = 0;

  constructor(crypto: CryptoPort, key: Uint8Array, saved?: SavedPolicies) {
    this.tombstones = new Tombstones(crypto, key);
    if (saved === undefined) return;
    this.tombstones.add(saved.forgotten);
    this.#purged = saved.purged;
    this.#pending = saved.pending;
    this.#state = saved.state;
    this.#removed = saved.removed;
  }

  save(): SavedPolicies {
    return { forgotten: this.tombstones.marks, purged: this.#purged, state: this.#state, removed: this.#removed, pending: this.#pending };
  }

  /** Whether something was decided that the journal's files do not follow yet. */
  get isUnfinished(): boolean {
    return this.#state === 'begun';
  }

  /** How many places in journal order were taken out. */
  get removedCount(): number {
    return this.#removed;
  }

  get purged(): Policy['purged'] {
    return this.#purged;
  }

  /** Events that occurred before it are to go; null when none is. */
  get purgedBefore(): EpochMs | null {
    return this.#pending === null ? null : Date.parse(this.#pending.to);
  }

  take({ policy, removal }: FrameContent): void {
    this.#removed += removal?.count ?? 0;
    if (policy === undefined) return;
    this.#state = policy.state;
    this.tombstones.add(policy.forgotten);
    this.#purged = widened(this.#purged, policy.purged);
    this.#pending = policy.state === 'done' ? null : widened(this.#pending, policy.purged);
  }

  /** Gaps as they are told: those inside the purged stretch are part of it. */
  told(gaps: readonly Gap[]): readonly Gap[] {
    const purged = this.#purged;
    return purged === null ? gaps : [{ ...purged, cause: purgedCause }, ...gaps.filter(gap => gap.to > purged.to)];
  }
}

function widened(known: Policy['purged'], next: Policy['purged']): Policy['purged'] {
  if (known === null || next === null) return next ?? known;
  return { from: known.from < next.from ? known.from : next.from, to: known.to > next.to ? known.to : next.to };
}
