/** Purges, once a night, what is past the retention of each tenant that has one. */
import type { Settings } from '../../shared/contract';
import type { ClockPort } from '../engine/ports';

export type PurgePorts = {
  /** Its waits must keep no process alive. */
  readonly clock: ClockPort;
  readonly tenants: () => readonly string[];
  readonly settings: () => Pick<Settings, 'retention'>;
  /** Whether the keys are there and the writer's place is ours or free. */
  readonly canStore: () => Promise<boolean>;
  /** @throws Failure */
  readonly purge: (tenant: string, signal: AbortSignal) => Promise<unknown>;
};

const lookEveryMs = 10 * 60_000;
/** Lets a start come to rest. */
const firstLookMs = 2 * 60_000;
/** A night is over at three, local time: whoever still works then is not disturbed before. */
const nightEndsHour = 3;

/** The day whose night is to be worked off at an instant. */
function nightOf(now: number): string {
  const at = new Date(now);
  at.setHours(at.getHours() - nightEndsHour);
  return at.toDateString();
}

export class PurgeSchedule {
  readonly #ports: PurgePorts;
  readonly #doneOn = new Map<string, string>();
  readonly #ending = new AbortController();
  #looking: Promise<void> = Promise.resolve();

  constructor(ports: PurgePorts) {
    this.#ports = ports;
  }

  start(): void {
    void this.#keepLooking();
  }

  async #keepLooking(): Promise<void> {
    const { clock } = this.#ports;
    const { signal } = this.#ending;
    await clock.sleep(firstLookMs, signal);
    while (!signal.aborted) {
      await this.look();
      await clock.sleep(lookEveryMs, signal);
    }
  }

  /** Purges what is due, one tenant after the other. Never throws: what fails is tried again at the next look. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#purgeDue()).catch(() => undefined);
    return this.#looking;
  }

  async #purgeDue(): Promise<void> {
    const { clock, tenants, settings, canStore, purge } = this.#ports;
    const night = nightOf(clock.now());
    const { retention } = settings();
    const due = tenants().filter(tenant => Object.hasOwn(retention, tenant) && (retention[tenant] ?? 0) > 0 && this.#doneOn.get(tenant) !== night);
    if (due.length === 0 || !(await canStore())) return;
    for (const tenant of due) {
      if (this.#ending.signal.aborted) return;
      await purge(tenant, this.#ending.signal).then(() => { this.#doneOn.set(tenant, night); }, () => undefined);
    }
  }

  /** The retention was changed: that takes effect in the next night, so that a slip can be taken back. */
  reconsider(): void {
    const night = nightOf(this.#ports.clock.now());
    for (const tenant of this.#ports.tenants()) this.#doneOn.set(tenant, night);
  }

  async end(): Promise<void> {
    this.#ending.abort();
    await this.#looking;
  }
}
