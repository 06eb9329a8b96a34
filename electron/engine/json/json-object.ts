/** Looks at parsed JSON that strangers wrote as an object of unknown values. */

export type JsonObject = { readonly [key: string]: unknown };

/** True for an object that is neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
