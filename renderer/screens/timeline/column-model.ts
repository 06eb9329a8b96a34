/** The columns of the timeline: what they are called, how wide they are, and which of them a person chose. */
import type { Layout } from '../../../shared/contract';

export type TimelineColumnId =
  | 'occurredAt' | 'outcome' | 'eventName' | 'userName' | 'connection' | 'organizationName' | 'applicationName' | 'ip' | 'description'
  | 'userId' | 'category' | 'strategy' | 'hostname' | 'userAgent' | 'logId';

export type TimelineColumn = {
  readonly id: TimelineColumnId;
  readonly header: string;
  /** Pixels at first. */
  readonly width: number;
  readonly shown: 'always' | 'at-first' | 'on-demand';
  /** Ids and addresses are set in the monospace face. */
  readonly face: 'text' | 'mono';
};

export const narrowest = 64;
export const widest = 1200;
export const widthStep = 16;

export const timelineColumns: readonly TimelineColumn[] = [
  { id: 'occurredAt', header: 'Time', width: 180, shown: 'always', face: 'text' },
  { id: 'outcome', header: 'Outcome', width: 96, shown: 'at-first', face: 'text' },
  { id: 'eventName', header: 'Event', width: 256, shown: 'at-first', face: 'text' },
  { id: 'userName', header: 'User', width: 208, shown: 'at-first', face: 'text' },
  { id: 'connection', header: 'Connection', width: 136, shown: 'at-first', face: 'text' },
  { id: 'organizationName', header: 'Organization', width: 136, shown: 'at-first', face: 'text' },
  { id: 'applicationName', header: 'Application', width: 152, shown: 'at-first', face: 'text' },
  { id: 'ip', header: 'Address', width: 128, shown: 'at-first', face: 'mono' },
  { id: 'userId', header: 'User id', width: 240, shown: 'on-demand', face: 'mono' },
  { id: 'category', header: 'Category', width: 136, shown: 'on-demand', face: 'text' },
  { id: 'strategy', header: 'Strategy', width: 104, shown: 'on-demand', face: 'mono' },
  { id: 'hostname', header: 'Host name', width: 184, shown: 'on-demand', face: 'mono' },
  { id: 'userAgent', header: 'User agent', width: 280, shown: 'on-demand', face: 'text' },
  { id: 'logId', header: 'Log id', width: 392, shown: 'on-demand', face: 'mono' },
  { id: 'description', header: 'Description', width: 280, shown: 'at-first', face: 'text' },
];

/** What a person chose: which columns are shown, and the widths that are not the usual ones. */
export type ColumnChoice = { readonly visibility: Readonly<Record<string, boolean>>; readonly sizes: Readonly<Record<string, number>> };

export const usualColumns: ColumnChoice = {
  visibility: Object.fromEntries(timelineColumns.map(column => [column.id, column.shown !== 'on-demand'])), sizes: {},
};

const own = <Value,>(record: Readonly<Record<string, Value>>, name: string): Value | undefined => (Object.hasOwn(record, name) ? record[name] : undefined);

export const clampWidth = (width: number): number => Math.round(Math.min(widest, Math.max(narrowest, width)));

/** Reads a choice that was written before, perhaps by another version: what makes no sense is as usual. */
export function readColumnChoice({ visibility, widths }: Layout['columns']): ColumnChoice {
  return {
    visibility: Object.fromEntries(timelineColumns.map(({ id, shown }) => [id, shown === 'always' || (own(visibility, id) ?? shown === 'at-first')])),
    sizes: Object.fromEntries(timelineColumns.flatMap(({ id }) => {
      const width = own(widths, id);
      return width === undefined ? [] : [[id, clampWidth(width)]];
    })),
  };
}

/** Only what differs from the usual, so that a later version may still change that. */
export function writeColumnChoice({ visibility, sizes }: ColumnChoice): Layout['columns'] {
  const unusual = timelineColumns.filter(({ id }) => visibility[id] !== usualColumns.visibility[id]);
  return {
    visibility: Object.fromEntries(unusual.map(({ id }) => [id, visibility[id] === true])),
    widths: Object.fromEntries(Object.entries(sizes).map(([id, width]) => [id, clampWidth(width)])),
  };
}

export const widthOf = (choice: ColumnChoice, column: TimelineColumn): number => choice.sizes[column.id] ?? column.width;

export const shownColumns = (choice: ColumnChoice): readonly TimelineColumn[] => timelineColumns.filter(column => choice.visibility[column.id] === true);

/** The tracks of the grid; the last column takes what is left. */
export const columnTracks = (widths: readonly number[]): string =>
  widths.map((width, index) => (index === widths.length - 1 ? `minmax(${String(width)}px, 1fr)` : `${String(width)}px`)).join(' ');
