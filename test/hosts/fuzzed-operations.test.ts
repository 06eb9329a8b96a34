import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Reply } from '../../shared/contract';
import { operations } from '../../shared/contract';
import { errorCatalogue } from '../../shared/errors';
import type { Host } from '../../electron/node/host';
import { createCallDesk } from '../../electron/node/call-desk';
import { engineFromSource, hostLab } from '../builders/source-host';

const built = mkdtempSync(join(tmpdir(), 'tenantscope-engine-'));
afterAll(() => { rmSync(built, { recursive: true, force: true }); });

const texts = fc.oneof(fc.string(), fc.constantFrom('sample', 'audit-timeline', 'upload:a', 'download:a', 'choose', '/etc/passwd', 'csv', '__proto__'));

function inputs(name: string): fc.Arbitrary<unknown> {
  const keys = Object.keys((operations as Readonly<Record<string, { readonly input: { readonly shape: object } }>>)[name]?.input.shape ?? {});
  const value = fc.oneof({ weight: 3, arbitrary: texts }, fc.array(texts, { maxLength: 3 }), fc.anything());
  return fc.oneof({ weight: 4, arbitrary: fc.record(Object.fromEntries(keys.map(key => [key, value])), { requiredKeys: [] }) }, fc.anything());
}

/** Making a vault derives a key, which takes its time; and what sets the state is set by the test. */
const names = Object.keys(operations).filter(name => name !== 'vault.setUp' && name !== 'vault.holdInMemory');

async function sendAnything(host: Host, numRuns: number): Promise<void> {
  const desk = createCallDesk(host);
  const calls = fc.constantFrom(...names).chain(name => fc.record({ id: fc.uuid(), name: fc.constant(name), input: inputs(name) }));
  await fc.assert(fc.asyncProperty(calls, async call => {
    const reply: Reply = await desk.handle(call);
    if (!reply.ok) expect(Object.hasOwn(errorCatalogue, reply.error.code) && reply.error.code !== 'internal', `${call.name}: ${JSON.stringify(reply)}`).toBe(true);
  }), { numRuns: process.env['TENANTSCOPE_TEST_FULL'] === '1' ? 10_000 : numRuns, seed: 11 });
}

describe('whatever a page sends', () => {
  it('is answered by a value or an error of the catalogue, by every operation', async () => {
    const lab = hostLab(await engineFromSource(built));
    const host = await lab.open();
    await sendAnything(host, 1_500);
    expect(await host.call('vault.state', {})).toMatchObject({ state: 'none' });
    await lab.end();
  });

  it('is answered so too where tenants are in memory only, and writes nothing', async () => {
    const lab = hostLab(await engineFromSource(built));
    const host = await lab.open();
    await host.call('vault.holdInMemory', {});
    await sendAnything(host, 150);
    expect(await host.call('vault.state', {})).toMatchObject({ state: 'memory' });
    expect(readdirSync(lab.dataDir)).toEqual(['logs']);
    await lab.end();
  });
});
