import { beforeAll, describe, expect, it } from 'vitest';
import type { DiskContent } from '../builders/crash-state';
import type { Allowed, WholeFolder } from '../builders/damaged-folder';
import { garbage, headPath, hit, idsWithin, other, pathOf, segmentPath, wholeFolder, withFile, wrongAfterDamage } from '../builders/damaged-folder';

let whole: WholeFolder;
beforeAll(async () => { whole = await wholeFolder(); });

const fileOf = (content: DiskContent, path: string): Uint8Array => content.get(path)!;
const put = (path: string, bytes: Uint8Array | null): DiskContent => withFile(whole.content, path, bytes);
const costsNothing: Allowed = { mayMiss: new Set(), mayFail: 'nothing' };
const costs = (...paths: readonly string[]): Allowed => ({ mayMiss: new Set(paths.flatMap(path => [...idsWithin(whole, path, 0, Number.POSITIVE_INFINITY)])), mayFail: 'nothing' });
const first = segmentPath(1);
const last = segmentPath(2);

type Case = { readonly what: string; readonly disk: () => DiskContent; readonly allowed: () => Allowed };

const swapped: readonly Case[] = [
  { what: 'two segments in each other\'s place', disk: () => withFile(put(first, fileOf(whole.content, last)), last, fileOf(whole.content, first)), allowed: () => costsNothing },
  { what: 'a segment of another tenant in place of the first', disk: () => put(first, fileOf(whole.content, pathOf(other, 'journal/00000001.tsj'))), allowed: () => costs(first) },
  { what: 'a segment of another tenant in place of the last', disk: () => put(last, fileOf(whole.content, pathOf(other, 'journal/00000001.tsj'))), allowed: () => costs(last) },
  { what: 'a segment of another tenant beside its own', disk: () => put(segmentPath(3), fileOf(whole.content, pathOf(other, 'journal/00000001.tsj'))), allowed: () => costsNothing },
  { what: 'the first segment in place of the last', disk: () => put(last, fileOf(whole.content, first)), allowed: () => costs(last) },
  { what: 'a copy of a segment beside it', disk: () => put(segmentPath(3), fileOf(whole.content, first)), allowed: () => costsNothing },
  { what: 'a copy that a synchronised folder made', disk: () => put(pathOf(hit, 'journal/00000001 (1).tsj'), fileOf(whole.content, first)), allowed: () => costsNothing },
  { what: 'the head of another tenant', disk: () => put(headPath, fileOf(whole.content, pathOf(other, 'journal/head'))), allowed: () => costsNothing },
  { what: 'the keys of another tenant', disk: () => put(pathOf(hit, 'tenant.json'), fileOf(whole.content, pathOf(other, 'tenant.json'))), allowed: () => ({ ...costsNothing, mayFail: 'vault' }) },
];

const putBack: readonly Case[] = [
  { what: 'an older head', disk: () => put(headPath, fileOf(whole.older, headPath)), allowed: () => costsNothing },
  { what: 'an older segment', disk: () => put(last, fileOf(whole.content, last).slice(0, fileOf(whole.content, last).length - 700)), allowed: () => costs(last) },
  { what: 'an older head and no segment that came later', disk: () => withFile(put(headPath, fileOf(whole.older, headPath)), last, null), allowed: () => ({ ...costs(last), mayBeOlder: true }) },
  { what: 'older keys, from before the client secret changed', disk: () => put(pathOf(hit, 'tenant.json'), fileOf(whole.older, pathOf(hit, 'tenant.json'))), allowed: () => ({ ...costsNothing, mayBeOlder: true }) },
  { what: 'the whole folder as it was', disk: () => whole.older, allowed: () => ({ ...costs(first, last), mayBeOlder: true }) },
];

const replaced: readonly Case[] = [
  { what: 'no head', disk: () => put(headPath, null), allowed: () => costsNothing },
  { what: 'an empty head', disk: () => put(headPath, new Uint8Array(0)), allowed: () => costsNothing },
  { what: 'half a head', disk: () => put(headPath, fileOf(whole.content, headPath).slice(0, 100)), allowed: () => costsNothing },
  { what: 'a head of zeros', disk: () => put(headPath, new Uint8Array(256)), allowed: () => costsNothing },
  { what: 'no first segment', disk: () => put(first, null), allowed: () => costs(first) },
  { what: 'no last segment', disk: () => put(last, null), allowed: () => costs(last) },
  { what: 'an empty first segment', disk: () => put(first, new Uint8Array(0)), allowed: () => costs(first) },
  { what: 'an empty last segment', disk: () => put(last, new Uint8Array(0)), allowed: () => costs(last) },
  { what: 'a first segment of zeros', disk: () => put(first, new Uint8Array(fileOf(whole.content, first).length)), allowed: () => costs(first) },
  { what: 'a last segment of zeros', disk: () => put(last, new Uint8Array(fileOf(whole.content, last).length)), allowed: () => costs(last) },
  { what: 'a last segment of garbage', disk: () => put(last, garbage(4_000)), allowed: () => costs(last) },
  { what: 'garbage under the name of a further segment', disk: () => put(segmentPath(3), garbage(4_000)), allowed: () => costsNothing },
  { what: 'a stray file', disk: () => put(pathOf(hit, 'journal/00000002.tsj.partial'), garbage(500)), allowed: () => costsNothing },
  { what: 'no keys of a tenant', disk: () => put(pathOf(hit, 'tenant.json'), new Uint8Array(0)), allowed: () => ({ ...costsNothing, mayFail: 'vault' }) },
];

describe.each([{ title: 'files in the place of others', cases: swapped }, { title: 'old files put back', cases: putBack }, { title: 'files that are gone or worthless', cases: replaced }])('$title', ({ cases }) => {
  it.each(cases)('($what) cost nothing in silence and nothing that is intact, and a sync makes the archive whole', async ({ disk, allowed }) => {
    expect(await wrongAfterDamage(disk(), allowed())).toBeNull();
  });
});
