/** Names what went wrong with a request of Chromium's network stack, in words that can be shown. */
import { HttpFault, type HttpFaultKind } from '../auth0/ports';
import { AddressNotPublic } from '../node/public-address';

const known: Readonly<Record<string, readonly [HttpFaultKind, string]>> = {
  NAME_NOT_RESOLVED: ['unreachable', 'the name is not known'],
  DNS_TIMED_OUT: ['unreachable', 'the name server does not answer'],
  INTERNET_DISCONNECTED: ['unreachable', 'there is no network'],
  NETWORK_CHANGED: ['unreachable', 'the network changed'],
  NETWORK_IO_SUSPENDED: ['unreachable', 'the computer went to sleep'],
  CONNECTION_REFUSED: ['unreachable', 'nothing listens there'],
  ADDRESS_UNREACHABLE: ['unreachable', 'there is no route'],
  PROXY_CONNECTION_FAILED: ['unreachable', 'the proxy does not answer'],
  TUNNEL_CONNECTION_FAILED: ['unreachable', 'the proxy gives no way through'],
  PROXY_AUTH_REQUESTED: ['blocked', 'the proxy asks for a sign-in'],
  PROXY_AUTH_UNSUPPORTED: ['blocked', 'the proxy asks for a sign-in'],
  PROXY_AUTH_REQUESTED_WITH_NO_CONNECTION: ['blocked', 'the proxy asks for a sign-in'],
  PROXY_CERTIFICATE_INVALID: ['tls', 'the certificate of the proxy is not accepted'],
  CONNECTION_TIMED_OUT: ['timeout', 'no connection in time'],
  TIMED_OUT: ['timeout', 'no answer in time'],
  CONNECTION_RESET: ['reset', 'the connection was cut'],
  CONNECTION_CLOSED: ['reset', 'the connection was cut'],
  CONNECTION_ABORTED: ['reset', 'the connection was cut'],
  CONNECTION_FAILED: ['unreachable', 'no connection could be made'],
  SOCKET_NOT_CONNECTED: ['reset', 'the connection was cut'],
  EMPTY_RESPONSE: ['reset', 'the connection was cut'],
  CONTENT_LENGTH_MISMATCH: ['reset', 'the answer was cut short'],
  INCOMPLETE_CHUNKED_ENCODING: ['reset', 'the answer was cut short'],
  INVALID_CHUNKED_ENCODING: ['reset', 'the answer is not HTTP'],
  INVALID_HTTP_RESPONSE: ['reset', 'the answer is not HTTP'],
  INVALID_RESPONSE: ['reset', 'the answer is not HTTP'],
  HTTP2_PROTOCOL_ERROR: ['reset', 'the answer is not HTTP'],
  HTTP2_PING_FAILED: ['timeout', 'the answer stopped'],
  QUIC_PROTOCOL_ERROR: ['reset', 'the answer is not HTTP'],
  RESPONSE_HEADERS_TOO_BIG: ['reset', 'the head of the answer is too large'],
  RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH: ['reset', 'the answer is not HTTP'],
  CONTENT_DECODING_FAILED: ['reset', 'the answer cannot be unpacked'],
  ABORTED: ['reset', 'the request was ended'],
  NETWORK_ACCESS_DENIED: ['blocked', 'this computer does not let Tenantscope into the network'],
};

const certificate = /^(?:CERT_|CERTIFICATE_|SSL_|BAD_SSL_|ECH_)/;
const refused = /^BLOCKED_BY_/;

/** The fault for an error of `net`, whose message is `net::ERR_` and a name; anything else is only said to have failed. */
export function netFaultOf(error: unknown): HttpFault {
  if (error instanceof HttpFault) return error;
  if (error instanceof AddressNotPublic) return new HttpFault('blocked', 'its address is not on the public internet');
  const name = error instanceof Error ? (/net::ERR_([A-Z0-9_]{1,60})/.exec(error.message)?.[1] ?? '') : '';
  const entry = Object.hasOwn(known, name) ? known[name] : undefined;
  if (entry !== undefined) return new HttpFault(...entry);
  if (certificate.test(name)) return new HttpFault('tls', `its certificate or encryption is not accepted: ${name}`);
  if (refused.test(name)) return new HttpFault('blocked', name);
  return new HttpFault('unreachable', name === '' ? 'the request could not be made' : name);
}
