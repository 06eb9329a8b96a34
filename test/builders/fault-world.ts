/** An archive over recording files, synced from a log in memory: what a fault test drives, and how it tells lost events from kept ones. */
import { createHash } from 'node:crypto';
import type { ImportReceipt, Output, RemovalReceipt, SyncReceipt, TenantStatus, VerifyReceipt } from '../../shared/contract';
import { Archives } from '../../electron/engine/archives';
import { archiveStatus } from '../../electron/engine/archive-status';
import { forgetUser } from '../../electron/engine/forget';
import { importFiles } from '../../electron/engine/import-files';
import type { Auth0Port, Ports, UserFiles } from '../../electron/engine/ports';
import { purgeArchive } from '../../electron/engine/purge-archive';
import type { Archive } from '../../electron/engine/store/archive';
import { Journal } from '../../electron/engine/store/journal';
import { syncTenant } from '../../electron/engine/sync/sync-tenant';
import { verifyArchive } from '../../electron/engine/verify-archive';
import { createCrypto } from '../../electron/node/crypto';
import { contentDigestOf } from '../auth0-simulator/digest';
import type { DiskContent } from './crash-state';
import type { FakeLog } from './fake-log';
import { fakeLog } from './fake-log';
import { logEvent, logIdFor, toJsonLines } from './log-event';
import type { RawEvent } from './log-event';
import type { RecordingFiles } from './recording-files';
import { recordingFiles } from './recording-files';
import { seededRandom } from './seeded-random';
import { openSql, testEngine } from './test-engine';

export const faultTenant = 'acme.eu.auth0.com';
export const faultKey = new Uint8Array(32).fill(7);
export const isFull = process.env['TENANTSCOPE_TEST_FULL'] === '1';

const sharedSql = openSql();

/** A log whose pages are small, so that few events make many frames. */
export function smallPages(events: readonly RawEvent[], size: number): FakeLog {
  const log = fakeLog(events);
  const small: FakeLog = {
    ...log,
    get requests() { return log.requests; },
    get events() { return log.events; },
    set events(next) { log.events = next; },
    logs: (tenant, request, signal) => log.logs(tenant, { ...request, take: request.mode === 'oldest' ? request.take : size }, signal),
  };
  return small;
}

/** Events with bodies that do not shrink to nothing, so that frames span sectors; every 13th arrives two minutes late. */
export function faultEvents(count: number, from = 0): RawEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    const noise = createHash('sha512').update(String(number)).digest('base64');
    const isLate = number % 13 === 5;
    const at = Date.UTC(2026, 5, 1) + number * 20_000;
    return logEvent(number, {
      date: new Date(at - (isLate ? 120_000 : 0)).toISOString(), log_id: logIdFor(at + 2_000, number), user_agent: `test ${noise}`,
    });
  });
}

/** Both digests of the contract in one, over what a log holds. */
export const contentDigestOfEvents = (events: readonly RawEvent[]): string =>
  contentDigestOf(events.map(event => ({ logId: event.log_id, bytes: () => new TextEncoder().encode(JSON.stringify(event)) })));

/** `at`: how many operations of the disk came before the acknowledgment; `logIds`: all that are acknowledged by then. */
export type Acknowledged = { readonly at: number; readonly logIds: readonly string[] };

/** Notes what has been acknowledged each time `commit` returns. */
class NotingArchives extends Archives {
  readonly #noted = new Set<Archive>();
  readonly #note: (archive: Archive) => void;

  constructor(ports: Ports, note: (archive: Archive) => void) {
    super(ports);
    this.#note = note;
  }

  override async write(...words: Parameters<Archives['write']>): Promise<Archive> {
    const archive = await super.write(...words);
    if (this.#noted.has(archive)) return archive;
    this.#noted.add(archive);
    const commit = archive.commit.bind(archive);
    archive.commit = () => {
      commit();
      this.#note(archive);
    };
    return archive;
  }
}

export type FaultWorld = {
  readonly recording: RecordingFiles;
  readonly ports: Ports;
  readonly acknowledged: readonly Acknowledged[];
  /** @throws Failure */
  readonly sync: () => Promise<SyncReceipt>;
  readonly status: () => Promise<TenantStatus>;
  readonly verify: () => Promise<VerifyReceipt>;
  /** A file of these events, as a person imports it. @throws Failure */
  readonly import: (events: readonly RawEvent[]) => Promise<ImportReceipt>;
  /** @throws Failure */
  readonly forget: (userId: string) => Promise<RemovalReceipt>;
  /** By the retention of the ports. @throws Failure */
  readonly purge: () => Promise<Output<'archive.purge'>>;
  /** The log ids that can be read now, in the order of the journal. */
  readonly readableIds: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

export type FaultWorldOptions = { readonly auth0: Auth0Port; readonly recording?: RecordingFiles; readonly seed?: number; readonly ports?: Partial<Ports> };

async function* inOnePiece(text: string): AsyncGenerator<Uint8Array> {
  yield Promise.resolve(new TextEncoder().encode(text));
}

/** The path of a file is its content. */
const filesNamedByContent: UserFiles = {
  openImport: content => ({ size: content.length, chunks: inOnePiece(content) }),
  createExport: () => { throw new Error('nothing is exported here'); },
};

/** Random bytes come from the seed, so that the same steps make the same files. */
export function faultWorld({ auth0, recording = recordingFiles(), seed = 1, ports: more = {} }: FaultWorldOptions): FaultWorld {
  const random = seededRandom(seed);
  const crypto = { ...createCrypto(), randomBytes: (length: number) => Uint8Array.from({ length }, () => random.below(256)) };
  const { ports } = testEngine({ root: 'never made', tenants: [faultTenant], auth0, ports: { archiveFiles: recording.files, userFiles: filesNamedByContent, crypto, openSql: () => sharedSql, ...more } });
  const acknowledged: Acknowledged[] = [];
  const archives = new NotingArchives(ports, archive => {
    const logIds: string[] = [];
    for (const slice of archive.rows.sortedLogIds()) logIds.push(...slice.map(([logId]) => logId));
    acknowledged.push({ at: recording.ops.length, logIds });
  });
  const signal = new AbortController().signal;
  return {
    recording, ports, acknowledged,
    sync: () => syncTenant(archives, { tenant: faultTenant }, signal),
    status: async () => {
      const [status] = (await archiveStatus(archives, { tenant: faultTenant }, signal)).tenants;
      if (status === undefined) throw new Error('a tenant has a status');
      return status;
    },
    verify: () => verifyArchive(archives, { tenant: faultTenant }, signal),
    import: events => importFiles(archives, { tenant: faultTenant, files: [toJsonLines(events)] }, signal),
    purge: () => purgeArchive(archives, { tenant: faultTenant }, signal),
    forget: userId => forgetUser(archives, { tenant: faultTenant, userId }, signal),
    readableIds: async () => {
      const logIds: string[] = [];
      await (await archives.read(faultTenant)).eachEvent((_seq, bytes) => {
        logIds.push((JSON.parse(new TextDecoder().decode(bytes)) as RawEvent).log_id);
      });
      return logIds;
    },
    close: () => archives.close(),
  };
}

/** How many events the frames of a journal hold, those that are another version of a stored one left out. */
export function eventsInFrames(content: DiskContent, ports: Ports): number {
  const journal = new Journal({ ...ports, archiveFiles: recordingFiles(content).files }, faultTenant, faultKey);
  let events = 0;
  for (const { content: { events: held } } of journal.readNew('intact')) events += held.filter(event => !event.isRevision).length;
  journal.close();
  return events;
}

