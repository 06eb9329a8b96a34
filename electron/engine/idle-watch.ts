/** Tells when nobody has asked for anything for a while. */
import type { ClockPort } from './ports';

export class IdleWatch {
  readonly #clock: ClockPort;
  readonly #idleMs: number;
  readonly #whenIdle: () => Promise<void>;
  readonly #end = new AbortController();
  #usedAt: number;
  #isWatching = false;

  /** `whenIdle` is called once in each time of rest; it must not fail. */
  constructor(clock: ClockPort, idleMs: number, whenIdle: () => Promise<void>) {
    this.#clock = clock;
    this.#idleMs = idleMs;
    this.#whenIdle = whenIdle;
    this.#usedAt = clock.elapsed();
  }

  /** Something was asked for. */
  used(): void {
    this.#usedAt = this.#clock.elapsed();
    if (this.#isWatching) return;
    this.#isWatching = true;
    void this.#watch();
  }

  async #watch(): Promise<void> {
    for (;;) {
      const left = this.#usedAt + this.#idleMs - this.#clock.elapsed();
      if (left <= 0) break;
      await this.#clock.sleep(left, this.#end.signal);
      if (this.#end.signal.aborted) return;
    }
    this.#isWatching = false;
    await this.#whenIdle();
  }

  end(): void {
    this.#end.abort();
  }
}
