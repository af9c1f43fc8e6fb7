/** How an incident came to be known: late, corrected, cancelled, or of no real happening at all. */
import type { ShownIncident } from '../../shared/messages.ts';
import { HOUR_MS, parseInstant } from '../../shared/time.ts';

export interface ToldHow {
  /** How long after it happened it was told, where that is late; null where it is not, or nobody knows. */
  lateMs: number | null;
  corrected: boolean;
  cancelled: boolean;
  /** Null where it is live. */
  origin: Exclude<ShownIncident['origin'], 'live'> | null;
}

/** Later than this a short window no longer shows it as it was. */
const LATE_MS = HOUR_MS;

export function toldHow({
  occurredAt,
  occurredUntil,
  timePrecision,
  receivedAt,
  revision,
  status,
  origin,
}: Pick<
  ShownIncident,
  'occurredAt' | 'occurredUntil' | 'timePrecision' | 'receivedAt' | 'revision' | 'status' | 'origin'
>): ToldHow {
  const cancelled = status === 'cancelled';
  const happened = parseInstant(occurredUntil ?? occurredAt);
  const received = parseInstant(receivedAt);
  const isTimed = timePrecision === 'minute' || timePrecision === 'hour';
  // Of an hour only its beginning is told.
  const leastMs = timePrecision === 'hour' ? LATE_MS + HOUR_MS : LATE_MS;
  const sinceMs = isTimed && happened !== undefined && received !== undefined ? received - happened : 0;
  return {
    // A later revision is received later, whenever the first came.
    lateMs: sinceMs > leastMs && revision === 1 ? sinceMs : null,
    corrected: revision > 1 && !cancelled,
    cancelled,
    origin: origin === 'live' ? null : origin,
  };
}
