/** The latest announcements, kept so that a client that was away gets what it missed. */
import type { Announcement } from '../../shared/announcement.ts';

export interface LoggedAnnouncement {
  seq: number;
  announcement: Announcement;
}

const MAX_CHANGES = 50_000;

export class LiveLog {
  #entries: LoggedAnnouncement[] = [];
  #changes = 0;
  /** Every announcement after this seq is in the log. */
  #completeAfter: number;

  constructor(completeAfter: number) {
    this.#completeAfter = completeAfter;
  }

  add(entry: LoggedAnnouncement): void {
    this.#entries.push(entry);
    this.#changes += weight(entry);
    if (this.#changes <= MAX_CHANGES) return;
    // Half at once: shifting one by one would cost the whole log each time.
    const half = Math.ceil(this.#entries.length / 2);
    const gone = this.#entries.slice(0, half);
    this.#entries = this.#entries.slice(half);
    this.#changes -= gone.reduce((sum, old) => sum + weight(old), 0);
    this.#completeAfter = gone.at(-1)?.seq ?? this.#completeAfter;
  }

  /** All after `seq`, or `undefined` where the log does not reach back so far. */
  after(seq: number): LoggedAnnouncement[] | undefined {
    if (seq < this.#completeAfter) return undefined;
    return this.#entries.filter((entry) => entry.seq > seq);
  }
}

function weight({ announcement }: LoggedAnnouncement): number {
  return announcement.type === 'incidents.stored' ? announcement.changes.length : 1;
}
