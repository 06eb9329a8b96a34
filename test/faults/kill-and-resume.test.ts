import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { generatedEvents, startSimulator } from '../auth0-simulator/index';
import { commandLine, connectTo, statusOf } from '../builders/command-line';
import { seededRandom } from '../builders/seeded-random';

const isFull = process.env['TENANTSCOPE_TEST_FULL'] === '1';
const open: { end: () => unknown }[] = [];
afterEach(async () => { for (const thing of open.splice(0).reverse()) await thing.end(); });

describe('killed without warning', () => {
  it('a sync resumes each time and ends with every event once', async () => {
    const { count, kills, seed } = isFull ? { count: 100_000, kills: 200, seed: 11 } : { count: 20_000, kills: 10, seed: 11 };
    const simulator = await startSimulator({ events: { count } });
    const line = commandLine();
    open.push({ end: simulator.stop }, line);
    expect((await connectTo(line, simulator)).code).toBe(0);
    const random = seededRandom(seed);
    // Slow enough that the log outlasts the kills.
    simulator.fault({ kind: 'delay', ms: isFull ? 30 : 10 });
    let struckWhileReading = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const pagesBefore = simulator.counts.pages;
      const { child, finished } = line.start(['sync', '--tenant', simulator.domain, '--json']);
      while (simulator.counts.pages === pagesBefore && child.exitCode === null) await pause(5);
      await pause(random.next() * 250);
      child.kill('SIGKILL');
      const { signal } = await finished;
      if (signal === 'SIGKILL') struckWhileReading += 1;
    }
    expect(struckWhileReading, `seed ${String(seed)}`).toBeGreaterThan(kills / 2);
    simulator.fault(null);
    await line.json(['sync', '--tenant', simulator.domain]);
    const status = await statusOf(line, simulator.domain);
    expect(status, `seed ${String(seed)}`).toMatchObject({ events: count, digest: simulator.digest(), contentDigest: simulator.contentDigest(), gaps: [] });
  }, 1_800_000);

  it('an import begun again ends with every event once', async () => {
    const events = generatedEvents({ count: isFull ? 60_000 : 15_000 }, 'imported.example.com');
    const line = commandLine();
    open.push(line);
    const file = line.file('events.jsonl', events.map(event => `${event.json}\n`).join(''));
    const random = seededRandom(23);
    for (let kill = 0; kill < (isFull ? 20 : 4); kill += 1) {
      const { child, finished } = line.start(['import', '--tenant', 'imported', file, '--json']);
      await pause(500 + random.next() * 900);
      child.kill('SIGKILL');
      await finished;
    }
    const receipt = await line.json<{ read: number; stored: number; duplicates: number }>(['import', '--tenant', 'imported', file]);
    expect(receipt).toMatchObject({ read: events.length, stored: events.length - receipt.duplicates });
    const digest = createHash('sha256').update(events.map(event => event.logId).sort().join('\n')).digest('hex');
    expect(await statusOf(line, 'imported')).toMatchObject({ events: events.length, digest, gaps: [] });
  }, 600_000);
});
