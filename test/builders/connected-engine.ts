/** The real engine and the real Auth0 client against the simulator, in one process; waits are kept short. */
import { createAuth0Client } from '../../electron/auth0/index';
import type { TenantConnection } from '../../electron/auth0/index';
import { createClock } from '../../electron/node/clock';
import { createNodeHttp } from '../../electron/node/http';
import type { Simulator } from '../auth0-simulator/index';
import type { TestEngine } from './test-engine';
import { testEngine } from './test-engine';

export type ConnectedEngine = TestEngine & { readonly tenant: string };

export function connectedEngine(simulator: Simulator): ConnectedEngine {
  const real = createClock(null);
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> => real.sleep(Math.min(ms, 2), signal);
  const http = createNodeHttp({});
  const client = createAuth0Client({ http, clock: { ...real, sleep }, random: () => 0.5 });
  const connection: TenantConnection = {
    tenant: simulator.domain, domain: simulator.domain, apiOrigin: simulator.origin, audienceDomain: simulator.audienceDomain,
    acceptedDomain: null, clientId: simulator.clientId, clientSecret: simulator.clientSecret,
  };
  const engine = testEngine({
    tenants: [simulator.domain],
    auth0: { logs: (_tenant, request, signal) => client.logs(connection, request, signal) },
    ports: { clock: { ...real, sleep } },
  });
  return {
    ...engine,
    tenant: simulator.domain,
    end: async () => {
      await engine.end();
      await http.close();
    },
  };
}
