import { describe, expect, it } from 'vitest';
import type { OperationName } from '../../shared/contract';
import { placeFiles } from '../../electron/node/file-places';
import type { Placed } from '../../electron/node/file-places';
import type { HostKind, Transfers } from '../../electron/node/host';
import { suggestedName } from '../../electron/node/suggested-name';

const noTransfers: Transfers = {
  uploadSize: () => null, readUpload: () => Promise.resolve(null), writeDownload: () => Promise.resolve(), endDownload: () => Promise.resolve(),
  chooseSave: name => Promise.resolve(`/chosen/${name}`),
};
const now = (): number => Date.UTC(2026, 10, 21, 23, 59);
const place = (kind: HostKind, name: OperationName, input: unknown, chooseSave = noTransfers.chooseSave): Promise<Placed> =>
  placeFiles({ kind, transfers: { ...noTransfers, chooseSave }, now }, { name, input, signal: new AbortController().signal });

const exportTo = (out: string): object => ({ tenant: 'acme.eu.auth0.com', view: 'audit-timeline', format: 'csv', out });
const invalid = expect.objectContaining({ code: 'operation.input-invalid' }) as unknown;

describe('on the command line', () => {
  it.each(['choose', 'download:a', '/tmp/x.csv', 'relative.csv'])('%s is just a path', async out => {
    expect(await place('cli', 'view.export', exportTo(out))).toEqual({ input: exportTo(out), transferIds: [] });
  });
});

describe('in a browser', () => {
  it('names its transfers', async () => {
    expect((await place('loopback', 'view.export', exportTo('download:a_B-9'))).transferIds).toEqual(['a_B-9']);
    expect((await place('loopback', 'archive.import', { tenant: 'x', files: ['upload:1', 'upload:2'] })).transferIds).toEqual(['1', '2']);
    expect((await place('loopback', 'archive.restore', { file: 'upload:1' })).transferIds).toEqual(['1']);
  });

  it.each(['choose', '/tmp/x.csv', 'x.csv', '-', 'upload:a', 'download:', 'download:../a', 'download:a/b', 'download:a\n', `download:${'a'.repeat(65)}`, ''])('cannot write to %j', async out => {
    await expect(place('loopback', 'view.export', exportTo(out))).rejects.toEqual(invalid);
    await expect(place('loopback', 'archive.backup', { out })).rejects.toEqual(invalid);
    await expect(place('loopback', 'support.save', { out, files: ['app.json'] })).rejects.toEqual(invalid);
  });

  it.each(['/etc/passwd', 'x.jsonl', '-', 'download:a', 'upload:', 'upload:..', 'UPLOAD:a', 'choose', ' upload:a'])('cannot read %j', async file => {
    await expect(place('loopback', 'archive.import', { tenant: 'x', files: ['upload:1', file] })).rejects.toEqual(invalid);
    await expect(place('loopback', 'archive.restore', { file })).rejects.toEqual(invalid);
  });
});

describe('in a window', () => {
  it('asks the user where a file goes and offers a name', async () => {
    expect((await place('desktop', 'view.export', exportTo('choose'))).input).toMatchObject({ out: '/chosen/acme.eu.auth0.com-audit-timeline-2026-11-21.csv' });
  });

  it('stops when the user changes their mind', async () => {
    await expect(place('desktop', 'view.export', exportTo('choose'), () => Promise.resolve(null))).rejects.toMatchObject({ code: 'operation.cancelled' });
  });

  it.each(['/tmp/x.csv', 'x.csv', 'download:a', '-', '', 'Choose'])('cannot write to %j', async out => {
    await expect(place('desktop', 'view.export', exportTo(out))).rejects.toEqual(invalid);
    await expect(place('desktop', 'archive.backup', { out })).rejects.toEqual(invalid);
  });

  it('reads files by their whole path only', async () => {
    expect((await place('desktop', 'archive.import', { tenant: 'x', files: ['/home/a.jsonl'] })).transferIds).toEqual([]);
    for (const file of ['-', 'a.jsonl', '../a', 'upload:a', '']) await expect(place('desktop', 'archive.import', { tenant: 'x', files: [file] }), file).rejects.toEqual(invalid);
  });

  it('stops waiting for the user when the call is cancelled', async () => {
    const controller = new AbortController();
    const placing = placeFiles({ kind: 'desktop', transfers: { ...noTransfers, chooseSave: () => new Promise(() => undefined) }, now }, { name: 'archive.backup', input: { out: 'choose' }, signal: controller.signal });
    controller.abort();
    await expect(placing).rejects.toMatchObject({ code: 'operation.cancelled' });
  });

  it('passes an input that does not fit on, to be refused where all are', async () => {
    expect(await place('desktop', 'view.export', { out: 5 })).toEqual({ input: { out: 5 }, transferIds: [] });
  });
});

describe('an offered name', () => {
  it.each([
    ['archive.backup', {}, 'tenantscope-backup-2026-11-21.tenantscope'],
    ['support.save', {}, 'tenantscope-support-2026-11-21.txt'],
    ['view.export', { tenant: 'acme.eu.auth0.com', view: 'facets', format: 'jsonl' }, 'acme.eu.auth0.com-facets-2026-11-21.jsonl'],
    ['view.export', { tenant: '../../etc/pa\u202Esswd', view: '..', format: 'constructor' }, 'etc-pa-sswd-2026-11-21.txt'],
    ['view.export', { tenant: '名前', view: 'x'.repeat(200), format: 'csv-exact' }, `${'x'.repeat(80)}-2026-11-21.csv`],
  ] as const)('of %s with %j is plain', (name, input, expected) => {
    expect(suggestedName(name, input, now())).toBe(expected);
  });
});
