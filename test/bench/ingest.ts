/** The stage that measures durable, indexed ingest: the real engine in this process, fed with prepared pages. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { testEngine } from '../builders/test-engine';
import type { EventFile } from './event-file';
import { benchTenant, openEventFile } from './event-file';
import { measureInsert } from './insert';
import type { Measurement } from './measurement';
import { megabytes, timed } from './measurement';
import type { PeerPackages } from './peer-packages';
import { compete, ingestPeers } from './peers';
import { preparedLog } from './prepared-log';

/** The archive that stays for the stages that read. */
export const archiveFolder = (folder: string): string => join(folder, 'archive');

const allowance = { atLeast: 1, atMost: 5, budgetMs: 12_000 };

type Ingested = { readonly ms: number; readonly rss: number };

/** @throws Error when not every event was stored */
async function ingest(events: EventFile, root: string): Promise<Ingested> {
  const engine = testEngine({ root, tenants: [benchTenant], auth0: preparedLog(events) });
  let stored = 0;
  const ms = await timed(async () => { ({ stored } = await engine.call('tenant.sync', { tenant: benchTenant })); });
  const rss = process.memoryUsage.rss();
  await engine.close();
  if (stored !== events.count) throw new Error(`${String(stored)} of ${String(events.count)} events were stored`);
  return { ms, rss };
}

function bytesBelow(folder: string, counts: (name: string) => boolean): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && counts(entry.name)).reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

export async function measureIngest({ folder, peers }: { readonly folder: string; readonly peers: PeerPackages }): Promise<readonly Measurement[]> {
  const events = openEventFile(folder);
  const kept = archiveFolder(folder);
  const again = join(folder, 'archive-again');
  const memory: number[] = [];
  const rates = await compete({
    id: 'ingest', what: 'ingest, durable and indexed', unit: 'events/s', count: events.count, allowance, peers: ingestPeers(peers), job: { events, folder },
    product: async turn => {
      const { ms, rss } = await ingest(events, turn === 0 ? kept : again);
      rmSync(again, { recursive: true, force: true });
      if (turn === 0) memory.push(megabytes(rss));
      return ms;
    },
  });
  const inserts = await measureInsert(events, peers);
  events.close();
  const isSnapshot = (name: string): boolean => name.startsWith('snapshot');
  return [
    ...rates, ...inserts,
    { id: 'memory.ingest', what: 'memory after ingest', unit: 'MB', samples: memory },
    { id: 'disk', what: 'journal on disk', unit: 'B/event', samples: [bytesBelow(kept, name => !isSnapshot(name)) / events.count] },
    { id: 'disk.snapshots', what: 'snapshots on disk', unit: 'B/event', samples: [bytesBelow(kept, isSnapshot) / events.count] },
    { id: 'disk.raw', what: '  the same events as JSON', unit: 'B/event', samples: [events.bytes / events.count] },
  ];
}
