/** Files the user names: imports in chunks that are the reader's own, exports that are whole or not there. */
import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUserFiles } from '../../electron/node/user-files';
import { builtModule } from './built-module';
import { temporaryFolder } from './temporary-folder';

const { openImport, createExport } = createUserFiles();
const failure = (code: string, details: object = {}) => expect.objectContaining({ code, details: expect.objectContaining(details) as unknown });
const text = (content: string): Uint8Array => new TextEncoder().encode(content);

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return all;
}

const openDescriptors = (path: string): number =>
  readdirSync('/proc/self/fd').filter(fd => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path;
    } catch {
      return false;
    }
  }).length;

const built = { folder: '', reader: '', writer: '' };

beforeAll(async () => {
  built.folder = mkdtempSync(join(tmpdir(), 'tenantscope-built-'));
  built.reader = await builtModule('test/node/import-reader.ts', built.folder);
  built.writer = await builtModule('test/node/export-writer.ts', built.folder);
});
afterAll(() => rmSync(built.folder, { recursive: true, force: true }));

describe('an import', () => {
  it('gives a file in chunks of at most 1 MiB, which later chunks do not change', async () => {
    const path = join(temporaryFolder(), 'events.jsonl');
    const content = randomBytes(2_500_000);
    writeFileSync(path, content);
    const source = openImport(path);
    const chunks = await collect(source.chunks);
    expect(source.size).toBe(2_500_000);
    expect(chunks.map(chunk => chunk.length)).toEqual([1_048_576, 1_048_576, 402_848]);
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
    expect(openDescriptors(path)).toBe(0);
  });

  it('gives no chunk of an empty file', async () => {
    const path = join(temporaryFolder(), 'empty');
    writeFileSync(path, '');
    expect(openImport(path).size).toBe(0);
    expect(await collect(openImport(path).chunks)).toEqual([]);
  });

  it('closes the file when the reader stops early, and opens none that is never read', async () => {
    const path = join(temporaryFolder(), 'events.jsonl');
    writeFileSync(path, new Uint8Array(3_000_000));
    const { chunks } = openImport(path);
    expect(openDescriptors(path)).toBe(0);
    for await (const chunk of chunks) {
      expect(chunk).toHaveLength(1_048_576);
      break;
    }
    expect(openDescriptors(path)).toBe(0);
  });

  it('of what is missing or a folder is refused at once, in words', () => {
    const folder = temporaryFolder();
    expect(() => openImport(join(folder, 'missing'))).toThrow(failure('import.unreadable', { file: join(folder, 'missing'), problem: 'no such file or directory (ENOENT)' }));
    expect(() => openImport(folder)).toThrow(failure('import.unreadable', { file: folder, problem: 'illegal operation on a directory (EISDIR)' }));
    expect(() => openImport('a\0b')).toThrow(failure('import.unreadable'));
  });

  it('of a file that vanishes before it is read is refused then', async () => {
    const path = join(temporaryFolder(), 'events.jsonl');
    writeFileSync(path, 'x');
    const source = openImport(path);
    rmSync(path);
    await expect(collect(source.chunks)).rejects.toThrow(failure('import.unreadable', { file: path }));
  });

  it('reads a named pipe, whose size nobody knows', async () => {
    const path = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [path]);
    const source = openImport(path);
    expect(source.size).toBeNull();
    const writer = spawn('sh', ['-c', 'printf first; printf second'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const copy = spawn('sh', ['-c', 'cat > "$0"', path], { stdio: [writer.stdout, 'ignore', 'ignore'] });
    const ended = once(copy, 'exit');
    expect(Buffer.concat(await collect(source.chunks)).toString()).toBe('firstsecond');
    await ended;
  });
});

describe('standard input', () => {
  const content = randomBytes(3_000_000);
  const sha256 = createHash('sha256').update(content).digest('hex');

  /** `input` null leaves standard input open and silent. */
  async function readByWorker(command: string, input: Uint8Array | null = content): Promise<object> {
    const child = spawn('sh', ['-c', command, process.execPath, built.reader], { stdio: ['pipe', 'pipe', 'inherit'] });
    let answer = '';
    child.stdout.on('data', chunk => { answer += String(chunk); });
    const closed = once(child, 'close');
    if (input !== null) child.stdin.end(input);
    await closed;
    child.stdin.destroy();
    return JSON.parse(answer) as object;
  }

  it('is read to its end in a worker, from a socket and from a pipe', async () => {
    expect(await readByWorker('"$0" "$@"')).toMatchObject({ size: null, bytes: 3_000_000, sha256 });
    expect(await readByWorker('cat | "$0" "$@"')).toMatchObject({ size: null, bytes: 3_000_000, sha256 });
  });

  it('that stays silent keeps neither a worker nor a process from ending', async () => {
    expect(await readByWorker('exec "$0" "$@" stop', null)).toEqual({ stopped: true });
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await readByWorker(`exec "$0" "$@" stop <> '${pipe}'`, null)).toEqual({ stopped: true });
  });

  it('can be read only once', () => {
    const files = createUserFiles();
    expect(files.openImport('-').size).toBeNull();
    expect(() => files.openImport('-')).toThrow(failure('import.unreadable', { file: 'standard input', problem: 'it was read already' }));
  });

  it('is read from a file in chunks of 1 MiB', async () => {
    const path = join(temporaryFolder(), 'events.jsonl');
    writeFileSync(path, content);
    expect(await readByWorker(`"$0" "$@" < '${path}'`, new Uint8Array())).toMatchObject({ bytes: 3_000_000, largest: 1_048_576, sha256 });
  });
});

describe('an export', () => {
  it('is partial until it is committed, then whole under its name, for its owner alone', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'events.csv');
    const target = createExport(path);
    target.write(text('a,b\n'));
    expect(readdirSync(folder)).toEqual(['events.csv.partial']);
    target.write(text('1,2\n'));
    expect(target.commit()).toBe(path);
    expect(readdirSync(folder)).toEqual(['events.csv']);
    expect(readFileSync(path, 'utf8')).toBe('a,b\n1,2\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('keeps the order of small and large pieces, and lets the writer use its buffer again', () => {
    const path = join(temporaryFolder(), 'events.jsonl');
    const target = createExport(path);
    const pieces = [1, 100_000, 262_143, 2, 262_144, 7, 1_000_000, 0, 5, 262_144].map(size => randomBytes(size));
    for (const piece of pieces) {
      const scratch = Uint8Array.from(piece);
      target.write(scratch);
      scratch.fill(0);
    }
    target.commit();
    expect(readFileSync(path).equals(Buffer.concat(pieces))).toBe(true);
  });

  it('keeps the earlier file until the commit, and for good when it is aborted', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'events.csv');
    writeFileSync(path, 'old');
    const aborted = createExport(path);
    aborted.write(text('new'));
    aborted.abort();
    aborted.abort();
    expect(readdirSync(folder)).toEqual(['events.csv']);
    expect(readFileSync(path, 'utf8')).toBe('old');
    const committed = createExport(path);
    committed.write(text('new'));
    expect(readFileSync(path, 'utf8')).toBe('old');
    committed.commit();
    committed.abort();
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('replaces what a killed export left', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'events.csv');
    createExport(path).write(randomBytes(300_000));
    const target = createExport(path);
    target.write(text('new'));
    target.commit();
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['events.csv']);
  });

  it('leaves a partial file alone that no export made, and follows no link there', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'events.csv');
    const refusal = failure('export.unwritable', { file: path, problem: 'events.csv.partial is in the way and not from an export' });
    writeFileSync(`${path}.partial`, 'a download', { mode: 0o644 });
    expect(() => createExport(path)).toThrow(refusal);
    expect(readFileSync(`${path}.partial`, 'utf8')).toBe('a download');
    rmSync(`${path}.partial`);
    writeFileSync(join(folder, 'other'), 'untouched');
    symlinkSync(join(folder, 'other'), `${path}.partial`);
    expect(() => createExport(path)).toThrow(refusal);
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('untouched');
  });

  it('through links goes to the file they lead to, and the links stay', () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
    const path = join(folder, 'latest.csv');
    symlinkSync('second', path);
    symlinkSync(join(elsewhere, 'events.csv'), join(folder, 'second'));
    for (const content of ['made', 'replaced']) {
      const target = createExport(path);
      target.write(text(content));
      expect(readdirSync(elsewhere)).toContain('events.csv.partial');
      expect(target.commit()).toBe(path);
      expect(readFileSync(join(elsewhere, 'events.csv'), 'utf8')).toBe(content);
      expect([readlinkSync(path), readdirSync(folder), readdirSync(elsewhere)]).toEqual(['second', ['latest.csv', 'second'], ['events.csv']]);
    }
  });

  it('keeps the mode of the file it replaces', () => {
    const path = join(temporaryFolder(), 'events.csv');
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    const target = createExport(path);
    expect(statSync(`${path}.partial`).mode & 0o777).toBe(0o600);
    target.commit();
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  it('never takes the partial file of another export for its own', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'events.csv');
    const [first, second] = [createExport(path), createExport(path)];
    first.write(text('first'));
    second.write(text('second'));
    expect(() => first.commit()).toThrow(failure('export.unwritable', { problem: 'another export writes to the same name' }));
    first.abort();
    second.commit();
    expect(readFileSync(path, 'utf8')).toBe('second');
    expect(readdirSync(folder)).toEqual(['events.csv']);
  });

  it('is refused at once where it could not be put', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'reports'));
    writeFileSync(join(folder, 'file'), '');
    const refusal = (path: string, problem: string) => expect(() => createExport(path)).toThrow(failure('export.unwritable', { file: path, problem }));
    refusal(join(folder, 'reports'), 'it is a folder');
    refusal(join(folder, 'missing', 'events.csv'), 'no such file or directory (ENOENT)');
    refusal(join(folder, 'file', 'events.csv'), 'not a directory (ENOTDIR)');
    refusal(`${join(folder, 'new')}/`, 'it is a folder');
    symlinkSync('loop', join(folder, 'loop'));
    refusal(join(folder, 'loop'), 'it is a link that leads to itself');
    symlinkSync('/dev/null', join(folder, 'device'));
    symlinkSync('/dev', join(folder, 'devices'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    for (const path of ['/dev/null', '/dev/stdout', '/dev/fd/1', '/dev/new', '/proc/self/fd/1', join(folder, 'device'), join(folder, 'devices', 'new'), join(folder, 'pipe')]) {
      refusal(path, 'it is not a plain file');
    }
    expect(existsSync('/dev/null.partial')).toBe(false);
  });

  it('cannot be committed once a write has failed', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'events.csv');
    // The shell bounds the size of files to 1,000 blocks of 512 or 1,024 bytes.
    const script = 'ulimit -f 1000 && "$0" "$@"';
    const printed = execFileSync('sh', ['-c', script, process.execPath, built.writer, path], { encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual([
      'export.unwritable: file too large (EFBIG)', 'export.unwritable: the export has failed', 'export.unwritable: the export has failed', 'done',
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
