/** What the main thread answers the engine: keys of archives, pages of logs, bytes of transfers, and nothing else. */
import { Failure } from '../../shared/errors';
import type { Answers } from './engine-worker';
import { placeKept } from './keep-tenants';
import type { MainContext } from './main-context';
import type { PageDoors } from './page-files';
import { removeTenant, retentionDaysOf } from './tenant-removal';
import type { TransferDesk } from './transfer-desk';

const noTransfers = (): never => {
  throw new Failure('operation.input-invalid', { problem: 'this host passes no files' });
};
/** For hosts whose files are paths. */
export const closedDoors: PageDoors = {
  uploadSize: async () => noTransfers(), readUpload: async () => noTransfers(), writeDownload: async () => noTransfers(), endDownload: async () => noTransfers(),
};

export function answersOf(main: Pick<MainContext, 'dataDir' | 'vault' | 'auth0' | 'settings' | 'outcomes' | 'schedule' | 'log' | 'push'>, transfers: TransferDesk | null): Answers {
  const { vault, auth0 } = main;
  return {
    ...(transfers?.doors ?? closedDoors),
    dataKey: ({ tenant }) => vault.dataKey(tenant),
    createDataKey: ({ tenant }) => vault.createDataKey(tenant),
    tenants: () => Promise.resolve(vault.tenants().map(({ tenant }) => tenant)),
    homeOf: () => Promise.resolve(vault.isInMemory() ? 'memory' : 'disk'),
    putInPlace: ({ folder }) => {
      placeKept(main, folder);
      return Promise.resolve(null);
    },
    forgetTenant: ({ tenant }) => {
      removeTenant(main, tenant);
      return Promise.resolve(null);
    },
    retentionDays: ({ tenant }) => Promise.resolve(retentionDaysOf(main, tenant)),
    logs: async ({ tenant, request }, signal) => {
      const connection = await vault.connection(tenant);
      if (connection === null) throw new Failure('tenant.not-connected', { tenant });
      return auth0.logs(connection, request, signal);
    },
  };
}
