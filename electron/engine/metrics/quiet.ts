/** How long nobody must have been active for an organization or a connection to count as quiet. */

/** Before the end of the time range. */
export const quietMs = 30 * 86_400_000;
