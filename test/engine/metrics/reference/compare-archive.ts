/** Asks an archive of a generated log every view, and the reference the same. */
import type { SqlJsStatic } from 'sql.js';
import { createClock } from '../../../../electron/node/clock';
import { findView } from '../../../../shared/views/index';
import type { Row } from '../../../../shared/views/define-view';
import type { GeneratedLog } from '../../../builders/generated-log';
import { toJsonLines } from '../../../builders/log-event';
import type { TestEngine } from '../../../builders/test-engine';
import { testEngine } from '../../../builders/test-engine';
import { differenceBetween } from './compare-rows';
import type { Calendar, Stretch } from './local-calendar';
import { createCalendar } from './local-calendar';
import type { Asked, Extra, Question } from './questions';
import { askedOf, commonParams } from './questions';
import type { Reference } from './reference';
import type { ReferenceDatabase, Setting } from './reference-database';
import { openReference } from './reference-database';

/** One view, asked once. `difference`: null where view and reference agree. */
export type Comparison = { readonly view: string; readonly params: Extra; readonly rows: readonly Row[]; readonly difference: string | null };

const tenant = 'generated';
const dayMs = 86_400_000;

async function engineOf({ files, now }: GeneratedLog): Promise<TestEngine> {
  const engine = testEngine({ ports: { clock: createClock(now) } });
  const receipt = await engine.call('archive.import', { tenant, files: files.map((arrivals, index) => engine.file(`${String(index)}.jsonl`, toJsonLines(arrivals.map(arrival => arrival.line)))) });
  const [read, events] = [files.flat().length, new Set(files.flat().map(arrival => arrival.event.log_id)).size];
  if (receipt.read !== read || receipt.stored !== events || receipt.setAside.length > 0) throw new Error(`Of ${String(read)} lines with ${String(events)} events the import told ${JSON.stringify(receipt)}.`);
  return engine;
}

/** What the question is about: its bounds, else the first event and the end of the last one's bucket, but not more than a day ahead of `now`. Null: nothing. */
function stretchOf({ fromAt, toAt }: Asked, { span, now }: { readonly span: ReferenceDatabase['span']; readonly now: number }, calendar: Calendar, grain: Question['grain']): Stretch | null {
  const start = fromAt ?? span?.start ?? null;
  const end = span === null ? null : calendar.around(span.last, grain).finish;
  const finish = toAt ?? (end === null || span === null || span.last > now + dayMs ? end : Math.min(end, now + dayMs + 1));
  return start === null || finish === null ? null : { start, finish: Math.max(start, finish) };
}

const longAgo = Date.UTC(1900, 0, 1);
const longestMs = { hour: dayMs / 12, day: 2 * dayMs, week: 8 * dayMs, month: 33 * dayMs } as const;

function settingOf(asked: Stretch | null, calendar: Calendar, grain: Question['grain'], followed: number): Setting {
  if (asked === null || asked.start >= asked.finish) return { asked, buckets: [], days: [] };
  const stretch = { start: asked.start, finish: asked.finish + followed * longestMs[grain] };
  const found = calendar.touching(stretch, grain);
  const before = calendar.around(found[0]!.start - 1, grain);
  const earlier = [{ number: -2, start: longAgo, finish: before.start }, { number: -1, ...before }];
  return { asked, buckets: [...earlier, ...found.map((bucket, number) => ({ number, ...bucket }))], days: calendar.touching({ start: before.start, finish: found.at(-1)!.finish }, 'day') };
}

/** Instants as the statements compare them. */
const forSql = (extra: Extra, { fromAt, toAt }: Asked): Extra => ({
  ...Object.fromEntries(Object.entries(extra).map(([name, all]) => [name, all.map(value => (name === 'cohort' ? String(Date.parse(value)) : value))])),
  ...(fromAt === null ? {} : { fromAt: [String(fromAt)] }), ...(toAt === null ? {} : { toAt: [String(toAt)] }),
});

/** Calendars are kept from archive to archive, as they remember what they found. */
export const createCalendars = (): ((timeZone: string) => Calendar) => {
  const known = new Map<string, Calendar>();
  return timeZone => {
    const calendar = known.get(timeZone) ?? createCalendar(timeZone);
    known.set(timeZone, calendar);
    return calendar;
  };
};

export type Lab = { readonly sqlite: SqlJsStatic; readonly calendarOf: (timeZone: string) => Calendar };

export async function compareArchive({ sqlite, calendarOf }: Lab, log: GeneratedLog, questions: readonly Question[], references: readonly Reference[]): Promise<readonly Comparison[]> {
  const engine = await engineOf(log);
  const database = openReference(sqlite, log);
  const comparisons: Comparison[] = [];
  for (const question of questions) {
    const settings = new Map<string, Setting>();
    const timeZone = question.timeZone ?? log.timeZone;
    const calendar = calendarOf(timeZone);
    const asked = askedOf(question, log.base, calendar.startOfDate);
    database.filter(question.filters, question.exclude, question.q);
    for (const reference of references) {
      const extra = reference.extra(question, log.base);
      const params = { ...commonParams(question, timeZone, asked), ...extra } as Record<string, string[]>;
      const { rows } = await engine.call('view.read', { tenant, view: reference.view, params, size: 5_000 });
      const grain = reference.grain(question);
      const followed = reference.followed?.(question) ?? 0;
      const setting = settings.get(`${grain} ${String(followed)}`) ?? settingOf(stretchOf(asked, { span: database.span, now: log.now }, calendar, grain), calendar, grain, followed);
      settings.set(`${grain} ${String(followed)}`, setting);
      const expected = database.ask(reference.sql, setting, forSql(extra, asked)).slice(0, reference.ranking === null ? 5_000 : undefined);
      const limit = extra['limit'] === undefined ? null : Number(extra['limit'][0]);
      comparisons.push({ view: reference.view, params, rows, difference: differenceBetween(reference, findView(reference.view)!, { expected, rows, limit }) });
    }
  }
  database.close();
  await engine.end();
  return comparisons;
}
