/** The engine's only door: a host opens it with its ports and sends it requests. */
import type { Reply } from '../../shared/contract';
import { Archives } from './archives';
import type { Request } from './dispatch';
import { answering, dispatch } from './dispatch';
import { handlers } from './handlers';
import type { Ports } from './ports';

export type { Handlers, Request } from './dispatch';
export { dispatch } from './dispatch';

export type Engine = {
  /** Never throws. */
  readonly call: (request: Request) => Promise<Reply>;
  /** Moves the tenants in memory to the disk, by way of a folder of the data folder; nothing is the answer. Never throws. */
  readonly keep: (folder: string) => Promise<Reply>;
  /** Closes all archives; what was committed is on the disk. */
  readonly close: () => Promise<void>;
};

export function openEngine(ports: Ports): Engine {
  const archives = new Archives(ports);
  const place = { handlers, context: archives, keepFault: ports.keepFault };
  return {
    call: request => dispatch(place, request),
    keep: folder => answering(place, async () => { await archives.keep(folder); }),
    close: () => archives.close(),
  };
}
