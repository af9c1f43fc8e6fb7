/** Makes of incident messages what ingest would hand to the store. */
import type { IncidentMessage } from '../../shared/incident.ts';
import { validate } from '../../server/feeds/validate.ts';
import type { Arrival } from '../../server/store/incident-columns.ts';
import { NOW_MS } from './stored-incidents.ts';

/** As the messages of one feed, in a stream that took them now or when told, one after the other. */
export function arrivalsOf(
  messages: readonly IncidentMessage[],
  firstSeq: number,
  streamAtMs = NOW_MS,
): Arrival[] {
  return messages.map((message, index) => {
    const result = validate(new TextEncoder().encode(JSON.stringify(message)), {
      agency: 'police',
      feed: 'cad',
      streamAtMs,
      allowOrigins: new Set(['live']),
      clock: 'system',
    });
    if ('rejection' in result) throw new Error(`${message.id} is refused: ${result.rejection.reason}`);
    return { ...result.accepted, streamAtMs, streamSeq: firstSeq + index };
  });
}
