/** Takes out of a text what could be a secret or somebody's data, whatever let it come this far. */

/** Broad on purpose: too much taken out costs nothing, since nothing of the kind belongs into a log. Order matters. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]*(?:\.[\w-]*){0,4}/g, '[token]'],
  [/\b(?:bearer|basic)\s+\S+/gi, '[authorization]'],
  [/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '[url]'],
  [/[^\s"'<>()[\],;:]+@[^\s"'<>()[\],;:]+/g, '[address]'],
  [/\b[\w-]+\|[^\s"']+/g, '[user]'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '[ip]'],
  [/(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|[0-9a-f:]*::[0-9a-f:.]*/gi, '[ip]'],
  [/[A-Za-z0-9+/_=-]{32,}/g, '[secret]'],
];

export function scrub(text: string): string {
  return patterns.reduce((left, [pattern, instead]) => left.replace(pattern, instead), text);
}
