/** Remembers whether the grid had the focus when it went away with it. */

export type FocusMemory = { readonly last: () => 'grid' | 'elsewhere'; readonly note: (where: 'grid' | 'elsewhere') => void };

/** What is removed from the page with the focus is not told that it lost it: then `grid` stays. */
export function createFocusMemory(): FocusMemory {
  const memory: { where: 'grid' | 'elsewhere' } = { where: 'elsewhere' };
  return { last: () => memory.where, note: where => { memory.where = where; } };
}
