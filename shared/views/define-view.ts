/** What a view is: parameters, a row shape and columns. */
import type { z } from 'zod';

export type ParamType = 'instant' | 'time-zone' | 'text' | 'choice' | 'count' | 'amount' | 'ordinal';

/** A parameter of a view as a caller gives it: text, possibly several times (which means "or"). */
export type ParamSpec = {
  readonly name: string;
  readonly type: ParamType;
  readonly default: string | null;
  /** The allowed values of a `choice`, or null where any value of the type is allowed. */
  readonly values: readonly string[] | null;
  readonly help: string;
};

/** `text` is guarded in spreadsheets; `number` is not; `instant` is epoch milliseconds in rows of the engine and ISO 8601 UTC in every output. */
export type ColumnKind = 'text' | 'number' | 'instant';
export type Column = { readonly id: string; readonly header: string; readonly kind: ColumnKind };

/** A value of a row. Instants are ISO 8601 UTC with milliseconds; a list holds names. */
export type CellValue = string | number | boolean | null | readonly string[];
/** What stands between the names of a list where a cell can only be one text: in CSV and in tables. */
export const listSeparator = '; ';
export type Row = Readonly<Record<string, CellValue>>;

/** `uncovered`: the archive has nothing of it; `partial`: the archive, a gap or the question cuts it; `running`: it is not over yet. */
export const bucketStates = ['complete', 'running', 'uncovered', 'partial'] as const;
export type BucketState = (typeof bucketStates)[number];

export type View<Shape extends z.ZodRawShape = z.ZodRawShape> = {
  readonly id: string;
  readonly title: string;
  /** How it counts, in words that stand on the screen and in the glossary. */
  readonly definition: string;
  /** A list has an exact total and keyset pages; a ranking or series is computed whole. */
  readonly kind: 'list' | 'ranking' | 'series';
  readonly params: readonly ParamSpec[];
  readonly columns: readonly Column[];
  readonly row: z.ZodObject<Shape>;
};

/** Declares a view; its columns must be keys of its row. */
export function defineView<Shape extends z.ZodRawShape>(
  view: Omit<View<Shape>, 'columns'> & { readonly columns: readonly (Column & { readonly id: keyof Shape & string })[] },
): View<Shape> {
  return view;
}
