/** Rewrites a tenant's journal without what a judge takes out of it, so that no copy stays and a kill at any moment leaves a whole journal. */
import { tenantFolder } from '../../../shared/domain/data-folder';
import type { Ports } from '../ports';
import type { Journal, JournalDamage } from './journal';
import { isSegmentName } from './journal';
import { readHead, writeHead } from './journal-head';
import type { Judge, Taken } from './rewrite-frame';
import { addTaken, nothingTaken } from './rewrite-frame';
import type { SegmentPlace } from './rewrite-segment';
import { newNameOf, rewriteSegment, surveySegment } from './rewrite-segment';

export type Rewriting = {
  readonly ports: Pick<Ports, 'archiveFiles' | 'crypto'>;
  readonly place: Pick<Journal, 'folder' | 'context' | 'headKey'>;
  readonly judge: Judge;
  /** `drop`: segments with bytes that do not open are rewritten without them even where nothing else goes, as they may hold what is to go. */
  readonly unopened: 'drop' | 'keep';
  /** Awaited now and then. May throw: then nothing has been changed. */
  readonly breathe: () => Promise<void>;
  /** Called before the first file is replaced: whoever holds them lets go. All after it happens at once. */
  readonly retire: () => void;
};

/** `dropped`: bytes that could not be opened and were taken out unseen. */
export type RewriteReport = { readonly taken: Taken; readonly dropped: readonly JournalDamage[] };

const stepsPerBreath = 20;

async function run<Value>(steps: Generator<undefined, Value>, breathe: Rewriting['breathe']): Promise<Value> {
  try {
    for (let count = 1; ; count += 1) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (count % stepsPerBreath === 0) await breathe();
    }
  } finally {
    // Closes its files where breathing failed.
    steps.return(undefined as never);
  }
}

/** What a rewriting that was killed left behind. */
function removeLeftovers({ ports, place }: Rewriting): void {
  for (const name of ports.archiveFiles.list(place.folder).filter(name => name.endsWith('.tmp'))) ports.archiveFiles.remove(`${place.folder}/${name}`);
}

async function writeBeside(rewriting: Rewriting, archiveId: Uint8Array): Promise<RewriteReport & { readonly names: readonly string[] }> {
  const { ports, place, judge, breathe } = rewriting;
  const names: string[] = [];
  const dropped: JournalDamage[] = [];
  let taken = nothingTaken;
  for (const name of ports.archiveFiles.list(place.folder).filter(isSegmentName)) {
    const segment: SegmentPlace = { files: ports.archiveFiles, folder: place.folder, name, context: place.context };
    const survey = await run(surveySegment(segment, judge), breathe);
    if (!survey.takes && (rewriting.unopened === 'keep' || survey.unopened.length === 0)) continue;
    const rewritten = await run(rewriteSegment(segment, judge, { segment: Number.parseInt(name, 10), archiveId }), breathe);
    taken = addTaken(taken, rewritten.taken);
    dropped.push(...rewritten.dropped);
    names.push(name);
  }
  return { taken, dropped, names };
}

/** Snapshots hold what the journal held; they are made again from it. The folder is synced even where none is left: one may have been removed just before. */
function removeSnapshots({ ports: { archiveFiles }, place }: Rewriting): void {
  const folder = tenantFolder(place.context.tenant);
  for (const name of archiveFiles.list(folder).filter(name => name.startsWith('snapshot'))) archiveFiles.remove(`${folder}/${name}`);
  archiveFiles.syncFolder(folder);
}

/** Into both slots, so that none names the journal that was. */
function renewHead({ ports, place }: Rewriting, archiveId: Uint8Array): void {
  const file = ports.archiveFiles.open(`${place.folder}/head`, 'write');
  if (file === null) return;
  try {
    const head = readHead(place.headKey, file);
    if (head === null) return;
    for (const step of [1, 2]) {
      writeHead(place.headKey, file, { ...head, generation: head.generation + step, archiveId });
      file.sync();
    }
  } finally {
    file.close();
  }
}

/**
 * The new segments are written and synced beside the old ones; then each takes the place of its own in one step. A journal of which only some
 * were replaced is whole too, as frames keep their numbers and events their places; doing all of it again ends it.
 * @throws Failure archive.disk-full, archive.unwritable, archive.unreadable, and what `breathe` throws
 */
export async function rewriteJournal(rewriting: Rewriting): Promise<RewriteReport> {
  const { ports: { archiveFiles, crypto }, place } = rewriting;
  const archiveId = crypto.randomBytes(16);
  removeLeftovers(rewriting);
  const { names, ...report } = await writeBeside(rewriting, archiveId).catch((error: unknown) => {
    removeQuietly(rewriting);
    throw error;
  });
  rewriting.retire();
  removeSnapshots(rewriting);
  // The last first: what another version of an event is judged by lies before it, and must be there when all of this is done again.
  for (const name of [...names].reverse()) archiveFiles.rename(`${place.folder}/${newNameOf(name)}`, `${place.folder}/${name}`);
  if (names.length > 0) archiveFiles.syncFolder(place.folder);
  renewHead(rewriting, archiveId);
  return report;
}

/** The error that led here is the one to tell. */
function removeQuietly(rewriting: Rewriting): void {
  try {
    removeLeftovers(rewriting);
  } catch {
    return;
  }
}
