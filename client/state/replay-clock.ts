/** The clock of a picture that is looked back at: it stands where the replay stands. */
import type { PictureClock } from './feed-clock.ts';

export class ReplayClock implements PictureClock {
  /** What was shown then went at life's pace, however fast it is looked through now. */
  readonly speed = 1;
  #atMs: number | undefined;

  now(): number | undefined {
    return this.#atMs;
  }

  stand(atMs: number): void {
    this.#atMs = atMs;
  }
}
