/** Names what went wrong with a request in words that can be shown: never an address, a URL or a header. */
import { HttpFault, type HttpFaultKind } from '../auth0/ports';
import { AddressNotPublic } from './public-address';

const known: Readonly<Record<string, readonly [HttpFaultKind, string]>> = {
  ENOTFOUND: ['unreachable', 'the name is not known'],
  EAI_AGAIN: ['unreachable', 'the name server does not answer'],
  ECONNREFUSED: ['unreachable', 'nothing listens there'],
  EHOSTUNREACH: ['unreachable', 'there is no route'],
  ENETUNREACH: ['unreachable', 'there is no network'],
  ETIMEDOUT: ['timeout', 'no connection in time'],
  UND_ERR_CONNECT_TIMEOUT: ['timeout', 'no connection in time'],
  UND_ERR_HEADERS_TIMEOUT: ['timeout', 'no answer in time'],
  UND_ERR_BODY_TIMEOUT: ['timeout', 'the answer stopped'],
  ECONNRESET: ['reset', 'the connection was cut'],
  ECONNABORTED: ['reset', 'the connection was cut'],
  EPIPE: ['reset', 'the connection was cut'],
  UND_ERR_SOCKET: ['reset', 'the connection was cut'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['reset', 'the answer was cut short'],
  UND_ERR_HEADERS_OVERFLOW: ['reset', 'the head of the answer is too large'],
};

const certificateCode = /^(?:ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_|INVALID_|PATH_LENGTH_|UND_ERR_PRX_TLS|EPROTO)/;

/** The error and what caused it, the innermost last; an aggregate counts as its first error. */
function causes(error: unknown): readonly Error[] {
  const list: Error[] = [];
  for (let next = error; next instanceof Error && list.length < 8; ) {
    list.push(next);
    next = next instanceof AggregateError ? next.errors[0] : next.cause;
  }
  return list;
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** A proxy that refuses the tunnel tells why only by its status. */
function proxyFault(chain: readonly Error[]): HttpFault | null {
  const status = chain.map(({ message }) => /^Proxy (?:response \(|Authentication Required \()(\d{3})\)/.exec(message)?.[1]).find((found) => found !== undefined);
  if (status === undefined) return null;
  return status === '407' ? new HttpFault('blocked', 'the proxy asks for a sign-in') : new HttpFault('unreachable', `the proxy answered ${status}`);
}

/** The fault for an error of undici, a socket, TLS or a name server. */
export function faultOf(error: unknown): HttpFault {
  if (error instanceof HttpFault) return error;
  const chain = causes(error);
  if (chain.some((one) => one instanceof AddressNotPublic)) return new HttpFault('blocked', 'its address is not on the public internet');
  const proxy = proxyFault(chain);
  if (proxy !== null) return proxy;
  const codes = chain.map(codeOf).filter((code) => code !== '');
  const certificate = codes.find((code) => certificateCode.test(code));
  if (certificate !== undefined) return new HttpFault('tls', `its certificate or encryption is not accepted: ${certificate}`);
  const entry = codes.map((code) => known[code]).find((found) => found !== undefined);
  if (entry !== undefined) return new HttpFault(...entry);
  if (chain.some(({ name }) => name === 'HTTPParserError')) return new HttpFault('reset', 'the answer is not HTTP');
  return new HttpFault('unreachable', codes[0] !== undefined && /^[A-Z_]{1,60}$/.test(codes[0]) ? codes[0] : 'the request could not be made');
}
