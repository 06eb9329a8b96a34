/** Builds log events as Auth0's API sends them; a test names only what it is about. */

export type RawEvent = Record<string, unknown> & { readonly log_id: string; readonly date: string; readonly type: string };

const start = Date.UTC(2026, 5, 1);

/** A log id of 56 digits for an instant and a number that tells events of the same instant apart. */
export function logIdFor(at: number, number = 0): string {
  return `900${new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)}${String(at % 1_000).padStart(3, '0')}000${String(number).padStart(33, '0')}`;
}

/** The nth event of a quiet log: one a minute from 2026-06-01. */
export function logEvent(index: number, fields: Record<string, unknown> = {}): RawEvent {
  const at = start + index * 60_000;
  const logId = logIdFor(at + 2_000, index);
  return {
    date: new Date(at).toISOString(), type: 's', log_id: logId, _id: logId, isMobile: false,
    user_id: `auth0|${String(index % 7)}`, user_name: `user${String(index % 7)}@example.com`,
    connection: 'Username-Password-Authentication', connection_id: 'con_1', strategy: 'auth0',
    client_id: 'app_1', client_name: 'Portal', ip: '203.0.113.7', user_agent: 'Chrome 114.0.0 / Windows 10.0.0',
    description: 'Successful login', ...fields,
  };
}

export const logEvents = (count: number, from = 0): RawEvent[] => Array.from({ length: count }, (_, index) => logEvent(from + index));

export const toJsonLines = (events: readonly unknown[]): string => events.map(event => `${JSON.stringify(event)}\n`).join('');
