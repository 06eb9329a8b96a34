/** The peers: other ways to do the same work, measured in turns with the product so that their ratio holds on a busy machine. */
import type { Allowance, Measurement, Unit } from './measurement';
import { perSecond, repeated } from './measurement';
import type { IngestJob } from './plain-append';
import { plainAppend } from './plain-append';
import type { PeerPackages } from './peer-packages';
import type { SyncJob } from './plain-fetch-loop';
import { plainFetchLoop } from './plain-fetch-loop';
import { sqliteInsert } from './sqlite-insert';

/** `run` does the work once and gives its milliseconds, preparation left out. */
export type Peer<Job> = { readonly name: string; readonly run: (job: Job) => Promise<number> };

export const ingestPeers = (packages: PeerPackages): readonly Peer<IngestJob>[] => [plainAppend, ...sqliteInsert(packages)];
export const syncPeers: readonly Peer<SyncJob>[] = [plainFetchLoop];

export type Contest<Job> = {
  readonly id: string;
  readonly what: string;
  readonly unit: Extract<Unit, 'events/s' | 'rows/s'>;
  /** Events or rows of one run. */
  readonly count: number;
  readonly allowance: Allowance;
  /** Milliseconds of one run of the product. */
  readonly product: (turn: number) => Promise<number>;
  readonly peers: readonly Peer<Job>[];
  readonly job: Job;
};

/** Rates of the product and of each peer, and the ratios within each turn; above 1 the product is faster. */
export async function compete<Job>({ id, what, unit, count, allowance, product, peers, job }: Contest<Job>): Promise<readonly Measurement[]> {
  const times = peers.map((): number[] => []);
  const own = await repeated(allowance, async turn => {
    const ms = await product(turn);
    for (const [index, peer] of peers.entries()) times[index]?.push(await peer.run(job));
    return ms;
  });
  const rate = perSecond(count);
  const against = peers.flatMap(({ name }, index): readonly Measurement[] => {
    const theirs = times[index] ?? [];
    const key = name.replaceAll(' ', '-');
    return [
      { id: `${id}.peer.${key}`, what: `  peer: ${name}`, unit, samples: theirs.map(rate) },
      { id: `${id}.ratio.${key}`, what: '    times as fast as this peer', unit: '×', samples: theirs.map((ms, turn) => ms / (own[turn] ?? Number.NaN)) },
    ];
  });
  return [{ id, what, unit, samples: own.map(rate) }, ...against];
}
