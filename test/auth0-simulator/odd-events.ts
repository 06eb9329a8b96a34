/** Log events of shapes that Auth0 is known to send and that a client easily trips over. */
import type { EpochMs, LogId } from '../../shared/domain/ids';
import type { SimulatedEvent } from './event-log';

const uncompressedAddress = '2001:0db8:9702:ee80:0000:1f55:0000:0001';
const hugeScopes = Array.from({ length: 4000 }, (_, index) => `read:thing_number_${index}`);

/** One shape each; `log_id`, its two copies and `date` are added. */
const shapes: readonly Readonly<Record<string, unknown>>[] = [
  { type: 'type_of_next_year', description: 'A type that no catalogue has', user_id: 'auth0|odd-1' },
  { type: 's', user_id: 'auth0|odd-2', user_name: 'no-description@example.com' },
  { type: 's', description: null, user_id: 'auth0|odd-2', connection: '', connection_id: '' },
  { type: 's', description: '', user_id: 'auth0|odd-2', details: { riskAssessment: null, prompts: [{ identity: 12345, elapsedTime: null }], stats: { loginsCount: null } } },
  { type: 'seacft', description: 'Scope as text', scope: 'openid profile email', audience: 'https://api.example.com' },
  { type: 'seacft', description: 'Scope as a list', scope: ['openid', 'profile'], auth0_client: ['auth0.js', '9.28.0'] },
  { type: 'fn', description: 'An error that is a text', details: { error: 'Unable to send the message' } },
  { type: 'fs', description: 'An error that is an object', details: { description: { code: 'invalid_password', rules: [] }, error: { message: 'Password is too weak', oauthError: 'invalid_request', type: 'oauth' } } },
  { type: 'fu', description: 'Uncompressed IPv6', ip: uncompressedAddress, user_name: '=HYPERLINK("https://example.com")' },
  { type: 'fp', description: 'A name full of marks', user_name: '<img src=x onerror=alert(1)> \u202e\u0007"\',;\n\t', ip: '2001:db8::7' },
  { type: 'sapi', description: 'Huge details', details: { request: { method: 'post', path: '/api/v2/client-grants', body: { scope: hugeScopes } }, response: { statusCode: 201 } } },
  { type: 'limit_wc', description: 'Letters of many scripts', user_name: 'żółw@example.com', connection: '日本語', client_name: '🐢 Απλή' },
  { type: 'seccft', description: 'Machine to machine', user_id: '', user_name: null, isMobile: false, audience: 'https://api.example.com', client_ip: null },
];

const width = 56;

/** Log ids start at this instant, a second apart, and `date` is 2.5 s earlier; the last two happen in reverse of their ids. */
export function oddEvents(at: EpochMs): readonly SimulatedEvent[] {
  return shapes.map((shape, index) => {
    const ingestedAt = at + index * 1000;
    const occurredAt = ingestedAt - (index === shapes.length - 1 ? 5300 : 2500);
    const logId: LogId = `900${new Date(ingestedAt).toISOString().replace(/\D/g, '')}000`.padEnd(width - 4, '0') + String(index).padStart(4, '0');
    const event = { date: new Date(occurredAt).toISOString(), ...shape, log_id: logId, _id: logId, id: logId, isMobile: false };
    return { logId, json: JSON.stringify(event) };
  });
}
