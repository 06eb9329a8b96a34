/** Takes an archive's snapshots without keeping anybody waiting: the content in one step, its sealing and writing in slices. */
import type { ClockPort } from '../ports';
import { pauseNowAndThen } from './open-archive';
import type { SavedArchive } from './snapshot-content';
import { toSnapshot } from './snapshot-content';
import type { Snapshots } from './snapshots';

/** Fewer new events than this are read from the journal as fast. */
const worthKeeping = 5_000;
/** While events come without end, one is taken each time there are so many more. */
const longestWait = 250_000;

export type Kept = {
  readonly files: Snapshots;
  readonly clock: ClockPort;
  /** All of the archive as of now; null while none may be taken. */
  readonly capture: () => SavedArchive | null;
  readonly eventCount: () => number;
};

export class ArchiveSnapshots {
  readonly #kept: Kept;
  #countAtLast: number;
  #writing: Promise<void> | null = null;
  #isStopped = false;

  /** `countAtLast`: events in the snapshot that the archive was started from, 0 without one. */
  constructor(kept: Kept, countAtLast: number) {
    this.#kept = kept;
    this.#countAtLast = countAtLast;
  }

  get #newCount(): number {
    return this.#kept.eventCount() - this.#countAtLast;
  }

  /** To be told after each commit. */
  committed(): void {
    if (this.#newCount >= longestWait) void this.#take();
  }

  /** Takes one when it is worth it, and waits for one that is being taken; only ever slower starts come of its failing. */
  async take(): Promise<void> {
    await this.#writing;
    if (this.#newCount > worthKeeping) await this.#take();
  }

  #take(): Promise<void> {
    this.#writing ??= this.#write().catch(() => undefined).finally(() => { this.#writing = null; });
    return this.#writing;
  }

  async #write(): Promise<void> {
    const before = this.#countAtLast;
    // Also where it fails: what there is no room for is not tried again at once.
    this.#countAtLast = this.#kept.eventCount();
    const content = this.#isStopped ? null : this.#kept.capture();
    if (content === null) {
      this.#countAtLast = before;
      return;
    }
    const stopped = (): void => { if (this.#isStopped) throw new Error('the archive was closed'); };
    await this.#kept.files.write(content.journal.archiveId, toSnapshot(content), pauseNowAndThen(this.#kept.clock, stopped));
  }

  /** One that is being written is given up; nothing of it stays. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Removes those on the disk, as the journal does not bear them out. For the folder's writer. */
  discard(): void {
    this.#countAtLast = 0;
    this.#kept.files.discard();
  }
}
