/** Peer of the sync: a process of its own that takes a token, follows `Link`, parses each page and appends it to a synced file. */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { timed } from './measurement';
import type { StageRunner } from './stage-runner';

export type SimulatedServer = {
  readonly origin: string; readonly domain: string; readonly audienceDomain: string; readonly clientId: string; readonly clientSecret: string;
  /** Of all events it serves. */
  readonly digest: string;
};
export type SyncJob = { readonly server: SimulatedServer; readonly count: number; readonly path: string; readonly stages: StageRunner };

/** From the start of the process to its end, as the product's command line is measured. */
export const plainFetchLoop = {
  name: 'plain fetch loop',
  run: ({ server, count, path, stages }: SyncJob): Promise<number> => timed(() => stages.run('plain-fetch', { server, count, path })),
};

async function tokenOf({ origin, audienceDomain, clientId, clientSecret }: SimulatedServer): Promise<string> {
  const body = JSON.stringify({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, audience: `https://${audienceDomain}/api/v2/` });
  const reply = await fetch(`${origin}/oauth/token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return ((await reply.json()) as { readonly access_token: string }).access_token;
}

const startOfLog = '0'.repeat(56);

/** Runs inside the process. @throws Error when it does not come by every event */
export async function fetchAll({ server, count, path }: Omit<SyncJob, 'stages'>): Promise<null> {
  const headers = { authorization: `Bearer ${await tokenOf(server)}` };
  const file = openSync(path, 'w');
  let url = `${server.origin}/api/v2/logs?from=${startOfLog}&take=100`;
  let read = 0;
  for (;;) {
    const reply = await fetch(url, { headers });
    const body = Buffer.from(await reply.arrayBuffer());
    const page = JSON.parse(body.toString('utf8')) as readonly unknown[];
    if (page.length === 0) break;
    writeSync(file, body);
    fdatasyncSync(file);
    read += page.length;
    url = /<([^>]+)>; rel="next"/.exec(reply.headers.get('link') ?? '')?.[1] ?? '';
  }
  closeSync(file);
  if (read !== count) throw new Error(`the plain loop read ${String(read)} events`);
  return null;
}
