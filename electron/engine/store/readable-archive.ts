/** What reading needs of an archive, on disk or in memory. */
import type { Gap } from '../../../shared/contract';
import type { EpochMs, LogId, TenantId } from '../../../shared/domain/ids';
import type { LogEvents } from './log-events';

export type ReadableArchive = {
  readonly tenant: TenantId;
  readonly rows: LogEvents;
  readonly identity: string;
  readonly checkpoint: LogId | null;
  readonly setAsideCount: number;
  readonly gaps: readonly Gap[];
  /** When the log was last read to where it stood then; null when it never was. */
  readonly coveredUntil: EpochMs | null;
  readonly refresh: () => Promise<void>;
  readonly eventBytes: (logId: LogId) => Uint8Array | null;
  /** Calls back for every stored event in journal order, other versions left out, letting messages through now and then. */
  readonly eachEvent: (visit: (seq: number, bytes: Uint8Array) => void, signal?: AbortSignal) => Promise<void>;
  readonly close: () => void;
};
