/** Lets writers of one tenant's archive work side by side, and a rewriting of it alone. */
import type { TenantId } from '../../shared/domain/ids';
import { Failure } from '../../shared/errors';
import { unlessCancelled } from './unless-cancelled';

type Kind = 'shared' | 'alone';
type Waiter = { readonly kind: Kind; readonly enter: () => void };
type Door = { inside: number; holds: Kind; readonly waiting: Waiter[] };

export class TenantGate {
  readonly #doors = new Map<TenantId, Door>();
  #shut: Promise<void> | null = null;
  #whenEmpty: (() => void) | null = null;

  /** For appending. @throws Failure operation.cancelled while it waits, and what the work throws */
  shared<Value>(tenant: TenantId, signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
    return this.#through(tenant, 'shared', signal, work);
  }

  /** For rewriting: waits until those inside have left, and whoever comes later waits for it. @throws as `shared` */
  alone<Value>(tenant: TenantId, signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
    return this.#through(tenant, 'alone', signal, work);
  }

  /** Waits until everybody has left, at every tenant, and keeps out whoever comes later until the work is done. One at a time. */
  async everywhere<Value>(work: () => Promise<Value>): Promise<Value> {
    while (this.#shut !== null) await this.#shut;
    let reopen = (): void => undefined;
    this.#shut = new Promise(resolve => { reopen = resolve; });
    try {
      if (this.#doors.size > 0) await new Promise<void>(resolve => { this.#whenEmpty = resolve; });
      return await work();
    } finally {
      this.#shut = null;
      this.#whenEmpty = null;
      reopen();
    }
  }

  async #through<Value>(tenant: TenantId, kind: Kind, signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
    while (this.#shut !== null) await unlessCancelled(this.#shut, signal);
    // A door that nobody goes through would be waited for for ever.
    if (signal.aborted) throw new Failure('operation.cancelled');
    const door = this.#doors.get(tenant) ?? { inside: 0, holds: 'shared', waiting: [] };
    this.#doors.set(tenant, door);
    await enter(door, kind, signal);
    try {
      return await work();
    } finally {
      door.inside -= 1;
      letIn(door);
      if (door.inside === 0 && door.waiting.length === 0) this.#closeDoor(tenant);
    }
  }

  #closeDoor(tenant: TenantId): void {
    this.#doors.delete(tenant);
    if (this.#doors.size === 0) this.#whenEmpty?.();
  }
}

const canEnter = (door: Door, kind: Kind): boolean => door.inside === 0 || (kind === 'shared' && door.holds === 'shared');

function take(door: Door, kind: Kind): void {
  door.inside += 1;
  door.holds = kind;
}

/** The signal has not fired. Who goes away while waiting leaves somebody inside, who closes the door. */
function enter(door: Door, kind: Kind, signal: AbortSignal): Promise<void> {
  if (door.waiting.length === 0 && canEnter(door, kind)) {
    take(door, kind);
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    const waiter: Waiter = { kind, enter: () => {
      signal.removeEventListener('abort', leave);
      resolve();
    } };
    const leave = (): void => {
      door.waiting.splice(door.waiting.indexOf(waiter), 1);
      letIn(door);
      reject(new Failure('operation.cancelled'));
    };
    signal.addEventListener('abort', leave, { once: true });
    door.waiting.push(waiter);
  });
}

/** In the order in which they came. */
function letIn(door: Door): void {
  for (let next = door.waiting[0]; next !== undefined && canEnter(door, next.kind); next = door.waiting[0]) {
    door.waiting.shift();
    take(door, next.kind);
    next.enter();
  }
}
