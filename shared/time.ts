/** Instants as epoch milliseconds, RFC 3339 text, and the local time of a zone. */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const HOURS_PER_WEEK = 168;

const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * Epoch milliseconds of an RFC 3339 text with a zone (RFC 3339 section 5.6), or `undefined` where
 * it is not one: a missing zone, 30 February, hour 24. A leap second is read as the second before.
 */
export function parseInstant(text: string): number | undefined {
  const match = RFC_3339.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const zone = match[8] ?? 'Z';
  const wall = wallMilliseconds({ year, month, day, hour, minute, second: Math.min(second, 59) });
  if (wall === undefined || second > 60) return undefined;
  const fraction = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000);
  if (zone === 'Z' || zone === 'z') return wall + fraction;
  const zoneHours = Number(zone.slice(1, 3));
  const zoneMinutes = Number(zone.slice(4, 6));
  if (zoneHours > 23 || zoneMinutes > 59) return undefined;
  const sign = zone.startsWith('-') ? -1 : 1;
  return wall + fraction - sign * (zoneHours * HOUR_MS + zoneMinutes * MINUTE_MS);
}

export function formatInstant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** The wall time read as if it were UTC, or `undefined` where no calendar has it. */
function wallMilliseconds(wall: WallTime): number | undefined {
  const at = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  const back = new Date(at);
  const same =
    back.getUTCFullYear() === wall.year &&
    back.getUTCMonth() === wall.month - 1 &&
    back.getUTCDate() === wall.day &&
    back.getUTCHours() === wall.hour &&
    back.getUTCMinutes() === wall.minute;
  return same ? at : undefined;
}

export interface LocalTime {
  /** 0 is Monday 00:00–01:00, 167 is Sunday 23:00–24:00. */
  hourOfWeek: number;
  hourOfDay: number;
  isWeekend: boolean;
  /** Milliseconds since local midnight. */
  sinceMidnightMs: number;
}

/** Converts between instants and the wall time of one IANA zone. Throws `RangeError` on an unknown zone. */
export class TimeZone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  // Offsets change on the hour at most, and Intl is slow: 200 times slower than this look-up.
  readonly #offsetByHour = new Map<number, number>();

  constructor(name: string) {
    this.name = name;
    this.#format = new Intl.DateTimeFormat('en-GB', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  /** Milliseconds to add to UTC to get local time at this instant. */
  offsetMs(epochMs: number): number {
    const hour = Math.floor(epochMs / HOUR_MS);
    const known = this.#offsetByHour.get(hour);
    if (known !== undefined) return known;
    const start = hour * HOUR_MS;
    const parts: Record<string, number> = {};
    for (const part of this.#format.formatToParts(start)) parts[part.type] = Number(part.value);
    const wall = Date.UTC(
      parts['year'] ?? 0,
      (parts['month'] ?? 1) - 1,
      parts['day'] ?? 1,
      parts['hour'] ?? 0,
      parts['minute'] ?? 0,
      parts['second'] ?? 0,
    );
    const offset = wall - start;
    if (this.#offsetByHour.size > 200_000) this.#offsetByHour.clear();
    this.#offsetByHour.set(hour, offset);
    return offset;
  }

  localTime(epochMs: number): LocalTime {
    const local = epochMs + this.offsetMs(epochMs);
    const day = Math.floor(local / DAY_MS);
    const sinceMidnightMs = local - day * DAY_MS;
    const hourOfDay = Math.floor(sinceMidnightMs / HOUR_MS);
    const dayOfWeek = (((day + 3) % 7) + 7) % 7; // 1 January 1970 was a Thursday
    return { hourOfWeek: dayOfWeek * 24 + hourOfDay, hourOfDay, isWeekend: dayOfWeek >= 5, sinceMidnightMs };
  }

  /** The last local midnight at or before the instant. */
  startOfDay(epochMs: number): number {
    const midnightWall = Math.floor((epochMs + this.offsetMs(epochMs)) / DAY_MS) * DAY_MS;
    return this.#instantOfWall(midnightWall);
  }

  /** The instant of a wall time; of a wall time that occurs twice, the first; `undefined` where no calendar has it. */
  instantOf(wall: WallTime): number | undefined {
    const wallMs = wallMilliseconds(wall);
    return wallMs === undefined ? undefined : this.#instantOfWall(wallMs);
  }

  #instantOfWall(wallMs: number): number {
    const early = wallMs - this.offsetMs(wallMs - DAY_MS);
    if (early + this.offsetMs(early) === wallMs) return early;
    const late = wallMs - this.offsetMs(wallMs + DAY_MS);
    // A wall time that a change of clocks leaves out is read with the offset from before the change.
    return late + this.offsetMs(late) === wallMs ? late : early;
  }
}
