/** Operation name to function, for everything that runs in the engine; the compiler insists that it is complete. */
import type { NamesRunning } from '../../shared/contract';
import { views } from '../../shared/views/index';
import { archiveSpan, archiveStatus } from './archive-status';
import type { Archives } from './archives';
import type { Handlers } from './dispatch';
import { exportView } from './export-view';
import { forgetTenant, forgetUser } from './forget';
import { importFiles } from './import-files';
import { purgeArchive } from './purge-archive';
import { readEvent } from './read-event';
import { readView } from './read-view';
import { syncTenant } from './sync/sync-tenant';
import { verifyArchive } from './verify-archive';

export const handlers: Handlers<NamesRunning<'engine'>, Archives> = {
  'tenant.sync': syncTenant,
  'archive.import': importFiles,
  'archive.verify': verifyArchive,
  'archive.purge': purgeArchive,
  'user.forget': forgetUser,
  'tenant.forget': forgetTenant,
  'archive.status': archiveStatus,
  'archive.span': archiveSpan,
  'event.read': readEvent,
  'view.list': () => Promise.resolve({ views: views.map(view => ({ ...view, params: view.params.map(param => ({ ...param, values: param.values && [...param.values] })), columns: [...view.columns] })) }),
  'view.read': readView,
  'view.export': exportView,
};
