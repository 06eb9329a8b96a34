/** Archives large enough for a snapshot, and all that can be told of one, so that two starts can be compared. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { idColumnNames } from '../../../electron/engine/columns/columns';
import type { Ports } from '../../../electron/engine/ports';
import { Archive } from '../../../electron/engine/store/archive';
import type { Batch, Incoming } from '../../../electron/engine/store/batch';
import { createNormalizer } from '../../../electron/engine/sync/normalize-log-event';
import { fakeLog } from '../../builders/fake-log';
import { logEvent, logEvents } from '../../builders/log-event';
import type { RawEvent } from '../../builders/log-event';
import type { Random } from '../../builders/seeded-random';
import type { TestEngine } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

export const tenant = 'acme.eu.auth0.com';
export const key = new Uint8Array(32).fill(7);
export const tenantFolder = (root: string, name = tenant): string => join(root, 'data', 'tenants', `t-${name}`);
export const snapshotsIn = (root: string): readonly string[] => readdirSync(tenantFolder(root)).filter(name => name.startsWith('snapshot')).sort();

const normalize = createNormalizer();

export function incoming(event: RawEvent): Incoming {
  const bytes = new TextEncoder().encode(JSON.stringify(event));
  const read = normalize(bytes, null);
  if (read.kind === 'rejected') throw new Error(read.reason);
  return { bytes, envelopeLogId: null, event: read.value };
}

export const batchOf = (events: readonly RawEvent[], more: Partial<Batch> = {}): Batch =>
  ({ source: 'api', events: events.map(incoming), setAside: [], checkpoint: null, gap: null, ...more });

/** Opens as the folder's writer. */
export async function openWriter(ports: Ports): Promise<Archive> {
  const archive = await Archive.open(ports, tenant, key);
  await archive.checkSeals();
  await archive.becomeWriter();
  return archive;
}

/** Counts the frames that are unpacked: a start from a snapshot unpacks those behind it only. */
export function countingPorts(ports: Ports): { readonly ports: Ports; readonly unpacked: () => number } {
  let count = 0;
  const decompress: Ports['compression']['decompress'] = (bytes, limit) => {
    count += 1;
    return ports.compression.decompress(bytes, limit);
  };
  return { ports: { ...ports, compression: { ...ports.compression, decompress } }, unpacked: () => count };
}

const oneOf = <Item>(random: Random, items: readonly Item[]): Item => items[random.below(items.length)] as Item;

const agents = ['Chrome 114.0.0 / Windows 10.0.0', 'Mobile Safari 16.0 / iOS 16.0', null, 'Häßlich 😀'];

/** An event with anything that the archive keeps apart: odd ids, late dates, ids that are names elsewhere, missing fields. */
export function oddEvent(random: Random, number: number): RawEvent {
  const event = logEvent(number, {
    date: new Date(Date.UTC(2026, 5, 1) + number * 60_000 - (random.chance(0.2) ? random.below(10_000_000) : 0)).toISOString(),
    type: oneOf(random, ['s', 'f', 'fp', 'limit_wc', 'seccft', 'not_yet_known', 'ss']),
    user_id: oneOf(random, ['auth0|1', 'auth0|2', 'waad|ÄÖ', null]), user_agent: oneOf(random, agents), isMobile: oneOf(random, [true, false, undefined]),
    organization_id: oneOf(random, [undefined, 'org_1', 'org_2']), organization_name: oneOf(random, [undefined, 'Acme', 'acme']),
    connection_id: oneOf(random, [undefined, 'con_1']), connection: oneOf(random, ['Username-Password-Authentication', 'saml']),
    ip: oneOf(random, ['203.0.113.7', '2001:db8::1', '2001:DB8:0::1', 'no address']), audience: oneOf(random, [undefined, 'https://api.example.com']),
    description: oneOf(random, ['Successful login', '', 'É\u0000\ud83d']),
  });
  return random.chance(0.02) ? { ...event, log_id: `odd-${String(number)}` } : event;
}

/** Appends and commits events with revisions, duplicates, gaps, checkpoints and bodies that are set aside among them. */
export function appendOdd(archive: Archive, random: Random, numbers: { readonly from: number; readonly to: number }): void {
  for (let from = numbers.from; from < numbers.to; from += 100) {
    const events = Array.from({ length: Math.min(100, numbers.to - from) }, (_none, index) => oddEvent(random, from + index));
    const again = random.chance(0.3) && from > numbers.from ? [{ ...logEvent(from - 1 - random.below(50)), description: `another ${String(random.below(3))}` }] : [];
    const [last] = events.slice(-1);
    archive.append(batchOf([...events, ...again], {
      source: oneOf(random, ['api', 'import']),
      setAside: random.chance(0.1) ? [{ reason: 'it has no date', bytes: new TextEncoder().encode(`{"n":${String(random.below(5))}}`) }] : [],
      checkpoint: random.chance(0.5) && last !== undefined ? last.log_id : null,
      gap: random.chance(0.03) ? { from: '2026-06-01T00:00:00.000Z', to: `2026-06-0${String(1 + random.below(8))}T00:00:00.000Z`, cause: 'retention' } : null,
    }));
    if (random.chance(0.4)) archive.commit();
  }
  archive.commit();
}

const plainTables = ['log_event', 'revision', 'd_type', 'd_user', 'd_user_name', 'd_connection', 'd_strategy', 'd_organization', 'd_application', 'd_address', 'd_user_agent', 'd_hostname', 'd_description', 'd_country', 'd_audience', 'd_error'];

/** All that an archive holds and tells, bodies included, one text a part: thousands of small values are slow to compare. */
export async function contentOf(archive: Archive): Promise<Readonly<Record<string, string>>> {
  const bodies: string[] = [];
  await archive.eachEvent((seq, bytes) => { bodies.push(`${String(seq)} ${Buffer.from(bytes).toString('latin1')}`); });
  const logIds: string[] = [];
  for (const slice of archive.rows.sortedLogIds()) logIds.push(...slice.map(([logId, seq]) => `${logId} ${String(seq)}`));
  const { rows } = archive;
  const content = {
    bodies, logIds, gaps: archive.gaps, unhealed: archive.unhealed, lost: archive.lostEvents, checkpoint: archive.checkpoint, coveredUntil: archive.coveredUntil,
    setAside: archive.setAsideCount, identity: archive.identity, count: rows.count, lastSeq: rows.lastSeq, revisions: rows.revisions, odd: rows.hasOddLogIds,
    tables: plainTables.map(table => rows.all({ text: `SELECT * FROM ${table} ORDER BY rowid`, values: [] })),
    dictionaries: rows.dictionaries.save(),
    seq: [...rows.columns.seq], occurredAt: [...rows.columns.occurredAt], spans: [0, 1, 2].map(block => rows.columns.spanOf(block)),
    ids: idColumnNames.map(name => [...rows.columns.ids(name).subarray(0, rows.columns.length)]),
  };
  const plain = (_key: string, value: unknown): unknown => (value instanceof Uint8Array ? [...value] : value);
  return Object.fromEntries(Object.entries(content).map(([name, part]) => [name, JSON.stringify(part, plain)]));
}

/** Archives on the disk that go away with the test. */
export function snapshotWorld() {
  const open: TestEngine[] = [];
  const make = (options: Parameters<typeof testEngine>[0] = {}): TestEngine => {
    const engine = testEngine({ tenants: [tenant], ...options });
    open.push(engine);
    return engine;
  };
  return {
    make,
    end: async () => { for (const engine of open.splice(0)) await engine.end(); },
    /** A synced archive, closed; of more than 5,000 events it leaves a snapshot. */
    synced: async (count = enough): Promise<TestEngine> => {
      const engine = make({ auth0: fakeLog(logEvents(count)) });
      await engine.call('tenant.sync', { tenant });
      await engine.close();
      return engine;
    },
    /** Syncs on, to so many events in all. */
    syncMore: async (engine: TestEngine, count: number): Promise<void> => {
      const next = engine.another(fakeLog(logEvents(count)));
      await next.call('tenant.sync', { tenant });
      await next.close();
    },
    /** What another process finds. */
    statusNow: async (engine: TestEngine) => {
      const next = engine.another();
      try {
        return (await next.call('archive.status', { tenant })).tenants[0]!;
      } finally {
        await next.close();
      }
    },
  };
}

/** Fifty-one frames of a page each, and enough for a snapshot. */
export const enough = 5_100;

/** How an archive starts, without and with the help of its snapshots, and the frames that either reads. */
export async function bothStarts({ ports }: TestEngine) {
  const opened = async (start: 'replay' | 'all-intact') => {
    const counting = countingPorts(ports);
    const archive = await Archive.open(counting.ports, tenant, key, start);
    const unpacked = counting.unpacked();
    const content = await contentOf(archive);
    archive.close();
    return { content, unpacked };
  };
  const [replayed, started] = [await opened('replay'), await opened('all-intact')];
  return { replayed: replayed.content, started: started.content, unpacked: started.unpacked, frames: replayed.unpacked };
}

/** Flips a bit inside the nth frame of the first segment. */
export function damageFrame({ root }: TestEngine, nth: number): void {
  const file = join(tenantFolder(root), 'journal', '00000001.tsj');
  const bytes = readFileSync(file);
  let at = bytes.indexOf('TSJF');
  for (let frame = 0; frame < nth; frame += 1) at = bytes.indexOf('TSJF', at + 1);
  bytes.writeUInt8(bytes.readUInt8(at + 80) ^ 4, at + 80);
  writeFileSync(file, bytes);
}
