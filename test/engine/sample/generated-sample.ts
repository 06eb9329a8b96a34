/** The usual sample of a fixed day, generated and parsed once for the tests that look into it. */
import { sampleEvents, sampleStories } from '../../../electron/engine/sample';
import type { SampleStory, SampleStoryId } from '../../../electron/engine/sample';

export type Json = { readonly [key: string]: unknown };
export type ParsedEvent = Json & {
  readonly log_id: string; readonly date: string; readonly type: string; readonly description?: string | null;
  readonly user_id?: string; readonly user_name?: string; readonly ip?: string; readonly client_id?: string; readonly audience?: string;
  readonly connection?: string; readonly connection_id?: string; readonly strategy?: string; readonly organization_id?: string;
  readonly location_info?: { readonly country_code: string; readonly time_zone: string };
  readonly details?: Json & { readonly error?: unknown; readonly request?: { readonly method: string; readonly path: string; readonly body: Json } };
};

/** A Saturday, so that the last days hold a whole working week. */
export const now = Date.parse('2026-11-21T15:00:00Z');
export const options = { now } as const;

export const events = sampleEvents(options);
export const parsed: readonly ParsedEvent[] = events.map(event => JSON.parse(event.json) as ParsedEvent);

export function storyOf(id: SampleStoryId): SampleStory {
  const story = sampleStories(options).find(candidate => candidate.id === id);
  if (story === undefined) throw new Error(`The sample does not tell ${id}.`);
  return story;
}

/** What a story's `subject` names. */
export const valueOf = (story: SampleStory): string => story.subject.slice(story.subject.indexOf(':') + 1);

/** Events by their own date, `[from, to)`. */
export const between = (from: number, to: number): readonly ParsedEvent[] =>
  parsed.filter(event => Date.parse(event.date) >= from && Date.parse(event.date) < to);

/** Calls `look` with every text of a value and the key it stands under. */
export function eachText(value: unknown, look: (text: string, key: string) => void, key = ''): void {
  if (typeof value === 'string') look(value, key);
  else if (Array.isArray(value)) for (const item of value) eachText(item, look, key);
  else if (typeof value === 'object' && value !== null) for (const [name, item] of Object.entries(value)) eachText(item, look, name);
}
