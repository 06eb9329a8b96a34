/** A client of the simulator as simple as can be, for the simulator's own tests. */
import { request } from 'node:http';
import type { Simulator } from './index';

export type PlainReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly json: () => unknown;
};

export type LogJson = Readonly<Record<string, unknown>> & { readonly log_id: string };

async function read(response: Response): Promise<PlainReply> {
  const text = await response.text();
  return { status: response.status, headers: Object.fromEntries(response.headers), text, json: () => JSON.parse(text) as unknown };
}

export async function askToken(simulator: Simulator, changes: Readonly<Record<string, unknown>> = {}): Promise<PlainReply> {
  const body = {
    grant_type: 'client_credentials', client_id: simulator.clientId, client_secret: simulator.clientSecret,
    audience: `https://${simulator.audienceDomain}/api/v2/`, ...changes,
  };
  return read(await fetch(`${simulator.origin}/oauth/token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }));
}

export async function tokenFor(simulator: Simulator): Promise<string> {
  const reply = await askToken(simulator);
  return (reply.json() as { access_token: string }).access_token;
}

export type Get = (path: string) => Promise<PlainReply>;

/** GETs below /api/v2 with a token taken now. */
export async function connect(simulator: Simulator): Promise<Get> {
  const token = await tokenFor(simulator);
  return async path => read(await fetch(`${simulator.origin}/api/v2${path}`, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' }));
}

export const logsOf = (reply: PlainReply): readonly LogJson[] => reply.json() as readonly LogJson[];
export const idsOf = (reply: PlainReply): readonly string[] => logsOf(reply).map(log => log.log_id);

export const startOfLog = '0'.repeat(56);

/** Follows `Link` from a log id until an empty page. */
export async function walk(get: Get, from: string = startOfLog, take = 100): Promise<readonly LogJson[]> {
  const logs: LogJson[] = [];
  let path = `/logs?from=${from}&take=${take}`;
  for (;;) {
    const reply = await get(path);
    const page = logsOf(reply);
    if (page.length === 0) return logs;
    logs.push(...page);
    const { pathname, search } = new URL(/<([^>]+)>; rel="next"/.exec(reply.headers['link'] ?? '')?.[1] ?? '');
    path = pathname.slice('/api/v2'.length) + search;
  }
}

export type RawReply = { readonly status: number; readonly bytes: number; readonly end: 'complete' | 'aborted' | 'timeout' };

/** What arrives on the wire, however it ends; gives up after `idleMs` of silence. */
export function rawGet(simulator: Simulator, path: string, token: string, idleMs: number): Promise<RawReply> {
  return new Promise(resolve => {
    let bytes = 0;
    let status = 0;
    const done = (end: RawReply['end']): void => {
      call.destroy();
      resolve({ status, bytes, end });
    };
    const call = request(`${simulator.origin}/api/v2${path}`, { headers: { authorization: `Bearer ${token}` }, timeout: idleMs, agent: false }, response => {
      status = response.statusCode ?? 0;
      response.on('data', (chunk: Buffer) => { bytes += chunk.length; });
      response.on('end', () => done(response.complete ? 'complete' : 'aborted'));
      response.on('error', () => done('aborted'));
    });
    call.on('timeout', () => done('timeout'));
    call.on('error', () => done('aborted'));
    call.end();
  });
}
