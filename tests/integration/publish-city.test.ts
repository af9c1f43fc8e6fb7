/** The simulated city on a real nats-server: history first, then live, valid and at the rate asked for. */
import { jetstreamManager } from '@nats-io/jetstream';
import { expect, it } from 'vitest';
import { systemClock } from '../../server/clock.ts';
import { connectNats } from '../../server/feeds/nats-connection.ts';
import { INCIDENTS } from '../../server/feeds/streams.ts';
import { parseIncidentSubject } from '../../server/feeds/subjects.ts';
import { validate } from '../../server/feeds/validate.ts';
import { publishCity } from '../../server/simulator/publish-city.ts';
import { realNats } from '../support/real-servers.ts';

it('sends its history at once and then goes on live, and ingest would take all of it', async () => {
  const nats = await realNats();
  const connection = await connectNats({ urls: [nats.url], name: 'test' });
  const clock = systemClock();
  const stop = new AbortController();
  const refused: string[] = [];
  const agencies = new Set<string>();
  const liveIncidents = Promise.withResolvers<number>();
  let sent = 0;
  let inHistory: number | undefined;
  let liveSinceMs = 0;
  connection.subscribe('incidents.v1.>', {
    callback: (_error, message) => {
      sent++;
      const source = parseIncidentSubject(message.subject);
      if (source === undefined) throw new Error(`no feed: ${message.subject}`);
      agencies.add(source.agency);
      const allowOrigins = new Set(['simulated'] as const);
      const context = { ...source, streamAtMs: clock.now(), allowOrigins, clock: 'system' } as const;
      const validated = validate(message.data, context);
      if ('rejection' in validated) refused.push(validated.rejection.reason);
      if (inHistory !== undefined && sent === inHistory + 400)
        liveIncidents.resolve(clock.now() - liveSinceMs);
    },
  });
  const publishing = publishCity({
    connection,
    signal: stop.signal,
    clock,
    seed: 1,
    ratePerSecond: () => 200,
    history: {
      startMs: clock.now() - 25_000,
      onPublished: (count) => {
        inHistory = count;
        liveSinceMs = clock.now();
      },
    },
  });
  const ended = expect(publishing).rejects.toThrow();
  const tookMs = await liveIncidents.promise;
  stop.abort();
  await ended;

  expect(inHistory).toBeGreaterThan(4_000);
  // 400 at 200 a second; the live stream begins where the history ends, so what was missed meanwhile comes first.
  expect(tookMs).toBeLessThan(3_000);
  expect(refused).toEqual([]);
  expect(agencies.size).toBe(6);
  const { state } = await (await jetstreamManager(connection)).streams.info(INCIDENTS);
  expect(state.messages).toBeGreaterThanOrEqual((inHistory ?? 0) + 400);
  await connection.close();
  await nats.dispose();
});
