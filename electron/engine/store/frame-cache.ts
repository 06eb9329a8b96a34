/** Keeps the last few opened frames, as events are asked for in runs. */
import type { FrameContent, StoredEvent } from './frame';
import type { EventPlace } from './log-events';

const keptFrames = 16;

export class FrameCache {
  readonly #read: (frame: number) => FrameContent;
  readonly #frames = new Map<number, FrameContent>();

  constructor(read: (frame: number) => FrameContent) {
    this.#read = read;
  }

  /** @throws Failure archive.damaged when the frame cannot be read any more */
  event(place: EventPlace): StoredEvent {
    const event = this.#frame(place.frame).events[place.slot];
    if (event === undefined) throw new Error('a row points into its frame');
    return event;
  }

  #frame(number: number): FrameContent {
    const kept = this.#frames.get(number);
    if (kept !== undefined) return kept;
    const frame = this.#read(number);
    this.#frames.set(number, frame);
    const [oldest] = this.#frames.keys();
    if (this.#frames.size > keptFrames && oldest !== undefined) this.#frames.delete(oldest);
    return frame;
  }
}
