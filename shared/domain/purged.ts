/** How the stretch is told that the retention chosen by a person took: among the gaps, by a cause of its own, and not as one of them. */

export const purgedCause = 'purged by policy';
