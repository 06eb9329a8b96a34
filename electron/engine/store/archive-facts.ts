/** What the frames of a journal say beside their events: how far the log was read, gaps, what was set aside, healed and decided. */
import type { Gap } from '../../../shared/contract';
import type { EpochMs, LogId } from '../../../shared/domain/ids';
import type { CryptoPort } from '../ports';
import type { FrameContent, Healed } from './frame';
import { KnownBodies } from './known-bodies';
import type { SavedPolicies } from './policies';
import { Policies } from './policies';

/** The facts but for what was set aside, as a snapshot keeps them. */
export type SavedFacts = {
  readonly checkpoint: LogId | null;
  readonly coveredUntil: EpochMs | null;
  readonly gaps: readonly Gap[];
  readonly healed: readonly Healed[];
  readonly policies: SavedPolicies;
};

export class ArchiveFacts {
  readonly setAside: KnownBodies;
  readonly policies: Policies;
  readonly #gaps: Gap[];
  readonly #healed: Healed[];
  #checkpoint: LogId | null;
  #coveredUntil: EpochMs | null;

  /** `setAside`: hashes of bodies, as `KnownBodies` gives them. */
  constructor(crypto: CryptoPort, key: Uint8Array, saved: SavedFacts | null = null, setAside: readonly string[] = []) {
    this.setAside = new KnownBodies(crypto, setAside);
    this.policies = new Policies(crypto, key, saved?.policies);
    this.#gaps = [...saved?.gaps ?? []];
    this.#healed = [...saved?.healed ?? []];
    this.#checkpoint = saved?.checkpoint ?? null;
    this.#coveredUntil = saved?.coveredUntil ?? null;
  }

  get checkpoint(): LogId | null {
    return this.#checkpoint;
  }

  /** When the log was last read to where it stood then; null when it never was. */
  get coveredUntil(): EpochMs | null {
    return this.#coveredUntil;
  }

  /** Those that damage tore left out. */
  get gaps(): readonly Gap[] {
    return this.#gaps;
  }

  /** Frames that damage took and that were looked for again. */
  get healed(): readonly Healed[] {
    return this.#healed;
  }

  save(): SavedFacts {
    return { checkpoint: this.#checkpoint, coveredUntil: this.#coveredUntil, gaps: [...this.#gaps], healed: [...this.#healed], policies: this.policies.save() };
  }

  /** Takes in the next frame. */
  take(content: FrameContent): void {
    this.#checkpoint = content.checkpoint ?? this.#checkpoint;
    if (content.checkpoint !== null) this.#coveredUntil = Math.max(content.receivedAt, this.#coveredUntil ?? 0);
    if (content.gap !== null) this.#gaps.push(content.gap);
    for (const item of content.setAside) this.setAside.add(item.bytes);
    this.#healed.push(...content.healed);
    this.policies.take(content);
  }
}
