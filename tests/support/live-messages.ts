/** Reads LIVE from its beginning, as every stage that was away does. */
import type { IncidentChange } from '../../shared/announcement.ts';
import type { LiveMessage, LiveStream } from '../../server/live/live-stream.ts';

/** Everything in LIVE now, in order. */
export async function liveMessages(live: LiveStream): Promise<LiveMessage[]> {
  const { epoch, firstSeq, lastSeq } = await live.position();
  const messages: LiveMessage[] = [];
  if (lastSeq < firstSeq) return messages;
  const stop = new AbortController();
  for await (const message of live.read({ epoch, afterSeq: firstSeq - 1, signal: stop.signal })) {
    messages.push(message);
    if (message.seq >= lastSeq) break;
  }
  stop.abort();
  return messages;
}

export interface AnnouncedChange extends IncidentChange {
  batch: number;
  part: number;
}

/** Every change of an incident that LIVE tells of, repeats included. */
export async function announcedChanges(live: LiveStream): Promise<AnnouncedChange[]> {
  return (await liveMessages(live)).flatMap(({ announcement }) =>
    announcement.type === 'incidents.stored'
      ? announcement.changes.map((change) => ({
          ...change,
          batch: announcement.batch,
          part: announcement.part,
        }))
      : [],
  );
}
