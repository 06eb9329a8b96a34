/** Takes events in as Auth0 does: a few seconds after they happened, numbered in the order of taking in. */
import type { EpochMs, LogId } from '../../../shared/domain/ids';
import type { LogEvent } from '../../../shared/domain/log-event';
import { openEventWriter } from './api-event';
import type { EventWriter, Happening, Scene } from './api-event';
import { logEventOf } from './log-event-of';
import type { Random } from './random';

/** `json`: the event as the API would send it; `logEvent`: what the index knows of that. Both are made when they are asked for. */
export type SampleEvent = { readonly logId: LogId; readonly occurredAt: EpochMs; readonly json: string; readonly logEvent: LogEvent };

export type Recorder = {
  readonly add: (scene: Scene, happening: Happening) => void;
  /** Gives away what was taken in before an instant, in order of log id; nothing earlier may be added afterwards. */
  readonly takenBefore: (instant: EpochMs) => readonly SampleEvent[];
};

type Draft = { readonly ingestedUs: number; readonly scene: Scene; readonly happening: Happening };

const shortestLagUs = 400_000;
const lagRangeUs = 4_900_000;
const environment = '900';
const shard = '000000000000001223372';
/** Twelve digits, which with the parts before make 56. */
const firstCount = 36_854_775_808;

const secondUs = 1_000_000;
const dayUs = 86_400 * secondUs;

/** `20261121`, in UTC. */
const dayText = (dayNumber: number): string => new Date((dayNumber * dayUs) / 1000).toISOString().slice(0, 10).replaceAll('-', '');

/** Hours, minutes, seconds and microseconds in twelve digits. */
function timeText(us: number): string {
  const seconds = Math.floor(us / secondUs);
  const clock = Math.floor(seconds / 3600) * 10_000 + (Math.floor(seconds / 60) % 60) * 100 + (seconds % 60);
  return String(clock * secondUs + (us % secondUs)).padStart(12, '0');
}

/** Makes ids of environment, UTC time to the microsecond, shard and a count that only grows, best in order of time: a day is written once. */
function openIdWriter(): (ingestedUs: number) => LogId {
  let count = 0;
  let today = { number: Number.NaN, text: '' };
  return ingestedUs => {
    const number = Math.floor(ingestedUs / dayUs);
    if (number !== today.number) today = { number, text: environment + dayText(number) };
    // In one piece: what `+` puts together is a chain of its parts, and every event keeps its id.
    return [today.text, timeText(ingestedUs - number * dayUs), shard, String(firstCount + count++).padStart(12, '0')].join('');
  };
}

/** A class, because a getter of an object literal is made anew for each of very many events. */
class RecordedEvent implements SampleEvent {
  readonly logId: LogId;
  readonly #draft: Draft;
  readonly #write: EventWriter;

  constructor(logId: LogId, draft: Draft, write: EventWriter) {
    this.logId = logId;
    this.#draft = draft;
    this.#write = write;
  }

  get occurredAt(): EpochMs {
    return this.#draft.happening.at;
  }

  get json(): string {
    return this.#write(this.#draft.scene, this.#draft.happening, this.logId);
  }

  get logEvent(): LogEvent {
    return logEventOf(this.#draft.scene, this.#draft.happening, this.logId);
  }
}

/** Events taken in before `start` are dropped. */
export function openRecorder(random: Random, start: EpochMs): Recorder {
  const write = openEventWriter();
  const idOf = openIdWriter();
  let waiting: Draft[] = [];
  return {
    add: (scene, happening) => {
      const lagUs = shortestLagUs + Math.floor((lagRangeUs * (random.unit() + random.unit())) / 2);
      const ingestedUs = happening.at * 1000 + lagUs;
      if (ingestedUs >= start * 1000) waiting.push({ ingestedUs, scene, happening });
    },
    takenBefore: instant => {
      waiting.sort((a, b) => a.ingestedUs - b.ingestedUs);
      const cut = waiting.findIndex(draft => draft.ingestedUs >= instant * 1000);
      const ready = cut < 0 ? waiting : waiting.slice(0, cut);
      waiting = cut < 0 ? [] : waiting.slice(cut);
      return ready.map(draft => new RecordedEvent(idOf(draft.ingestedUs), draft, write));
    },
  };
}
