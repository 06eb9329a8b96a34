/** What is appended to an archive at once, and what became of it. */
import type { Gap } from '../../../shared/contract';
import type { LogId } from '../../../shared/domain/ids';
import type { LogEvent } from '../../../shared/domain/log-event';
import type { FrameSource, Healed, Policy, SetAside } from './frame';

/** An event as it came, with what the index knows of it. */
export type Incoming = { readonly bytes: Uint8Array; readonly envelopeLogId: LogId | null; readonly event: LogEvent };

export type Batch = {
  readonly source: FrameSource;
  readonly events: readonly Incoming[];
  /** Kept in the journal with their reason, as Auth0 forgets them. */
  readonly setAside: readonly SetAside[];
  readonly checkpoint: LogId | null;
  readonly gap: Gap | null;
  readonly healed?: readonly Healed[];
  readonly policy?: Policy;
};

/** `setAside` counts what was kept with its reason and what was not kept as its user is `forgotten`. */
export type Appended = { readonly stored: number; readonly duplicates: number; readonly revisions: number; readonly setAside: number; readonly forgotten: number };
