/** GET /api/v2/stats/active-users and /stats/daily, counted over every event that is still in the log. */
import type { EventLog, LogEntry } from './event-log';
import type { Query } from './parameters';
import { jsonReply, queryError } from './replies';
import type { Reply } from './replies';

const dayMs = 86_400_000;

type Counted = { readonly day: number; readonly type: unknown; readonly userId: unknown };

function counted(log: EventLog, entry: LogEntry): Counted {
  const event = JSON.parse(log.bytes(entry).toString()) as Record<string, unknown> | null;
  return { day: Math.floor(entry.occurredAt / dayMs), type: event?.['type'], userId: event?.['user_id'] };
}

/** A bare integer: users who logged in within the 30 days before the newest event. */
export function activeUsers(log: EventLog): Reply {
  const newest = log.byDate().at(-1)?.occurredAt ?? 0;
  const recent = log.byDate().filter(entry => entry.occurredAt > newest - 30 * dayMs).map(entry => counted(log, entry));
  return jsonReply(new Set(recent.filter(event => event.type === 's').map(event => event.userId)).size);
}

function dayNumber(text: string | undefined): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)$/.exec(text ?? '');
  return match === null ? null : Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / dayMs;
}

/** One row a day of `from` to `to` (YYYYMMDD, both included), at midnight UTC. */
export function dailyStatistics(log: EventLog, query: Query): Reply {
  const [from, to] = [dayNumber(query['from']), dayNumber(query['to'])];
  if (from === null) return queryError('String does not match pattern', 'from');
  if (to === null) return queryError('String does not match pattern', 'to');
  const events = log.byDate().map(entry => counted(log, entry)).filter(event => event.day >= from && event.day <= to);
  const countOf = (day: number, types: readonly string[]): number => events.filter(event => event.day === day && types.includes(String(event.type))).length;
  const days = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  return jsonReply(days.map(day => ({
    date: new Date(day * dayMs).toISOString(),
    logins: countOf(day, ['s']), signups: countOf(day, ['ss']), leaked_passwords: countOf(day, ['pwd_leak', 'signup_pwd_leak']),
    updated_at: new Date((day + 1) * dayMs).toISOString(), created_at: new Date((day + 1) * dayMs).toISOString(),
  })));
}
