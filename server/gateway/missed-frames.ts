/** What clients that come back have missed, as text: after a restart all of them come at once. */
import type { TimeZone } from '../../shared/time.ts';
import { collapseKey, deltaOf, type View } from './frames.ts';
import type { LiveLog, LoggedAnnouncement } from './live-log.ts';
import { MAX_BACKLOG_BYTES } from './send-queue.ts';

export interface MissedFrame {
  frame: string;
  /** Only the latest of one key counts. */
  key?: string;
}

export class MissedFrames {
  readonly log: LiveLog;
  readonly #timeZone: TimeZone;
  /** By view and seq; `undefined` where the view gets nothing of it. */
  readonly #frames = new Map<string, Map<number, MissedFrame | undefined>>();

  constructor(log: LiveLog, timeZone: TimeZone) {
    this.log = log;
    this.#timeZone = timeZone;
  }

  /** `undefined` where the log does not reach back so far, or where a snapshot says it in fewer bytes. */
  after(seq: number, key: string, view: View): MissedFrame[] | undefined {
    const entries = this.log.after(seq);
    if (entries === undefined) return undefined;
    let made = this.#frames.get(key);
    if (made === undefined) this.#frames.set(key, (made = new Map<number, MissedFrame | undefined>()));
    const missed: MissedFrame[] = [];
    let bytes = 0;
    for (const entry of entries) {
      if (!made.has(entry.seq)) made.set(entry.seq, frameOf(entry, view, this.#timeZone));
      const frame = made.get(entry.seq);
      if (frame === undefined) continue;
      bytes += frame.frame.length;
      if (bytes > MAX_BACKLOG_BYTES) return undefined;
      missed.push(frame);
    }
    return missed;
  }

  /** Lets go of what was made: nobody may come for it again. */
  clear(): void {
    this.#frames.clear();
  }
}

function frameOf(
  { seq, announcement }: LoggedAnnouncement,
  view: View,
  timeZone: TimeZone,
): MissedFrame | undefined {
  const delta = deltaOf(seq, announcement, view, timeZone);
  if (delta === undefined) return undefined;
  const key = collapseKey(announcement);
  return { frame: JSON.stringify(delta), ...(key !== undefined && { key }) };
}
