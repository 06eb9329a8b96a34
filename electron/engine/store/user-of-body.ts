/** Whose a body is that was set aside, so that it goes when its user is forgotten. */
import { isJsonObject } from '../json/json-object';
import { text } from './bytes';

/** The `user_id` of a JSON object or of the `data` of its envelope; null where there is none. */
export function userOfBody(bytes: Uint8Array): string | null {
  const body = parsed(bytes);
  if (!isJsonObject(body)) return null;
  const inner = isJsonObject(body.data) ? body.data.user_id : null;
  const userId = body.user_id ?? inner;
  return typeof userId === 'string' || typeof userId === 'number' ? String(userId) : null;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(text(bytes));
  } catch {
    return null;
  }
}
