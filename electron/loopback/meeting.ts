/** Brings together, under an id, what the engine waits for and what a browser sends or fetches, whichever comes first. */

export type Meeting<Visitor> = {
  /** False when somebody came under this id before. */
  readonly arrive: (id: string, visitor: Visitor) => boolean;
  /** Waits for the visitor; null when there will be none. */
  readonly join: (id: string) => Promise<Visitor | null>;
  readonly peek: (id: string) => Visitor | null;
  /** Ends the meeting: the id is spent, and whoever waits under it gets null. Returns the visitor who was there. */
  readonly leave: (id: string) => Visitor | null;
};

/** Ids are the page's: it may not fill the memory with them. */
const mostSpentIds = 10_000;

class Waits<Visitor> {
  readonly #patienceMs: number;
  readonly #waiting = new Map<string, Set<(visitor: Visitor | null) => void>>();

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  wait(id: string): Promise<Visitor | null> {
    return new Promise(resolve => {
      const group = this.#waiting.get(id) ?? new Set();
      this.#waiting.set(id, group);
      const timer = setTimeout(() => { settle(null); }, this.#patienceMs);
      const settle = (visitor: Visitor | null): void => {
        clearTimeout(timer);
        group.delete(settle);
        if (group.size === 0) this.#waiting.delete(id);
        resolve(visitor);
      };
      group.add(settle);
      timer.unref();
    });
  }

  settle(id: string, visitor: Visitor | null): void {
    for (const settle of [...(this.#waiting.get(id) ?? [])]) settle(visitor);
  }
}

/** `patienceMs`: how long `join` waits. */
export function createMeeting<Visitor>(patienceMs: number): Meeting<Visitor> {
  const visitors = new Map<string, Visitor>();
  const spent = new Set<string>();
  const waits = new Waits<Visitor>(patienceMs);
  const spend = (id: string): void => {
    spent.add(id);
    const [oldest] = spent;
    if (spent.size > mostSpentIds && oldest !== undefined) spent.delete(oldest);
  };
  return {
    arrive: (id, visitor) => {
      if (visitors.has(id) || spent.has(id)) return false;
      visitors.set(id, visitor);
      waits.settle(id, visitor);
      return true;
    },
    join: async id => visitors.get(id) ?? (spent.has(id) ? null : waits.wait(id)),
    peek: id => visitors.get(id) ?? null,
    leave: id => {
      const visitor = visitors.get(id) ?? null;
      visitors.delete(id);
      spend(id);
      waits.settle(id, null);
      return visitor;
    },
  };
}
