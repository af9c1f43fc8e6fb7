/** What a gateway counts of its sockets: whether anybody is slow, or rude. */

/** Since the gateway was made. */
export interface LiveCounters {
  /** Snapshots sent, each to one socket. */
  snapshots: number;
  /** Sockets that came back and got what they had missed. */
  resumed: number;
  /** Frames that a slow reader never got: replaced by a later one, or dropped for a snapshot. */
  dropped: number;
  /** Backlogs that were given up for a snapshot. */
  overflows: number;
  /** Sockets closed for what they sent. */
  refused: number;
  /** Sockets ended since nobody was there any more, or read. */
  stalled: number;
}

export function liveCounters(): LiveCounters {
  return { snapshots: 0, resumed: 0, dropped: 0, overflows: 0, refused: 0, stalled: 0 };
}
