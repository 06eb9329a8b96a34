/** A data folder of two tenants in memory, and the judgment of what is left of it when its files were damaged, swapped or put back. */
import { createHash } from 'node:crypto';
import type { Gap } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { Auth0Port } from '../../electron/engine/ports';
import { frameHeaderBytes, openFrame, readFrameHeader } from '../../electron/engine/store/frame';
import { viewOf } from '../../electron/engine/store/bytes';
import { createCompression } from '../../electron/node/compression';
import { createCrypto } from '../../electron/node/crypto';
import type { Vault } from '../../electron/vault';
import { acme, memoryDisk, vaultOn } from '../vault/memory-vault';
import type { DiskContent } from './crash-state';
import type { FakeLog } from './fake-log';
import { contentDigestOfEvents, faultEvents, smallPages } from './fault-world';
import type { RawEvent } from './log-event';
import type { RecordingFiles } from './recording-files';
import { recordingFiles } from './recording-files';
import type { TestEngine } from './test-engine';
import { openSql, testEngine } from './test-engine';

export const hit = 'acme.eu.auth0.com';
export const other = 'other.eu.auth0.com';
export const pathOf = (tenant: string, file: string): string => `tenants/t-${tenant}/${file}`;
export const segmentPath = (number: number): string => pathOf(hit, `journal/${String(number).padStart(8, '0')}.tsj`);
export const headPath = pathOf(hit, 'journal/head');

const sharedSql = openSql();
const pageEvents = 10;
const eventsOf: Readonly<Record<string, readonly RawEvent[]>> = { [hit]: faultEvents(120), [other]: faultEvents(30, 5_000) };

type Folder = { readonly engine: TestEngine; readonly vault: Vault; readonly recording: RecordingFiles; readonly logs: Readonly<Record<string, FakeLog>> };

function openFolder(content: DiskContent): Folder {
  const disk = memoryDisk();
  disk.files.makeFolder('');
  for (const [path, bytes] of content) {
    disk.files.makeFolder(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    if (path.endsWith('.json')) disk.content.set(path, bytes.slice());
  }
  const vault = vaultOn(disk);
  const recording = recordingFiles(content);
  const logs = Object.fromEntries(Object.entries(eventsOf).map(([tenant, events]) => [tenant, smallPages(events, pageEvents)]));
  const keys = { dataKey: vault.dataKey, createDataKey: vault.createDataKey, tenants: () => Promise.resolve(vault.tenants().map(({ tenant }) => tenant)) };
  const auth0: Auth0Port = { logs: (tenant, request, signal) => logs[tenant]!.logs(tenant, request, signal) };
  return { engine: testEngine({ root: 'never made', auth0, ports: { archiveFiles: recording.files, keys, openSql: () => sharedSql } }), vault, recording, logs };
}

const connectionOf = (tenant: string, secret: string) => ({ ...acme, tenant, domain: tenant, audienceDomain: tenant, clientSecret: secret });

export type Frame = { readonly path: string; readonly offset: number; readonly length: number; readonly logIds: readonly string[] };
/** `older`: the same folder after the first of its syncs, and before its secret changed. */
export type WholeFolder = { readonly content: DiskContent; readonly older: DiskContent; readonly frames: readonly Frame[] };

async function withVaultFiles(journal: DiskContent, secret: string, before: DiskContent | null): Promise<DiskContent> {
  const disk = memoryDisk();
  disk.files.makeFolder('');
  for (const [path, bytes] of before ?? []) {
    disk.files.makeFolder(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    if (path.endsWith('.json')) disk.content.set(path, bytes);
  }
  const vault = vaultOn(disk);
  await vault.saveConnection(connectionOf(hit, secret));
  await vault.saveConnection(connectionOf(other, 'another-secret-for-tests'));
  return new Map([...journal, ...disk.content]);
}

/** The tenant that is hit has two segments, as a sync to the disk failed in between. */
export async function wholeFolder(): Promise<WholeFolder> {
  const empty = await withVaultFiles(new Map(), 'the-first-secret-for-tests', null);
  const { engine, recording, logs } = openFolder(empty);
  logs[hit]!.events = eventsOf[hit]!.slice(0, 55);
  await engine.call('tenant.sync', { tenant: hit });
  await engine.call('tenant.sync', { tenant: other });
  const older = recording.content();
  logs[hit]!.events = [...eventsOf[hit]!];
  recording.strike = op => (op.kind === 'sync' ? { failure: new Failure('archive.unwritable', { problem: 'EIO' }), written: 0 } : null);
  await engine.call('tenant.sync', { tenant: hit }).catch(() => undefined);
  recording.strike = null;
  await engine.call('tenant.sync', { tenant: hit });
  await engine.close();
  const content = await withVaultFiles(recording.content(), 'the-second-secret-for-tests', empty);
  return { content, older, frames: await framesOf(content) };
}

async function framesOf(content: DiskContent): Promise<readonly Frame[]> {
  const key = await openFolder(content).vault.dataKey(hit);
  const context = { tenant: hit, key: key!, crypto: createCrypto(), compression: createCompression() };
  const frames: Frame[] = [];
  for (const [path, bytes] of content) {
    if (!path.startsWith(pathOf(hit, 'journal/')) || !path.endsWith('.tsj')) continue;
    for (let offset = 64; offset < bytes.length;) {
      const header = readFrameHeader(bytes.subarray(offset, offset + frameHeaderBytes));
      if (header === null) throw new Error('a whole folder has whole frames');
      const length = frameHeaderBytes + header.sealedBytes;
      const opened = openFrame(context, bytes.slice(offset, offset + length));
      frames.push({ path, offset, length, logIds: opened!.events.map(event => (JSON.parse(Buffer.from(event.bytes).toString()) as RawEvent).log_id) });
      offset += length;
    }
  }
  return frames;
}

type Told = { readonly kind: 'error'; readonly code: string } | { readonly kind: 'status'; readonly contentDigest: string; readonly gaps: readonly Gap[]; readonly logIds: readonly string[] };

async function ask({ engine }: Folder, tenant: string): Promise<Told> {
  try {
    const [status] = (await engine.call('archive.status', { tenant })).tenants;
    const { rows } = await engine.call('view.read', { tenant, view: 'audit-timeline', size: 500 });
    return { kind: 'status', contentDigest: status!.contentDigest, gaps: status!.gaps, logIds: rows.map(row => String(row['logId'])) };
  } catch (error) {
    if (error instanceof Failure) return { kind: 'error', code: error.code };
    throw error;
  }
}

/** What damage is allowed to cost: the log ids that may be missing, and whether an error may stand for an answer. */
export type Allowed = { readonly mayMiss: ReadonlySet<string>; readonly mayFail: 'vault' | 'nothing'; readonly mayBeOlder?: true };

function wrongBefore(told: Told, allowed: Allowed, events: readonly RawEvent[]): string | null {
  if (told.kind === 'error') return allowed.mayFail === 'vault' && told.code.startsWith('vault.') ? null : `it ends with ${told.code}`;
  const isWhole = told.contentDigest === contentDigestOfEvents(events);
  if (isWhole) return told.gaps.length === 0 ? null : `nothing is lost, and there are gaps: ${JSON.stringify(told.gaps)}`;
  const kept = new Set(told.logIds);
  const lost = events.filter(event => !kept.has(event.log_id));
  const beyond = lost.find(event => !allowed.mayMiss.has(event.log_id));
  if (beyond !== undefined) return `${beyond.log_id} is lost, which the damage did not hit`;
  if (told.contentDigest !== contentDigestOfEvents(events.filter(event => kept.has(event.log_id)))) return 'an event reads otherwise than it was stored';
  if (allowed.mayBeOlder === true) return null;
  return told.gaps.some(gap => gap.cause === 'damage') ? null : `${String(lost.length)} events are lost in silence`;
}

/** What is wrong with a damaged folder before and after the next sync; null when nothing is. */
export async function wrongAfterDamage(content: DiskContent, allowed: Allowed): Promise<string | null> {
  const folder = openFolder(content);
  try {
    const [events, others] = [eventsOf[hit]!, eventsOf[other]!];
    const before = await ask(folder, hit);
    const problem = wrongBefore(before, allowed, events) ?? wrongBefore(await ask(folder, other), { mayMiss: new Set(), mayFail: isOfVault(before) ? 'vault' : 'nothing' }, others);
    if (problem !== null) return problem;
    const secret = await folder.vault.connection(hit).then(found => found?.clientSecret ?? 'none', (error: unknown) => (error instanceof Failure ? error.code : String(error)));
    if (!secret.startsWith('vault.') && secret !== 'the-second-secret-for-tests' && !(allowed.mayBeOlder === true && secret === 'the-first-secret-for-tests')) return `the connection is told as ${secret}`;
    if (before.kind === 'error') return folder.recording.ops.length === 0 ? null : 'something was written';
    await folder.engine.call('tenant.sync', { tenant: hit });
    return wrongBefore(await ask(folder, hit), { mayMiss: new Set(), mayFail: 'nothing' }, events) ?? await wrongWhenOpenedAgain(folder, content);
  } catch (error) {
    return `it ends with ${error instanceof Failure ? error.code : String(error)}`;
  } finally {
    await folder.engine.close();
  }
}

const isOfVault = (told: Told): boolean => told.kind === 'error' && told.code.startsWith('vault.');

async function wrongWhenOpenedAgain(folder: Folder, damaged: DiskContent): Promise<string | null> {
  await folder.engine.close();
  const again = openFolder(new Map([...damaged, ...folder.recording.content()]));
  const problem = wrongBefore(await ask(again, hit), { mayMiss: new Set(), mayFail: 'nothing' }, eventsOf[hit]!);
  await again.engine.close();
  return problem === null ? null : `healed, then opened again: ${problem}`;
}

/** The log ids of the frames that overlap a part of a file. */
export const idsWithin = ({ frames }: WholeFolder, path: string, from: number, to: number): ReadonlySet<string> =>
  new Set(frames.filter(frame => frame.path === path && frame.offset < to && frame.offset + frame.length > from).flatMap(frame => frame.logIds));

export const withFile = (content: DiskContent, path: string, bytes: Uint8Array | null): DiskContent => {
  const changed = new Map(content);
  if (bytes === null) changed.delete(path);
  else changed.set(path, bytes);
  return changed;
};

export function withBitFlipped(content: DiskContent, path: string, bit: number): DiskContent {
  const bytes = content.get(path)!.slice();
  viewOf(bytes).setUint8(bit >> 3, bytes[bit >> 3]! ^ (1 << (bit & 7)));
  return withFile(content, path, bytes);
}

/** Bytes that mean nothing, the same at every run. */
export const garbage = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => createHash('sha256').update(String(index >> 5)).digest()[index & 31]!);
