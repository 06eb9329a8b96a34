/** Syncs every connected tenant on the chosen interval, one sync a tenant at a time, and tells what came of it. */
import type { CheckedInput, Settings, SyncReceipt, SyncState } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { ClockPort } from '../engine/ports';
import type { LogWriter } from './log-line';
import { caughtUp, isSettledElsewhere, isToBeTold, noticeOf } from './sync-notice';
import type { SyncOutcomes } from './sync-outcomes';
import type { SyncRecord } from './sync-record';
import { failed, held, holding, nextAt, outcomeOf, reconnected, restored, started, stopped, succeeded, syncStateOf } from './sync-record';
import { unlessAborted } from './transfer-desk';

export type SyncWork = (input: CheckedInput<'tenant.sync'>, signal: AbortSignal) => Promise<SyncReceipt>;

export type SchedulePorts = {
  /** Its waits must keep no process alive. */
  readonly clock: ClockPort;
  readonly connectedTenants: () => readonly string[];
  readonly settings: () => Settings;
  /** Whether a sync could store what it reads: the keys are there and the writer's place is ours or free; the failure where it is the disk that keeps it from being taken. */
  readonly canStore: () => Promise<boolean | Failure>;
  /** One sync. @throws Failure */
  readonly sync: SyncWork;
  readonly tell: (state: SyncState) => void;
  /** Null where nobody can be told. */
  readonly notify: ((title: string, body: string) => void) | null;
  readonly outcomes: SyncOutcomes;
  readonly log: LogWriter;
};

/** A machine that slept finds its timers late: the wall clock decides what is due. */
const lookEveryMs = 30_000;
/** Lets a window open first. */
const firstLookMs = 5_000;

type Run = { readonly controller: AbortController; readonly receipt: Promise<SyncReceipt>; readonly isFollowing: boolean };

const asFailure = (error: unknown): Failure => (error instanceof Failure ? error : new Failure('internal', { reference: 'sync' }));

export class SyncSchedule {
  readonly #ports: SchedulePorts;
  readonly #records = new Map<string, SyncRecord>();
  readonly #runs = new Map<string, Run>();
  readonly #ending = new AbortController();
  #isLooking = false;

  constructor(ports: SchedulePorts) {
    this.#ports = ports;
  }

  /** Begins to sync by itself; tenants that are there are due at once. */
  start(): void {
    for (const tenant of this.#ports.connectedTenants()) this.#records.set(tenant, { ...this.#record(tenant), countsFrom: null });
    void this.#keepLooking();
  }

  async #keepLooking(): Promise<void> {
    const { signal } = this.#ending;
    await this.#ports.clock.sleep(firstLookMs, signal);
    while (!signal.aborted) {
      await this.look();
      await this.#ports.clock.sleep(lookEveryMs, signal);
    }
  }

  #record(tenant: string): SyncRecord {
    return this.#records.get(tenant) ?? this.#kept(tenant);
  }

  #kept(tenant: string): SyncRecord {
    const { outcomes, clock } = this.#ports;
    return restored(tenant, outcomes.of(tenant), clock.now());
  }

  #put(record: SyncRecord): void {
    const before = this.#records.get(record.tenant);
    this.#records.set(record.tenant, record);
    if (before !== record) this.#ports.tell(this.#stateOf(record));
  }

  /** Only of syncs that this process ran: another one on the folder may know better of the rest. */
  #keep(record: SyncRecord): void {
    const { connectedTenants, outcomes } = this.#ports;
    if (connectedTenants().includes(record.tenant)) outcomes.keep(record.tenant, outcomeOf(record));
  }

  #putEnded(record: SyncRecord): SyncRecord {
    this.#put(record);
    this.#keep(record);
    return record;
  }

  #stateOf(record: SyncRecord): SyncState {
    return syncStateOf(record, nextAt(record, this.#ports.settings().syncEveryMinutes, this.#ports.clock.now()));
  }

  /** Of every connected tenant. */
  states(): SyncState[] {
    return this.#ports.connectedTenants().map(tenant => this.#stateOf(this.#record(tenant)));
  }

  /** Starts what is due. Does not wait for it, and never throws. */
  async look(): Promise<void> {
    if (this.#isLooking || this.#ending.signal.aborted) return;
    this.#isLooking = true;
    try {
      const due = this.#due();
      const canStore = due.length > 0 && (await this.#ports.canStore());
      for (const record of due) {
        if (canStore === true) this.#startRun({ tenant: record.tenant }).receipt.catch(() => undefined);
        else if (canStore !== false) this.#put(failed(record, this.#ports.clock.now(), canStore));
        else if (record.state !== 'waiting') this.#put(held(record));
      }
      // What is being tried again is complained about when that fails too.
      for (const tenant of this.#ports.connectedTenants()) if (!this.#runs.has(tenant)) this.#complainAbout(this.#known(tenant));
    } catch {
      // What cannot be read now is looked at again.
      return;
    } finally {
      this.#isLooking = false;
    }
  }

  /** The record, kept from now on; one of a tenant connected meanwhile counts from now. */
  #known(tenant: string): SyncRecord {
    const record = this.#record(tenant);
    this.#records.set(tenant, record);
    return record;
  }

  #due(): readonly SyncRecord[] {
    const now = this.#ports.clock.now();
    const { syncEveryMinutes } = this.#ports.settings();
    return this.#ports.connectedTenants().map(tenant => this.#known(tenant)).filter(record => {
      const at = nextAt(record, syncEveryMinutes, now);
      return at !== null && at <= now && !this.#runs.has(record.tenant);
    });
  }

  /** A sync somebody asked for; joins one under way. Its signal stops that one for everybody. A tenant not connected is refused by the work. @throws Failure */
  async sync(input: CheckedInput<'tenant.sync'>, signal: AbortSignal): Promise<SyncReceipt> {
    if (!this.#ports.connectedTenants().includes(input.tenant)) return this.#ports.sync(input, signal);
    const isFollowing = input.followSeconds !== undefined;
    for (;;) {
      const running = this.#runs.get(input.tenant);
      if (running === undefined) return this.#joined(this.#startRun(input), signal);
      if (!isFollowing && !running.isFollowing) return this.#joined(running, signal);
      await unlessAborted(signal, running.receipt.catch(() => undefined));
    }
  }

  /** Stops a sync whoever started it and waits until it has ended; false where none runs. The signal ends only the waiting. @throws Failure operation.cancelled */
  async stop(tenant: string, signal: AbortSignal): Promise<boolean> {
    const run = this.#runs.get(tenant);
    if (run === undefined) return false;
    run.controller.abort();
    await unlessAborted(signal, run.receipt.catch(() => undefined));
    return true;
  }

  async #joined(run: Run, signal: AbortSignal): Promise<SyncReceipt> {
    const stop = (): void => { run.controller.abort(); };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      return await run.receipt;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  #startRun(input: CheckedInput<'tenant.sync'>): Run {
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, this.#ending.signal]);
    const receipt = this.#run(input, signal);
    // Whoever asked is told; a scheduled sync has nobody who asked.
    receipt.catch(() => undefined);
    const run = { controller, receipt, isFollowing: input.followSeconds !== undefined };
    this.#runs.set(input.tenant, run);
    return run;
  }

  async #run(input: CheckedInput<'tenant.sync'>, signal: AbortSignal): Promise<SyncReceipt> {
    const { clock, sync, log } = this.#ports;
    const { tenant } = input;
    const from = clock.elapsed();
    this.#put(started(this.#record(tenant), clock.now()));
    log('sync.started', { tenant });
    try {
      const receipt = await sync(input, signal);
      this.#runs.delete(tenant);
      log('sync.ended', { tenant, count: receipt.stored, ms: clock.elapsed() - from, ...(receipt.checkpoint === null ? {} : { cursor: receipt.checkpoint }) });
      this.#putEnded(succeeded(this.#record(tenant), clock.now(), receipt));
      this.#tellGaps(receipt);
      return receipt;
    } catch (error) {
      this.#runs.delete(tenant);
      this.#ended(tenant, asFailure(error), clock.elapsed() - from);
      throw error;
    }
  }

  /** A tenant that was removed meanwhile leaves nothing behind. */
  #ended(tenant: string, failure: Failure, ms: number): void {
    const { clock, log, connectedTenants } = this.#ports;
    if (failure.code !== 'operation.cancelled') log('sync.failed', { tenant, errCode: failure.code, ms });
    const record = caughtUp(this.#record(tenant), this.#kept(tenant));
    if (!connectedTenants().includes(tenant)) this.#records.delete(tenant);
    else if (failure.code === 'operation.cancelled') this.#putEnded(stopped(record, clock.now()));
    else if (holding.includes(failure.code)) this.#put(held(record));
    else this.#complainAbout(this.#putEnded(failed(record, clock.now(), failure)));
  }

  #tellGaps({ tenant, gaps }: SyncReceipt): void {
    const [first] = gaps;
    if (first === undefined) return;
    const count = gaps.length === 1 ? 'a gap' : `${String(gaps.length)} gaps`;
    this.#notify(`${tenant}: part of the log is lost`, `The last sync found ${count}, from ${first.from} to ${first.to}. Auth0 no longer has these events.`);
  }

  /** Once an episode, be it in several processes, when what is not synced soon may be lost. */
  #complainAbout(record: SyncRecord): void {
    const { clock, settings, notify } = this.#ports;
    const chosen = settings();
    if (notify === null || !chosen.notifications || !isToBeTold(record, chosen, clock.now())) return;
    const kept = this.#kept(record.tenant);
    const known = caughtUp(record, kept);
    if (known !== record) return this.#put(known);
    const told = { ...record, isTold: true };
    this.#records.set(record.tenant, told);
    if (isSettledElsewhere(record, kept)) return;
    this.#keep(told);
    const { title, body } = noticeOf(record, chosen, clock.now());
    notify(title, body);
  }

  #notify(title: string, body: string): void {
    if (this.#ports.settings().notifications) this.#ports.notify?.(title, body);
  }

  /** A tenant has been forgotten: one that is connected under its name later begins anew. */
  forgotten(tenant: string): void {
    this.#records.delete(tenant);
  }

  /** A tenant has been connected, again or for the first time. */
  connected(tenant: string): void {
    const record = reconnected(this.#known(tenant));
    this.#records.set(tenant, record);
    this.#ports.tell(this.#stateOf(record));
    void this.look();
  }

  /** The interval was changed, or the folder was unlocked. */
  reconsider(): void {
    for (const state of this.states()) this.#ports.tell(state);
    void this.look();
  }

  /** Stops all syncs and waits for them. */
  async end(): Promise<void> {
    this.#ending.abort();
    await Promise.allSettled([...this.#runs.values()].map(run => run.receipt));
  }
}
