/** Puts together what happened within some seconds, so that a fast replay has few deltas and leaves out none of it. */
import type { IncidentsStored } from '../../shared/announcement.ts';
import { collapseKey } from '../gateway/frames.ts';
import type { AnnouncedRow } from '../store/told-store.ts';

/** More in one would hold up whoever draws it. */
const MOST_CHANGES = 20_000;

type StoredRow = AnnouncedRow & { announcement: IncidentsStored };

export class Merging {
  readonly #spanMs: number;
  #stored: StoredRow[] = [];
  /** Of a ranking, a feed or an alert the last, as for a slow client. */
  readonly #others = new Map<string, AnnouncedRow>();
  #startMs: number | undefined;
  #changes = 0;

  /** 0 merges nothing. */
  constructor(spanMs: number) {
    this.#spanMs = spanMs;
  }

  /** Takes the next message; returns those that are done, in order. */
  add(row: AnnouncedRow): AnnouncedRow[] {
    if (this.#spanMs === 0) return [row];
    const isFull =
      row.stampMs - (this.#startMs ?? row.stampMs) >= this.#spanMs || this.#changes >= MOST_CHANGES;
    const done = isFull ? this.rest() : [];
    this.#startMs ??= row.stampMs;
    if (isStored(row)) {
      this.#stored.push(row);
      this.#changes += row.announcement.changes.length;
    } else if (row.announcement !== null) {
      this.#others.set(collapseKey(row.announcement) ?? `${row.seq}`, row);
    }
    return done;
  }

  /** What still waits. */
  rest(): AnnouncedRow[] {
    const merged = [...this.#others.values()];
    const last = this.#stored.at(-1);
    if (last !== undefined) {
      const changes = this.#stored.flatMap(({ announcement }) => announcement.changes);
      merged.push({ ...last, announcement: { ...last.announcement, changes } });
    }
    this.#others.clear();
    [this.#stored, this.#startMs, this.#changes] = [[], undefined, 0];
    return merged.sort((one, other) => one.seq - other.seq);
  }
}

function isStored(row: AnnouncedRow): row is StoredRow {
  return row.announcement?.type === 'incidents.stored';
}
