import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../shared/contract';
import { transfersIn } from '../../electron/loopback/calls';
import { createDownloads } from '../../electron/loopback/downloads';
import type { Downloads } from '../../electron/loopback/downloads';
import { asciiName } from '../../electron/loopback/sink';
import { createUploads } from '../../electron/loopback/uploads';
import type { Uploads } from '../../electron/loopback/uploads';
import { answerOf, runningServer } from './running-server';
import type { RunningOptions, RunningServer } from './running-server';

const open: { end: () => unknown }[] = [];
afterEach(async () => { for (const thing of open.splice(0).reverse()) await thing.end(); });
async function running(options?: RunningOptions): Promise<RunningServer> {
  const made = await runningServer(options);
  open.push(made);
  return made;
}
const sha256 = (...parts: readonly Uint8Array[]): string => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const done: Reply = { ok: true, value: null };

async function readAll(uploads: Uploads, id: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const bytes = await uploads.read(id);
    if (bytes === null) return Buffer.concat(chunks);
    chunks.push(bytes);
  }
}
const uploadRequest = (server: RunningServer, id: string, size: number | null): ClientRequest => {
  const request = server.begin({ method: 'POST', path: `/upload?id=${id}`, headers: { 'content-type': 'application/octet-stream', ...(size === null ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(size) }) } });
  request.on('error', () => undefined);
  return request;
};

describe('an upload', () => {
  it.each([0, 1, 65_536, 5_000_000])('of %i bytes arrives whole, whoever comes first', async size => {
    const server = await running();
    const bytes = randomBytes(size);
    for (const id of ['engine-first', 'browser-first']) {
      const early = id === 'engine-first' ? readAll(server.uploads, id) : null;
      const request = uploadRequest(server, id, size);
      const answered = answerOf(request);
      request.end(bytes);
      if (early === null) await pause(10);
      expect(sha256(await (early ?? readAll(server.uploads, id)))).toBe(sha256(bytes));
      expect(await answered).toMatchObject({ status: 200, body: JSON.stringify({ id }) });
    }
  });

  it('tells its size when the browser announced one', async () => {
    const server = await running();
    uploadRequest(server, 'sized', 3).end('abc');
    uploadRequest(server, 'chunked', null).end('abc');
    await pause(20);
    expect(['sized', 'chunked', 'unknown'].map(server.uploads.size)).toEqual([3, null, null]);
    await readAll(server.uploads, 'sized');
    await readAll(server.uploads, 'chunked');
  });

  it('waits in the browser while the engine does not read', async () => {
    const server = await running({ uploads: createUploads({ beginMs: 1_000, pullMs: 5_000 }) });
    const request = uploadRequest(server, 'held', null);
    const answered = answerOf(request);
    let accepted = 0;
    const chunk = Buffer.alloc(262_144, 1);
    const writing = (async () => {
      for (let sent = 0; sent < 160; sent += 1) {
        if (!request.write(chunk)) await once(request, 'drain');
        accepted += chunk.length;
      }
      request.end();
    })();
    await server.uploads.read('held');
    await pause(200);
    const whileHeld = accepted;
    // What lies between are the buffers of the system, not of the host.
    expect(whileHeld).toBeLessThan(160 * chunk.length);
    await readAll(server.uploads, 'held');
    await writing;
    expect((await answered).status).toBe(200);
  });

  it('fails with a catalogue error when the browser never sends it, leaves in the middle, or nobody wants it', async () => {
    const server = await running();
    await expect(server.uploads.read('never')).rejects.toMatchObject({ code: 'import.unreadable', details: { file: 'upload:never' } });

    const leaving = uploadRequest(server, 'leaving', 1_000_000);
    leaving.write(Buffer.alloc(1_000));
    expect((await server.uploads.read('leaving'))?.length).toBe(1_000);
    const next = server.uploads.read('leaving');
    leaving.destroy();
    await expect(next).rejects.toMatchObject({ code: 'import.unreadable' });
    await expect(server.uploads.read('leaving')).rejects.toMatchObject({ code: 'import.unreadable' });

    const unwanted = uploadRequest(server, 'unwanted', 3);
    const answered = answerOf(unwanted);
    unwanted.end('abc');
    expect((await answered).status).toBe(202);
    await expect(server.uploads.read('unwanted')).rejects.toMatchObject({ code: 'import.unreadable' });
  });

  it('is used once, and ends with the call that named it', async () => {
    const server: RunningServer = await running({ handle: async message => {
      await server.uploads.read((message as { id: string }).id);
      return done;
    } });
    const first = uploadRequest(server, 'once', 3);
    const answered = answerOf(first);
    first.end('abc');
    expect((await server.call({ id: 'once', name: 'archive.import', input: { tenant: 'x', files: ['upload:once'] } })).status).toBe(200);
    // The engine read one chunk and not the end: what remains is not waited for.
    expect((await answered).status).toBe(202);
    const second = uploadRequest(server, 'once', 3);
    const refused = answerOf(second);
    second.end('abc');
    expect((await refused).status).toBe(202);
    await expect(server.uploads.read('once')).rejects.toMatchObject({ code: 'import.unreadable' });
  });
});

describe('a download', () => {
  const fetching = async (server: RunningServer, id: string, name = ''): Promise<IncomingMessage> => {
    const request = server.begin({ path: `/download/${id}?name=${encodeURIComponent(name)}` });
    request.on('error', () => undefined);
    request.end();
    const [response] = await once(request, 'response') as [IncomingMessage];
    response.on('error', () => undefined);
    return response;
  };
  async function writeAll(downloads: Downloads, id: string, parts: readonly Uint8Array[]): Promise<void> {
    for (const part of parts) await downloads.write(id, part);
    await downloads.end(id, 'done');
  }

  it.each(['browser', 'engine'])('arrives whole under its name, the %s first', async first => {
    const server = await running();
    const parts = [randomBytes(10), randomBytes(3_000_000), randomBytes(1)];
    const writing = first === 'engine' ? writeAll(server.downloads, 'd', parts) : null;
    await pause(10);
    const answering = server.ask({ path: '/download/d?name=audit%20%C3%A4%22%0d%0a.csv' });
    await pause(10);
    await (writing ?? writeAll(server.downloads, 'd', parts));
    const { status, headers } = await answering;
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-disposition': 'attachment; filename="audit _.csv"', 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  });

  it('has the very bytes, an empty one too', async () => {
    const server = await running();
    const parts = [randomBytes(70_000), randomBytes(700_000)];
    const response = fetching(server, 'bytes');
    await writeAll(server.downloads, 'bytes', parts);
    const received: Buffer[] = [];
    for await (const chunk of await response) received.push(chunk as Buffer);
    expect(sha256(...received)).toBe(sha256(...parts));
    const empty = server.ask({ path: '/download/empty' });
    await server.downloads.end('empty', 'done');
    expect(await empty).toMatchObject({ status: 200, body: '' });
  });

  it('goes as fast as the browser takes it', async () => {
    const server = await running();
    const response = fetching(server, 'slow');
    const part = Buffer.alloc(1_048_576, 1);
    let written = 0;
    const writing = (async () => {
      for (; written < 40; written += 1) await server.downloads.write('slow', part);
      await server.downloads.end('slow', 'done');
    })();
    (await response).pause();
    await pause(200);
    expect(written).toBeLessThan(40);
    let received = 0;
    for await (const chunk of await response) received += (chunk as Buffer).length;
    await writing;
    expect(received).toBe(40 * part.length);
  });

  it('fails with a catalogue error when the browser never comes or goes away', async () => {
    const server = await running();
    await expect(server.downloads.write('never', Buffer.from('x'))).rejects.toMatchObject({ code: 'export.unwritable' });
    const response = fetching(server, 'leaving');
    await server.downloads.write('leaving', Buffer.from('x'));
    (await response).destroy();
    const more = async (): Promise<void> => { for (;;) await server.downloads.write('leaving', Buffer.alloc(1_000_000)); };
    await expect(more()).rejects.toMatchObject({ code: 'export.unwritable' });
    await server.downloads.end('leaving', 'aborted');
  });

  it('is cut when the export fails, so that the browser knows that it is not whole', async () => {
    const server = await running();
    const response = fetching(server, 'failing');
    await server.downloads.write('failing', Buffer.from('half'));
    const closed = (async () => (await response).toArray())();
    await server.downloads.end('failing', 'aborted');
    await expect(closed).rejects.toThrow();
  });

  it('is there only for the call that writes it, for as long as that runs, and once', async () => {
    const server: RunningServer = await running({ downloads: createDownloads(100), handle: async () => {
      await pause(400);
      await writeAll(server.downloads, 'mine', [Buffer.from('late')]);
      return done;
    } });
    expect((await server.ask({ path: '/download/nobody' })).status).toBe(404);
    const fetched = server.ask({ path: '/download/mine' });
    const called = server.call({ id: 'a', name: 'view.export', input: { out: 'download:mine' } });
    expect(await fetched).toMatchObject({ status: 200, body: 'late' });
    await called;
    expect((await server.ask({ path: '/download/mine' })).status).toBe(404);
  });

  it('ends at once when its call fails before there is anything', async () => {
    const server = await running({ handle: () => pause(30, { ok: true, value: null } as const), downloads: createDownloads(60_000) });
    const fetched = server.ask({ path: '/download/failed' });
    await server.call({ id: 'a', name: 'view.export', input: { out: 'download:failed' } });
    expect((await fetched).status).toBe(404);
  });
});

describe('names', () => {
  it('of files are ASCII, never empty, and break out of no header', () => {
    expect(['', '...', '.bashrc', 'a/b\\c.csv', 'x'.repeat(300)].map(asciiName)).toEqual(['tenantscope-export', 'tenantscope-export', 'bashrc', 'a_b_c.csv', 'x'.repeat(120)]);
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), name => {
      expect(asciiName(name)).toMatch(/^[A-Za-z0-9_-](?:[A-Za-z0-9._ -]{0,119})$/);
    }), { seed: 21, numRuns: 1_000 });
  });

  it('of transfers are found wherever an operation takes files, in whatever a message holds', () => {
    expect(transfersIn({ input: { files: ['upload:a', 'upload:b', '/etc/passwd', 7] } })).toEqual({ uploads: ['a', 'b'], downloads: [] });
    expect(transfersIn({ input: { file: 'upload:c', out: 'download:d' } })).toEqual({ uploads: ['c'], downloads: ['d'] });
    fc.assert(fc.property(fc.anything(), fc.anything(), (message, input) => {
      expect(() => [transfersIn(message), transfersIn({ input })]).not.toThrow();
    }), { seed: 22, numRuns: 1_000 });
  });
});
