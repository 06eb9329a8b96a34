/** What a reference for a view is: one SQL statement, and how its rows stand to those of the view. */
import type { Extra, Question } from './questions';

/** A statement's columns are those of the view that its definition fixes; a cell `*` may be anything. */
export type Reference = {
  readonly view: string;
  readonly sql: string;
  /** The buckets of the question; also the one up to whose end it reaches where it names none. */
  readonly grain: (question: Question) => Question['grain'];
  readonly extra: (question: Question, base: number) => Extra;
  /** Null: rows come in the order of the statement. Else the largest first, apart for each value of `within`, and `limit` cuts. */
  readonly ranking: { readonly largest: string; readonly within: string | null; readonly limit: 'given' | 'ten' | 'none' } | null;
  /** Buckets that are needed behind the last one of the question. */
  readonly followed?: (question: Question) => number;
};

export const byDay = (): 'day' => 'day';
export const byGrain = ({ grain }: Question): Question['grain'] => grain;
export const byPeriod = ({ period }: Question): Question['grain'] => period;
