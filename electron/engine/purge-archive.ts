/** Takes out of an archive what is past the retention a person chose for its tenant. */
import type { CheckedInput, Output } from '../../shared/contract';
import { credibleDates } from '../../shared/domain/credible-dates';
import type { EpochMs } from '../../shared/domain/ids';
import { formatInstant } from '../../shared/domain/time';
import type { Archives } from './archives';
import { settled } from './forget';
import type { Archive } from './store/archive';
import type { Healed, Policy } from './store/frame';

const dayMs = 86_400_000;

/** Whole days in UTC, so that one purge a day does all of it. */
const startOfRetention = (now: EpochMs, days: number): EpochMs => Math.floor((now - days * dayMs) / dayMs) * dayMs;

function stretchBefore(archive: Archive, before: EpochMs): NonNullable<Policy['purged']> | null {
  const { columns } = archive.rows;
  const first = columns.timeRange()?.first;
  if (first === undefined || first >= before) return null;
  // An event of a date that cannot be right goes too, but does not stretch what is told to be purged.
  return { from: formatInstant(columns.timeRange({ from: credibleDates(before).from, to: before })?.first ?? first), to: formatInstant(before) };
}

/** Frames that damage took and that lie wholly before it: what was in them would go now. */
const lostBefore = (archive: Archive, before: EpochMs): readonly Healed[] =>
  archive.lostFrames.filter(range => (archive.rows.instantFromFrame(range.to) ?? before) < before).map(range => ({ ...range, complete: true }));

/**
 * `before` is null where no retention is set; nothing is read then.
 * @throws Failure tenant.unknown, tenant.reserved, vault.*, archive.*; operation.cancelled before anything was decided
 */
export async function purgeArchive(archives: Archives, { tenant }: CheckedInput<'archive.purge'>, signal: AbortSignal): Promise<Output<'archive.purge'>> {
  const nothing = { tenant, events: 0, versions: 0, setAside: 0, damaged: [] };
  const days = await archives.ports.retentionDays(tenant);
  if (days <= 0) return { ...nothing, before: null };
  return archives.gate.alone(tenant, signal, async () => {
    const before = startOfRetention(archives.ports.clock.now(), days);
    const archive = await archives.write(tenant, 'existing', signal);
    const purged = stretchBefore(archive, before);
    if (purged === null) return { ...nothing, before: formatInstant(before) };
    archive.decide({ state: 'begun', forgotten: [], purged }, lostBefore(archive, before));
    return { ...(await settled(archives, archive)), before: formatInstant(before) };
  });
}
