/** The `Link` header of a page of the log, honest or hostile. */
import type { LogId } from '../../shared/domain/ids';
import type { Fault, LinkFault } from './faults';

export type LinkPage = { readonly origin: string; readonly from: LogId; readonly last: LogId; readonly take: number };

const defaultTarget = 'https://logs.example.net';

const next = (url: string): string => `<${url}>; rel="next"`;

function hostileLink(link: LinkFault, page: LinkPage, target: string): string | null {
  const search = `from=${page.last}&take=${page.take}`;
  const path = `/api/v2/logs?${search}`;
  const { host, hostname, port } = new URL(page.origin);
  const links: Readonly<Record<LinkFault, string | null>> = {
    'missing': null,
    'empty': '',
    'malformed': '<http//:::?from>; rel=next; <',
    'self': next(`${page.origin}/api/v2/logs?from=${page.from}&take=${page.take}`),
    'backwards': next(`${page.origin}/api/v2/logs?from=${'0'.repeat(page.from.length)}&take=${page.take}`),
    'other-host': next(target + path),
    'other-path': next(`${page.origin}/api/v2/users?${search}`),
    'other-scheme': next(`ftp://${host}${path}`),
    'other-port': next(`http://${hostname}:${Number(port) === 1 ? 2 : Number(port) - 1}${path}`),
    'userinfo': next(`http://somebody@${host}${path}`),
    'host-as-userinfo': next(`http://${host}@${new URL(target).host}${path}`),
    'relative': next(path),
    'several': `<${page.origin}/api/v2/logs?take=${page.take}>; rel="first", ${next(page.origin + path)}`,
  };
  return links[link];
}

/** On every page, the empty one included, where it names the request itself. */
export function linkHeader(page: LinkPage, fault: Fault | undefined): string | null {
  if (fault?.kind !== 'link') return next(`${page.origin}/api/v2/logs?from=${page.last}&take=${page.take}`);
  if (typeof fault.link !== 'string') return fault.link.text;
  return hostileLink(fault.link, page, fault.target ?? defaultTarget);
}
