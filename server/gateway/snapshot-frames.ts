/** Snapshots as text: made once for all who ask for an equal view at the same seq. */
import { snapshotOf, type View } from './frames.ts';
import type { LivePicture } from './live-picture.ts';

/** A snapshot has up to some megabytes, and of views there are thousands. */
const MOST_KEPT = 20;

export class SnapshotFrames {
  readonly #frames = new Map<string, string>();
  #seq = NaN;

  /** Equal keys stand for equal views. */
  frame(picture: LivePicture, key: string, view: View, nowMs: number): string {
    if (picture.seq !== this.#seq || this.#frames.size > MOST_KEPT) this.clear();
    this.#seq = picture.seq;
    let frame = this.#frames.get(key);
    if (frame === undefined)
      this.#frames.set(key, (frame = JSON.stringify(snapshotOf(picture, view, nowMs))));
    return frame;
  }

  clear(): void {
    this.#frames.clear();
  }
}
