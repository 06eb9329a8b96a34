/** The stage that serves the simulated tenant over HTTP. */
import { startSimulator } from '../auth0-simulator/index';
import type { SimulatedServer } from './plain-fetch-loop';

/** Without rate limits; serves until the process ends. */
export async function simulate({ count }: { readonly count: number }): Promise<SimulatedServer> {
  const simulator = await startSimulator({ events: { count } });
  const { origin, domain, audienceDomain, clientId, clientSecret } = simulator;
  return { origin, domain, audienceDomain, clientId, clientSecret, digest: simulator.digest() };
}
