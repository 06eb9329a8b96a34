/** One spelling for each network address. */

/** Longest IPv6 address in text, an IPv4 address at its end included. */
const longestIpv6 = 45;
const hexGroup = /^[0-9a-f]{1,4}$/;
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/**
 * The same text for all spellings of an address: IPv6 as RFC 5952 writes it (lower case, no leading zeros, the first longest run of
 * zero groups left out) and without zone id, IPv4 mapped into IPv6 as IPv4. Anything else, attackers' text included, comes
 * back as it is but for white space around it.
 */
export function canonicalAddress(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.includes(':')) return trimmed;
  const zoneAt = trimmed.indexOf('%');
  const address = zoneAt === -1 ? trimmed : trimmed.slice(0, zoneAt);
  const groups = address.length > longestIpv6 ? null : readGroups(address.toLowerCase());
  if (groups === null) return trimmed;
  const mapped = groups.slice(0, 5).every(group => group === 0) && groups[5] === 0xffff;
  return mapped ? groups.slice(6).flatMap(group => [group >> 8, group & 0xff]).join('.') : writeGroups(groups);
}

/** The eight groups of an IPv6 address in lower case; null when it is none. */
function readGroups(address: string): readonly number[] | null {
  const [head = '', tail, more] = withoutDots(address).split('::');
  if (more !== undefined) return null;
  const left = readPart(head);
  const right = readPart(tail ?? '');
  if (left === null || right === null) return null;
  const missing = 8 - left.length - right.length;
  if (tail === undefined) return missing === 0 ? left : null;
  return missing < 1 ? null : [...left, ...new Array<number>(missing).fill(0), ...right];
}

/** Turns the IPv4 address that may stand at the end into two groups. */
function withoutDots(address: string): string {
  const last = address.slice(address.lastIndexOf(':') + 1);
  if (!ipv4.test(last)) return address;
  const [a = 0, b = 0, c = 0, d = 0] = last.split('.').map(Number);
  return address.slice(0, -last.length) + `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function readPart(part: string): readonly number[] | null {
  const groups = part === '' ? [] : part.split(':');
  return groups.every(group => hexGroup.test(group)) ? groups.map(group => Number.parseInt(group, 16)) : null;
}

function writeGroups(groups: readonly number[]): string {
  let start = 0;
  let length = 1;
  for (let from = 0; from < groups.length; from += 1) {
    let to = from;
    while (groups[to] === 0) to += 1;
    if (to - from > length) [start, length] = [from, to - from];
  }
  const hex = groups.map(group => group.toString(16));
  return length === 1 ? hex.join(':') : `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}
