/** Who holds a lock, as its file says, and whether that process is still there. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { errorCode } from './durable-files';

/** `startedAt`: a mark of the process's start that tells it from a later one with the same number; null where the system has none. */
const holderSchema = z.object({
  pid: z.number().int().positive(),
  startedAt: z.union([z.string(), z.number()]).nullable(),
  host: z.string(),
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
});

export type LockHolder = Readonly<z.infer<typeof holderSchema>>;

/** A process as the system shows it. */
export type ProcessState = { readonly isAlive: boolean; readonly startedAt: string | null };

/** What can be seen from here about a lock's holder. */
export type HolderView = {
  readonly host: string;
  readonly process: (pid: number) => ProcessState;
  /** Milliseconds since the lock file was last touched; negative when its time lies ahead. */
  readonly heartbeatAgeMs: number;
};

/** Six missed heartbeats: all that can be known of a process on another machine. */
export const foreignStaleMs = 60_000;
/** A lock file without content was made by a process that lost power, since a running one shows it only when it is whole. */
export const garbageStaleMs = 2_000;

/** Null for garbage. */
export function parseHolder(text: string): LockHolder | null {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Whether the holder can no longer write. A machine whose clock runs behind must not take over early, so a time ahead counts as fresh. */
export function isHolderDead(holder: LockHolder, view: HolderView): boolean {
  if (holder.host !== view.host) return view.heartbeatAgeMs > foreignStaleMs;
  const { isAlive, startedAt } = view.process(holder.pid);
  if (!isAlive) return true;
  return startedAt !== null && holder.startedAt !== null && String(holder.startedAt) !== startedAt;
}

/** Whether the system knows the number; a process of another user answers EPERM. */
function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

const readOrNull = (path: string): string | null => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
};

/**
 * The state of a process of this machine. On Linux a killed process that its parent has not collected yet is dead, and
 * `startedAt` is the boot's id and the start in clock ticks since then (field 22).
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function processState(pid: number): ProcessState {
  if (!answersSignals(pid)) return { isAlive: false, startedAt: null };
  const stat = process.platform === 'linux' ? readOrNull(`/proc/${pid}/stat`) : null;
  if (stat === null) return { isAlive: true, startedAt: null };
  // The name, in parentheses, may hold anything: count from its end, where field 3 begins.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const boot = readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
  return { isAlive: fields[0] !== 'Z' && fields[0] !== 'X', startedAt: `${boot}/${fields[19] ?? ''}` };
}

/** This process as a holder. */
export function thisProcess(nonce: string): LockHolder {
  return { pid: process.pid, startedAt: processState(process.pid).startedAt, host: hostname(), nonce };
}
