/** A sync schedule over a clock that stands, tenants and answers that a test decides. */
import type { Settings, SyncReceipt, SyncState } from '../../shared/contract';
import { settings as settingsSchema } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import { forgetfulOutcomes } from '../../electron/node/sync-outcomes';
import type { SyncOutcomes } from '../../electron/node/sync-outcomes';
import { SyncSchedule } from '../../electron/node/sync-schedule';
import type { FakeClock } from './fake-clock';
import { fakeClock } from './fake-clock';

export const acme = 'acme.eu.auth0.com';
const start = Date.UTC(2026, 5, 1, 12);

export const receiptOf = (tenant: string, gaps: SyncReceipt['gaps'] = []): SyncReceipt => ({
  tenant, read: 5, stored: 5, duplicates: 0, revisions: 0, setAside: 0, checkpoint: '900'.padEnd(56, '1'), gaps,
});

type Answer = SyncReceipt | Failure | 'wait';
export type World = {
  readonly clock: FakeClock;
  readonly schedule: SyncSchedule;
  readonly states: SyncState[];
  readonly notices: string[];
  readonly syncs: { readonly tenant: string; readonly at: number; readonly finish: (answer: SyncReceipt | Failure) => void }[];
  tenants: string[];
  settings: Settings;
  canStore: boolean;
  answer: (tenant: string) => Answer;
  last: () => SyncState | undefined;
};

type Options = Partial<Pick<World, 'tenants' | 'canStore' | 'answer'>> & { readonly settings?: Partial<Settings>; readonly outcomes?: SyncOutcomes; /** Default: noon. */ readonly startsAt?: number; readonly audience?: 'present' | 'absent' };

export function world(options: Options = {}): World {
  const from = options.startsAt ?? start;
  const clock = fakeClock(from);
  const made: World = {
    clock, states: [], notices: [], syncs: [], tenants: options.tenants ?? [acme], canStore: options.canStore ?? true,
    settings: settingsSchema.parse(options.settings ?? {}),
    answer: options.answer ?? (tenant => receiptOf(tenant)),
    last: () => made.states.at(-1),
    schedule: new SyncSchedule({
      clock,
      connectedTenants: () => made.tenants,
      settings: () => made.settings,
      canStore: () => Promise.resolve(made.canStore),
      sync: ({ tenant }, signal) => new Promise((resolve, reject) => {
        const finish = (answer: SyncReceipt | Failure): void => { if (answer instanceof Failure) reject(answer); else resolve(answer); };
        made.syncs.push({ tenant, at: clock.now() - from, finish });
        const answer = made.answer(tenant);
        signal.addEventListener('abort', () => { reject(new Failure('operation.cancelled')); });
        if (answer !== 'wait') finish(answer);
      }),
      tell: state => { made.states.push(state); },
      notify: options.audience === 'absent' ? null : (title, body) => { made.notices.push(`${title} | ${body}`); },
      outcomes: options.outcomes ?? forgetfulOutcomes,
      log: () => undefined,
    }),
  };
  return made;
}
