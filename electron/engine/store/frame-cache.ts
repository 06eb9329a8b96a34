/** Keeps the last few opened frames, as events are asked for in runs. */
import type { FrameContent, StoredEvent } from './frame';
import type { EventPlace } from './log-events';

const keptBytes = 16 * 1024 * 1024;

type Kept = { readonly content: FrameContent; readonly bytes: number };

const sizeOf = (content: FrameContent): number => content.events.reduce((sum, event) => sum + event.bytes.length, 0);

export class FrameCache {
  readonly #read: (frame: number) => FrameContent;
  readonly #frames = new Map<number, Kept>();
  #bytes = 0;

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
    const known = this.#frames.get(number);
    if (known !== undefined) return known.content;
    const content = this.#read(number);
    const kept = { content, bytes: sizeOf(content) };
    this.#frames.set(number, kept);
    this.#bytes += kept.bytes;
    // The newest stays, however large.
    for (const [oldest, { bytes }] of this.#frames) {
      if (this.#bytes <= keptBytes || oldest === number) break;
      this.#frames.delete(oldest);
      this.#bytes -= bytes;
    }
    return content;
  }
}
