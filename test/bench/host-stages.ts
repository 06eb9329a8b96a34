/** The stages that measure the whole host: vault and Auth0 on the main thread, the engine in its worker. */
import { createRequire } from 'node:module';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { EnginePaths, Host } from '../../electron/node/host';
import { openHost } from '../../electron/node/open-host';
import { Failure } from '../../shared/errors';
import { views } from '../../shared/views/index';
import { simulatedNow } from '../auth0-simulator/options';
import { delayDuring, delayMeasurements } from './loop-delay';
import type { Delay } from './loop-delay';
import type { Allowance, Measurement } from './measurement';
import { megabytes, repeated, timed } from './measurement';
import type { SimulatedServer } from './plain-fetch-loop';
import { listed } from './reader';
import { tiles } from './tiles';

const passphrase = 'a passphrase for the benchmark';
const require = createRequire(import.meta.url);

/** The worker is bundled beside the stages. */
const engine: EnginePaths = {
  workerPath: join(import.meta.dirname, 'worker.js'), wasmPath: require.resolve('sql.js/dist/sql-wasm.wasm'), licensesPath: '',
  countriesPath: require.resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'),
};

type Place = { readonly folder: string; readonly server: SimulatedServer };

const dataDirOf = (folder: string): string => join(folder, 'host-data');
const open = (folder: string): Promise<Host> => openHost({ dataDir: dataDirOf(folder), now: simulatedNow, passphrase: () => Promise.resolve(passphrase), engine });
const rss = (): number => megabytes(process.memoryUsage.rss());

/** A first sync over HTTP with a token of its own; leaves the data folder, with its snapshot, to the stages that follow. */
export async function hostSync({ folder, server, count }: Place & { readonly count: number }): Promise<readonly Measurement[]> {
  rmSync(dataDirOf(folder), { recursive: true, force: true });
  const host = await open(folder);
  await host.call('vault.setUp', { passphrase });
  await host.call('tenant.connect', { domain: server.domain, clientId: server.clientId, clientSecret: server.clientSecret, apiOrigin: server.origin });
  let stored = 0;
  const delay = await delayDuring(async () => { ({ stored } = await host.call('tenant.sync', { tenant: server.domain })); });
  if (stored !== count) throw new Error(`the host stored ${String(stored)} of ${String(count)} events`);
  const closing = await timed(() => host.close());
  return [
    ...delayMeasurements('sync', 'sync over HTTP', [delay]),
    { id: 'close.first', what: 'close after the sync, snapshot written', unit: 'ms', samples: [closing] },
  ];
}

const snapshotName = /^snapshot/;

function removeSnapshots(folder: string): void {
  const tenants = join(dataDirOf(folder), 'tenants');
  for (const tenant of readdirSync(tenants)) {
    for (const name of readdirSync(join(tenants, tenant)).filter(found => snapshotName.test(found))) rmSync(join(tenants, tenant, name), { recursive: true });
  }
}

const hasSnapshot = (folder: string): boolean => {
  const tenants = join(dataDirOf(folder), 'tenants');
  return readdirSync(tenants).some(tenant => readdirSync(join(tenants, tenant)).some(name => snapshotName.test(name)));
};

const firstPage = (host: Host, tenant: string): Promise<unknown> => host.call('view.read', { tenant, view: 'audit-timeline', params: {}, size: 100 });

/** From opening the host to its first page, its key derivation left out. `replay`: without the snapshots, which are removed for good. */
export async function hostStart({ folder, server, way }: Place & { readonly way: 'replay' | 'snapshot' }): Promise<readonly Measurement[]> {
  if (way === 'replay') removeSnapshots(folder);
  if (way === 'snapshot' && !hasSnapshot(folder)) return [];
  let host: Host | null = null;
  const opening = await timed(async () => { host = await open(folder); });
  const opened = host as unknown as Host;
  const derivation = await timed(() => opened.call('vault.unlock', { passphrase }));
  let worker = 0;
  let first = 0;
  const delay = await delayDuring(async () => {
    worker = await timed(() => opened.call('view.list', {}));
    first = await timed(() => firstPage(opened, server.domain));
  });
  const memory = rss();
  const closing = await timed(() => opened.close());
  const what = way === 'replay' ? 'without a snapshot' : 'from the snapshot';
  return [
    { id: `start.${way}`, what: `encrypted start to first page, ${what}`, unit: 'ms', samples: [opening + worker + first] },
    { id: 'start-worker', what: '  of that, the start of the worker', unit: 'ms', samples: [worker] },
    { id: 'derivation', what: 'key derivation, beside the start', unit: 'ms', samples: [derivation] },
    { id: `memory.start.${way}`, what: `memory after the first page, ${what}`, unit: 'MB', samples: [memory] },
    { id: `close.${way}`, what: `close after a start ${what}`, unit: 'ms', samples: [closing] },
    ...delayMeasurements(`start.${way}`, `start ${what}`, [delay]),
  ];
}

const rounds = 3;
const idleMs = 300;

/** The work of three rounds, each with its own look at the delay. */
async function watched(work: () => Promise<unknown>): Promise<readonly Delay[]> {
  const delays: Delay[] = [];
  for (let round = 0; round < rounds; round += 1) delays.push(await delayDuring(work));
  return delays;
}

const builtTiles = tiles.filter(tile => views.some(({ id }) => id === tile.view));

/** Asks for pages, for every tile and for an export, one after the other. */
export async function hostRead({ folder, server }: Place): Promise<readonly Measurement[]> {
  const tenant = server.domain;
  const host = await open(folder);
  await firstPage(host, tenant);
  const { firstAt, lastAt } = await host.call('archive.span', { tenant });
  const span = { first: Date.parse(firstAt ?? ''), last: Date.parse(lastAt ?? '') };
  const out = join(folder, 'host-export.csv');
  // What the machine and its other work cost, whatever the product does.
  const idle = await watched(() => wait(idleMs));
  const pages = await watched(async () => {
    for (let page = 0; page < 50; page += 1) await firstPage(host, tenant);
  });
  const answers = await watched(async () => {
    for (const { view, params } of builtTiles) await host.call('view.read', { tenant, view, params: listed(params(span)), size: 5_000 });
  });
  const exports = await watched(async () => {
    rmSync(out, { force: true });
    await host.call('view.export', { tenant, view: 'audit-timeline', params: {}, format: 'csv', out });
  });
  rmSync(out);
  const cancels = await measureCancel(host, tenant);
  const memory = megabytes(process.resourceUsage().maxRSS * 1_024);
  await host.close();
  return [
    ...delayMeasurements('idle', 'nothing going on', idle).map(({ id, ...idleDelay }) => ({ id: id.replace('delay.', 'delay-'), ...idleDelay })),
    ...delayMeasurements('pages', '50 pages', pages), ...delayMeasurements('tiles', 'all tiles and grids', answers), ...delayMeasurements('export', 'export of all as csv', exports),
    cancels, { id: 'memory.host', what: 'memory of the host at its peak, after all questions', unit: 'MB', samples: [memory] },
  ];
}

const cancelRuns: Allowance = { atLeast: 5, atMost: 10, budgetMs: 5_000 };
const intoTheScanMs = 2;

/** From the wish to stop to the answer; questions that were faster than the wish do not count, unless all were. */
async function measureCancel(host: Host, tenant: string): Promise<Measurement> {
  const all = await repeated(cancelRuns, async () => {
    const controller = new AbortController();
    let askedAt = Number.NaN;
    setTimeout(() => {
      askedAt = performance.now();
      controller.abort();
    }, intoTheScanMs);
    try {
      await host.call('view.read', { tenant, view: 'cohorts', params: {}, size: 5_000 }, { signal: controller.signal });
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'operation.cancelled') throw error;
    }
    return performance.now() - askedAt;
  });
  const late = all.filter(ms => ms >= 0);
  return { id: 'cancel', what: 'cancel of a scan', unit: 'ms', samples: late.length === 0 ? [0] : late };
}
