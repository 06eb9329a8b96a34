/** Instants in the chosen time zone, in one fixed width, with UTC and how long ago on hover. */
import { createContext, useContext, useMemo, useState } from 'react';
import type { PointerEvent, ReactNode } from 'react';
import type { EpochMs } from '../../shared/domain/ids';
import { classNames } from './class-names';
import styles from './time.module.css';

export type TimeFormat = {
  readonly timeZone: string;
  /** `21 Nov 2026`, as the locale orders it. */
  readonly date: (at: EpochMs) => string;
  /** `14:05:33`. */
  readonly time: (at: EpochMs) => string;
  /** `14:05:33.123`. */
  readonly exactTime: (at: EpochMs) => string;
  /** `21 Nov – 3 Dec 2026`; the end is included. */
  readonly dateRange: (from: EpochMs, to: EpochMs) => string;
};

/** Formatters of one time zone; costly to make, so keep them while the zone stays. */
export function createTimeFormat(timeZone: string): TimeFormat {
  const date = new Intl.DateTimeFormat(undefined, { timeZone, day: 'numeric', month: 'short', year: 'numeric' });
  const time = new Intl.DateTimeFormat(undefined, { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const exact = new Intl.DateTimeFormat(undefined, { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' });
  return {
    timeZone, date: at => date.format(at), time: at => time.format(at), exactTime: at => exact.format(at), dateRange: (from, to) => date.formatRange(from, to),
  };
}

const TimeFormatContext = createContext<TimeFormat | null>(null);

export function TimeFormatProvider({ timeZone, children }: { readonly timeZone: string; readonly children: ReactNode }) {
  const format = useMemo(() => createTimeFormat(timeZone), [timeZone]);
  return <TimeFormatContext value={format}>{children}</TimeFormatContext>;
}

/** The formatters of the chosen time zone, or of another one where a place needs it. */
export function useTimeFormat(timeZone?: string): TimeFormat {
  const chosen = useContext(TimeFormatContext);
  const wanted = timeZone ?? chosen?.timeZone ?? 'UTC';
  return useMemo(() => (chosen !== null && chosen.timeZone === wanted ? chosen : createTimeFormat(wanted)), [chosen, wanted]);
}

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['year', 31_557_600_000], ['month', 2_629_800_000], ['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000], ['second', 1000],
];

/** `3 hours ago`, `in 2 minutes`. */
export function formatRelative(at: EpochMs, now: EpochMs): string {
  const away = at - now;
  const [unit, ms] = steps.find(([, size]) => Math.abs(away) >= size) ?? ['second', 1000] as const;
  return new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' }).format(Math.trunc(away / ms), unit);
}

export type TimeProps = {
  /** ISO 8601 or epoch milliseconds; null draws a dash. */
  readonly at: string | EpochMs | null;
  /** `table`: date and time in two fixed columns. `relative`: how long ago. Default: full. */
  readonly form?: 'full' | 'table' | 'date' | 'time' | 'exact' | 'relative';
  /** Default: the chosen one. */
  readonly timeZone?: string;
  /** For `relative`: the moment it is told from. Default: the moment it is first drawn. */
  readonly now?: EpochMs;
};

/** Told when it is asked for, so that it is true then and costs nothing before. */
function tell(event: PointerEvent<HTMLTimeElement>): void {
  const at = Date.parse(event.currentTarget.dateTime);
  event.currentTarget.title = `${new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC')}\n${formatRelative(at, Date.now())}`;
}

function text(at: EpochMs, format: TimeFormat, form: TimeProps['form']): ReactNode {
  if (form === 'date') return format.date(at);
  if (form === 'time') return format.time(at);
  if (form === 'exact') return `${format.date(at)}, ${format.exactTime(at)}`;
  if (form === 'table') return <><span className={styles.date}>{format.date(at)}</span><span>{format.time(at)}</span></>;
  return `${format.date(at)}, ${format.time(at)}`;
}

export function Time({ at, form = 'full', timeZone, now }: TimeProps) {
  const format = useTimeFormat(timeZone);
  const instant = typeof at === 'string' ? Date.parse(at) : at;
  const [drawnAt] = useState(Date.now);
  if (instant === null || Number.isNaN(instant)) return <span className={styles.none}>–</span>;
  return (
    <time dateTime={new Date(instant).toISOString()} className={classNames(styles.time, form === 'table' && styles.table)} onPointerEnter={tell}>
      {form === 'relative' ? formatRelative(instant, now ?? drawnAt) : text(instant, format, form)}
    </time>
  );
}
