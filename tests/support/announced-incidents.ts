/** Announces incidents on LIVE as ingest would, without storing them: as many as a test of readers needs. */
import type { LiveStream } from '../../server/live/live-stream.ts';
import { MAX_DELTA_INCIDENTS } from '../../shared/messages.ts';
import { formatInstant } from '../../shared/time.ts';
import { storedIncident } from './stored-incidents.ts';

let batch = 1_000_000;

/** So many announcements, each of as many incidents as a delta may name (some 90 kB); resolves with the last one's seq. */
export async function announceIncidents(live: LiveStream, announcements: number): Promise<number> {
  let seq = 0;
  for (let index = 0; index < announcements; index++) {
    const at = formatInstant(Date.now());
    const own = { occurredAt: at, receivedAt: at, force: 'kent' as const };
    const changes = Array.from({ length: MAX_DELTA_INCIDENTS }, () => ({ incident: storedIncident(own) }));
    seq = await live.announce({
      type: 'incidents.stored',
      at,
      force: 'kent',
      batch: batch++,
      part: 0,
      changes,
    });
  }
  return seq;
}
