/** What runs every day by itself: a directory sync, provisioning by companies, summaries of the network rules. */
import { provisionUpdate } from './arrivals';
import { startOf, volumeOf } from './calendar';
import { isPresent } from './lives';
import { tenantScene } from './run';
import type { Run } from './run';
import { day, hour, minute } from './time';

function syncDirectory(run: Run, relativeDay: number): void {
  const { random, recorder, world } = run;
  const connection = world.connections.find(candidate => candidate.strategy === 'okta') ?? null;
  const scene = { ...tenantScene(run), connection };
  const from = startOf(run.calendar, relativeDay) + hour + random.below(20 * minute);
  const to = from + random.between(1, 12) * minute;
  const details = {
    synchronization_id: random.hex(32), scheduled: true,
    created_at: new Date(from - minute).toISOString(), started_at: new Date(from).toISOString(),
  };
  recorder.add(scene, { type: 'directory_sync_started', at: from, details });
  recorder.add(scene, { type: 'directory_sync_completed', at: to, description: 'Directory synchronized', details: { ...details, completed_at: new Date(to).toISOString(), sync_status: 'completed' } });
}

function summarizeNetwork(run: Run, relativeDay: number): void {
  const at = startOf(run.calendar, relativeDay) + 5 * minute;
  const matched = run.random.between(2, 60);
  run.recorder.add(tenantScene(run), {
    type: 'acls_summary', at, description: 'Requests that matched a network rule',
    details: {
      start_time: new Date(at - day).toISOString(), end_time: new Date(at).toISOString(),
      stats: [{ acl_id: 'acl_0000000000000001', action: 'block', priority: 1, description: 'Countries without customers', match: { successes: matched }, total_request_count: { successes: matched * 40 } }],
    },
  });
}

const provisioningsPerDay = 5;

/** Companies that provision by SCIM correct the names and phones of their members. */
function correctMembers(run: Run, relativeDay: number): void {
  const { random } = run;
  const members = run.users.filter(user => user.organization?.provisioning === 'scim' && user.connection.strategyType === 'enterprise' && isPresent(user.life, relativeDay));
  if (members.length === 0) return;
  for (let left = random.poisson(provisioningsPerDay * volumeOf(run.calendar)); left > 0; left -= 1) {
    provisionUpdate(run, random.pick(members), startOf(run.calendar, relativeDay) + random.below(day));
  }
}

export function playDaily(run: Run, relativeDay: number): void {
  summarizeNetwork(run, relativeDay);
  syncDirectory(run, relativeDay);
  correctMembers(run, relativeDay);
}
