/** Times as recordings write them: with zone, local without one, or only a day or a month. */
import type { TimePrecision } from '../../../shared/incident.ts';
import { parseInstant, type TimeZone } from '../../../shared/time.ts';

export interface RecordedTime {
  epochMs: number;
  timePrecision: TimePrecision;
}

const LOCAL = /^(\d{4})-(\d{2})(?:-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?)?$/;

/** `undefined` where the text is no time. A day or month begins at its first local midnight. */
export function parseRecordedTime(text: string, timeZone: TimeZone): RecordedTime | undefined {
  const instant = parseInstant(text);
  if (instant !== undefined) return { epochMs: instant, timePrecision: 'minute' };
  const match = LOCAL.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day, hour, minute = '0', second = '0'] = match;
  const epochMs = timeZone.instantOf({
    year: Number(year),
    month: Number(month),
    day: Number(day ?? 1),
    hour: Number(hour ?? 0),
    minute: Number(minute),
    second: Math.min(Number(second), 59),
  });
  if (epochMs === undefined || Number(second) > 60) return undefined;
  return { epochMs, timePrecision: day === undefined ? 'month' : hour === undefined ? 'day' : 'minute' };
}
