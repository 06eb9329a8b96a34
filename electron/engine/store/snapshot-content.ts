/** What of an archive goes into a snapshot, and how it comes out of it again. */
import type { IdValues } from '../columns/id-column';
import type { IdColumnName, SavedColumns } from '../columns/columns';
import { idColumnNames } from '../columns/columns';
import type { ArchiveFacts, SavedFacts } from './archive-facts';
import { text, utf8 } from './bytes';
import type { SavedDictionaries } from './dictionaries';
import type { FrameInFile, Journal, JournalMemory } from './journal';
import type { LogEvents, SavedLogEvents } from './log-events';
import type { SnapshotContent } from './snapshot-file';

export type SavedArchive = { readonly journal: JournalMemory; readonly places: readonly FrameInFile[]; readonly rows: SavedLogEvents; readonly facts: SavedFacts; readonly setAside: readonly string[] };

/** What is small, as JSON; bytes as lists of numbers. */
type Facts = {
  readonly archive: SavedFacts;
  readonly tally: SavedLogEvents['tally'];
  readonly journal: Omit<JournalMemory, 'archiveId' | 'segments'> & { readonly archiveId: readonly number[]; readonly segments: readonly SegmentFact[] };
};
type SegmentFact = { readonly name: string; readonly fileId: readonly number[]; readonly readUpTo: number };

type Sections = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

const bytesOf = (values: IdValues | Float64Array): Uint8Array => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
const idSection = (name: IdColumnName): string => `id.${name}`;
const cellsPerPlace = 4;

function placesToCells(places: readonly FrameInFile[]): Float64Array {
  const cells = new Float64Array(places.length * cellsPerPlace);
  places.forEach(({ frame, segment, offset, length }, index) => { cells.set([frame, segment, offset, length], index * cellsPerPlace); });
  return cells;
}

function cellsToPlaces(cells: Float64Array): readonly FrameInFile[] {
  const cell = (index: number): number => cells[index] ?? 0;
  return Array.from({ length: cells.length / cellsPerPlace }, (_none, index) => {
    const at = index * cellsPerPlace;
    return { frame: cell(at), segment: cell(at + 1), offset: cell(at + 2), length: cell(at + 3) };
  });
}

/** An archive as of now; null where its journal cannot be told by name. @throws Error when there is no memory for it */
export function saveArchive(journal: Journal, rows: LogEvents, facts: ArchiveFacts): SavedArchive | null {
  const memory = journal.memory();
  return memory === null ? null : { journal: memory, places: journal.places(), rows: rows.save(), facts: facts.save(), setAside: facts.setAside.hashes };
}

/** The large parts are not copied. */
export function toSnapshot({ journal, places, rows, facts, setAside }: SavedArchive): SnapshotContent {
  const { archiveId, segments, ...rest } = journal;
  const journalFacts = { ...rest, archiveId: [...archiveId], segments: segments.map(segment => ({ ...segment, fileId: [...segment.fileId] })) };
  return {
    facts: { archive: facts, tally: rows.tally, journal: journalFacts } satisfies Facts,
    sections: [
      { name: 'places', bytes: bytesOf(placesToCells(places)) },
      { name: 'set-aside', bytes: utf8(setAside.join('\n')) },
      { name: 'dictionaries', bytes: utf8(JSON.stringify(rows.dictionaries)) },
      { name: 'seq', bytes: bytesOf(rows.columns.seq) },
      { name: 'occurred-at', bytes: bytesOf(rows.columns.occurredAt) },
      ...idColumnNames.map(name => ({ name: idSection(name), bytes: bytesOf(rows.columns.ids[name]) })),
      { name: 'image', bytes: rows.image },
    ],
  };
}

function section(sections: Sections, name: string): Uint8Array<ArrayBuffer> {
  const bytes = sections.get(name);
  if (bytes === undefined) throw new Error(`the snapshot has no section ${name}`);
  return bytes;
}

function columnsFrom(sections: Sections): SavedColumns {
  const seq = new Float64Array(section(sections, 'seq').buffer);
  const ids = Object.fromEntries(idColumnNames.map(name => {
    const { buffer } = section(sections, idSection(name));
    return [name, buffer.byteLength === seq.length * 2 ? new Uint16Array(buffer) : new Uint32Array(buffer)];
  })) as Record<IdColumnName, IdValues>;
  return { seq, occurredAt: new Float64Array(section(sections, 'occurred-at').buffer), ids };
}

export function journalOf(facts: unknown): JournalMemory {
  const { archiveId, segments, ...rest } = (facts as Facts).journal;
  return { ...rest, archiveId: Uint8Array.from(archiveId), segments: segments.map(segment => ({ ...segment, fileId: Uint8Array.from(segment.fileId) })) };
}

/** @throws Error where it is not what `toSnapshot` made */
export function fromSnapshot(facts: unknown, sections: Sections): Omit<SavedArchive, 'journal'> {
  const { archive, tally } = facts as Facts;
  const setAside = text(section(sections, 'set-aside'));
  return {
    places: cellsToPlaces(new Float64Array(section(sections, 'places').buffer)),
    rows: { image: section(sections, 'image'), tally, dictionaries: JSON.parse(text(section(sections, 'dictionaries'))) as SavedDictionaries, columns: columnsFrom(sections) },
    facts: archive,
    setAside: setAside === '' ? [] : setAside.split('\n'),
  };
}
