/** What the operations of the main thread work with. */
import type { Push, Reply } from '../../shared/contract';
import type { Auth0Client } from '../auth0/index';
import type { UserFiles } from '../engine/ports';
import type { Vault } from '../vault/index';
import type { ActivityLog } from './activity-log';
import type { Effects, HostKind } from './host';
import type { PurgeSchedule } from './purge-schedule';
import type { SettingsFile } from './settings-file';
import type { SupportFile } from './support-bundle';
import type { SyncOutcomes } from './sync-outcomes';
import type { SyncSchedule } from './sync-schedule';
import type { WriterPlace } from './writer-place';

export type MainContext = {
  readonly kind: HostKind;
  readonly dataDir: string;
  readonly vault: Vault;
  /** Resolves when what opens the folder without asking has been tried. */
  readonly whenTried: () => Promise<void>;
  readonly auth0: Auth0Client;
  readonly settings: SettingsFile;
  /** How the last syncs ended, also of other processes. */
  readonly outcomes: SyncOutcomes;
  /** Null where nothing runs unattended. */
  readonly schedule: SyncSchedule | null;
  readonly purges: PurgeSchedule | null;
  readonly files: UserFiles;
  readonly writerPlace: WriterPlace;
  /** Takes it and ends what killed processes had begun. @throws Failure archive.locked {pid}; archive.* */
  readonly takePlace: () => void;
  readonly log: ActivityLog;
  readonly effects: Effects | null;
  readonly push: (push: Push) => void;
  /** Ends what reads or writes an archive, and closes them all; the next question opens them anew. */
  readonly closeArchives: () => Promise<void>;
  /** Has the engine write what is in memory only into a folder of the data folder, and ask for it to be put in place. */
  readonly keepArchives: (folder: string) => Promise<Reply>;
  /** Of the data folder, as found at the start. */
  readonly readableByOthers: () => number;
  /** Of what is bundled. @throws when the file is not there */
  readonly licensesPath: () => Promise<string>;
  /** Keeps what was shown, so that exactly that is saved. */
  readonly shown: { support: readonly SupportFile[] | null };
};
