/** For a file of tests of whole hosts: builds the engine once, and ends what a test opened when the test has ended. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { EnginePaths } from '../../electron/node/host';
import { startSimulator } from '../auth0-simulator/index';
import type { Simulator, SimulatorOptions } from '../auth0-simulator/index';
import type { HostLab } from './source-host';
import { engineFromSource, hostLab } from './source-host';

export const passphrase = 'a passphrase for tests';

export type HostTests = {
  /** Only within a test. */
  readonly engine: () => EnginePaths;
  /** A new data folder. */
  readonly lab: () => HostLab;
  /** An Auth0 with 300 events, unless told otherwise. */
  readonly simulated: (options?: SimulatorOptions) => Promise<Simulator>;
};

/** To be called once, at the top of the file. */
export function hostTests(): HostTests {
  const built = mkdtempSync(join(tmpdir(), 'tenantscope-engine-'));
  const open: { end: () => unknown }[] = [];
  let engine: EnginePaths | null = null;
  const engineBuilt = (): EnginePaths => {
    if (engine === null) throw new Error('the engine is built before the first test, not before the file');
    return engine;
  };
  beforeAll(async () => { engine = await engineFromSource(built); });
  afterEach(async () => { for (const thing of open.splice(0).reverse()) await thing.end(); });
  afterAll(() => { rmSync(built, { recursive: true, force: true }); });
  return {
    engine: engineBuilt,
    lab: () => {
      const made = hostLab(engineBuilt());
      open.push(made);
      return made;
    },
    simulated: async options => {
      const simulator = await startSimulator({ events: { count: 300 }, ...options });
      open.push({ end: simulator.stop });
      return simulator;
    },
  };
}
