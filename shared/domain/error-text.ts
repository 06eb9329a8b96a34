/** What went wrong in a log event, in one text, from its details. */

/** Longer texts are not told apart: they carry ids and times, and each would be a kind of error of its own. */
const longest = 500;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Auth0 gives `error` as a text, or as an object with a message, a code, or both. Null where there is none. */
export function errorText(details: unknown): string | null {
  const error = isRecord(details) ? details['error'] : undefined;
  const given = isRecord(error) ? [error['message'], error['oauthError'], error['type']] : [error];
  const text = given.find(value => typeof value === 'string' && value.trim() !== '');
  return typeof text === 'string' ? text.slice(0, longest) : null;
}
