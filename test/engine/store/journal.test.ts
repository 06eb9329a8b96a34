import { readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeLog } from '../../builders/fake-log';
import { logEvents } from '../../builders/log-event';
import type { TestEngine } from '../../builders/test-engine';
import { testEngine } from '../../builders/test-engine';

const tenant = 'acme.eu.auth0.com';
const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end(); });

/** An archive of ten frames, closed. */
async function archiveOfTenFrames(): Promise<{ readonly engine: TestEngine; readonly file: string; readonly folder: string }> {
  const engine = testEngine({ auth0: fakeLog(logEvents(1_000)), tenants: [tenant] });
  open.push(engine);
  await engine.call('tenant.sync', { tenant });
  await engine.close();
  const folder = join(engine.root, 'data', 'tenants', `t-${tenant}`, 'journal');
  return { engine, folder, file: join(folder, '00000001.tsj') };
}
const read = async (engine: TestEngine) => {
  const again = engine.another();
  try {
    return (await again.call('archive.status', { tenant })).tenants[0];
  } finally {
    await again.close();
  }
};
const flip = (bytes: Buffer, at: number, mask: number): void => { bytes.writeUInt8(bytes.readUInt8(at) ^ mask, at); };
const frameStarts = (bytes: Buffer): number[] => {
  const starts: number[] = [];
  for (let at = bytes.indexOf('TSJF'); at >= 0; at = bytes.indexOf('TSJF', at + 1)) starts.push(at);
  return starts;
};

describe('a journal on disk', () => {
  it('shows nothing of what it holds', async () => {
    const { folder } = await archiveOfTenFrames();
    for (const name of readdirSync(folder)) {
      const content = readFileSync(join(folder, name)).toString('latin1');
      for (const word of ['example.com', '203.0.113', 'Successful login', 'log_id', '90020260601']) expect(content).not.toContain(word);
    }
  });

  it('loses one frame to one flipped byte, names the gap, and reads all others', async () => {
    const { engine, file } = await archiveOfTenFrames();
    const bytes = readFileSync(file);
    const starts = frameStarts(bytes);
    expect(starts).toHaveLength(10);
    flip(bytes, (starts[4] ?? 0) + 100, 1);
    writeFileSync(file, bytes);
    expect(await read(engine)).toMatchObject({ events: 900, gaps: [{ from: '2026-06-01T06:39:00.000Z', to: '2026-06-01T08:20:00.000Z', cause: 'damage' }] });
  });

  it('survives damage to the header of a frame and of the segment', async () => {
    for (const offset of [9, 64 + 2, 64 + 9, 64 + 15]) {
      const { engine, file } = await archiveOfTenFrames();
      const bytes = readFileSync(file);
      flip(bytes, offset, 0x55);
      writeFileSync(file, bytes);
      expect((await read(engine))?.events).toBe(offset < 64 ? 1_000 : 900);
    }
  });

  it('sees a cut at the edge of a frame', async () => {
    const { engine, file } = await archiveOfTenFrames();
    truncateSync(file, frameStarts(readFileSync(file))[8]);
    const status = await read(engine);
    expect(status?.events).toBe(800);
    expect(status?.gaps).toMatchObject([{ cause: 'damage' }]);
  });

  it('reads what is intact when cut at every byte of its last frame, and a sync completes it', async () => {
    const { engine, file } = await archiveOfTenFrames();
    const whole = readFileSync(file);
    const last = frameStarts(whole)[9] ?? 0;
    for (let cut = last; cut < whole.length; cut += 97) {
      writeFileSync(file, whole.subarray(0, cut));
      expect((await read(engine))?.events).toBe(900);
    }
    const again = engine.another(fakeLog(logEvents(1_050)));
    await again.call('tenant.sync', { tenant });
    expect((await again.call('archive.status', { tenant })).tenants[0]).toMatchObject({ events: 1_050, checkpoint: logEvents(1_050)[1_049]?.log_id });
    await again.close();
    expect((await read(engine))?.events).toBe(1_050);
  });

  it('does not take a frame of another tenant or of another place', async () => {
    const { engine, file } = await archiveOfTenFrames();
    const bytes = readFileSync(file);
    const starts = frameStarts(bytes);
    const third = bytes.subarray(starts[2], starts[3]);
    writeFileSync(file, Buffer.concat([bytes.subarray(0, starts[5]), third, bytes.subarray(starts[5])]));
    expect((await read(engine))?.events).toBe(1_000);
  });

  it('with a damaged head is still read whole', async () => {
    const { engine, folder } = await archiveOfTenFrames();
    const head = readFileSync(join(folder, 'head'));
    head.fill(0xff);
    writeFileSync(join(folder, 'head'), head);
    expect((await read(engine))?.events).toBe(1_000);
  });

  it('of a newer version is refused and left untouched', async () => {
    const { engine, file } = await archiveOfTenFrames();
    const bytes = readFileSync(file);
    bytes[8] = 9;
    for (const start of frameStarts(bytes)) bytes[start + 4] = 9;
    writeFileSync(file, bytes);
    await expect(read(engine)).rejects.toMatchObject({ code: 'archive.newer-format' });
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('is read while another engine writes to it', async () => {
    const log = fakeLog(logEvents(500));
    const writer = testEngine({ auth0: log, tenants: [tenant] });
    open.push(writer);
    await writer.call('tenant.sync', { tenant });
    const reader = writer.another();
    expect((await reader.call('archive.status', { tenant })).tenants[0]?.events).toBe(500);
    log.events = logEvents(700);
    await writer.call('tenant.sync', { tenant });
    expect((await reader.call('archive.status', { tenant })).tenants[0]?.events).toBe(700);
    await reader.close();
  });
});
