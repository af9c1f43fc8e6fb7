/** The simulated city on a real nats-server: history first, then live, all of it valid; patrols; the truth in a file. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { Compile } from 'typebox/compile';
import { expect, it } from 'vitest';
import { systemClock, type Clock } from '../../server/clock.ts';
import { connectNats } from '../../server/feeds/nats-connection.ts';
import { INCIDENTS, PATROLS } from '../../server/feeds/streams.ts';
import { parseIncidentSubject } from '../../server/feeds/subjects.ts';
import { validate } from '../../server/feeds/validate.ts';
import { publishCity } from '../../server/simulator/publish-city.ts';
import type { ClusterTruth, Truth } from '../../server/simulator/truth.ts';
import { truthFile } from '../../server/simulator/truth.ts';
import { FORCES } from '../../shared/force.ts';
import { PatrolPing } from '../../shared/patrol.ts';
import { DAY_MS, MINUTE_MS } from '../../shared/time.ts';
import { realNats } from '../support/real-servers.ts';

it('sends its history at once and then goes on live, and ingest would take all of it', async () => {
  const nats = await realNats();
  const connection = await connectNats({ urls: [nats.url], name: 'test' });
  const clock = systemClock();
  const stop = new AbortController();
  const refused: string[] = [];
  const agencies = new Set<string>();
  const liveIncidents = Promise.withResolvers<undefined>();
  let sent = 0;
  let inHistory: number | undefined;
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
      if (inHistory !== undefined && sent === inHistory + 400) liveIncidents.resolve(undefined);
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
      },
    },
  });
  const ended = expect(publishing).rejects.toThrow();
  await liveIncidents.promise;
  stop.abort();
  await ended;

  expect(inHistory).toBeGreaterThan(4_000);
  expect(refused).toEqual([]);
  expect(agencies.size).toBe(6);
  const { state } = await (await jetstreamManager(connection)).streams.info(INCIDENTS);
  expect(state.messages).toBeGreaterThanOrEqual((inHistory ?? 0) + 400);
  await connection.close();
  await nats.dispose();
});

it('sends pings of patrols, kept for a day, and writes the truth down before what is in it', async () => {
  const nats = await realNats();
  const connection = await connectNats({ urls: [nats.url], name: 'test' });
  // Half a minute to a second, so that nobody waits for the first pings.
  const sinceMs = performance.now();
  const realStartMs = Date.now();
  const now = (): number => realStartMs + 30 * (performance.now() - sinceMs);
  const clock: Clock = { kind: 'system', speed: 30, now };
  const stop = new AbortController();
  const folder = mkdtempSync(join(tmpdir(), 'forewatch-'));
  const path = join(folder, 'truth', 'city.ndjson');
  const readTruth = (): Truth[] =>
    readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Truth);
  const pings = new Map<string, unknown>();
  const ofCluster = Promise.withResolvers<ClusterTruth>();
  const allUnits = Promise.withResolvers<undefined>();
  connection.subscribe('patrols.v1.>', {
    callback: (_error, message) => {
      const ping = message.json<{ unit: string }>();
      pings.set(`${message.subject} ${ping.unit}`, ping);
      if (pings.size === 31) allUnits.resolve(undefined);
    },
  });
  connection.subscribe('incidents.v1.>', {
    callback: (_error, message) => {
      const { id } = message.json<{ id: string }>();
      const truth = readTruth().find((line) => line.type === 'cluster' && line.incidentIds.includes(id));
      if (truth?.type === 'cluster') ofCluster.resolve(truth);
    },
  });
  const startMs = clock.now();
  const publishing = publishCity({
    connection,
    signal: stop.signal,
    clock,
    seed: 1,
    ratePerSecond: () => 1,
    city: {
      onTruth: truthFile(path),
      clusters: [
        {
          centre: { lat: 51.5462, lon: -0.0755 },
          radiusMetres: 150,
          size: 30,
          startMs: startMs - 20 * MINUTE_MS,
          durationMs: MINUTE_MS,
          category: 'robbery',
        },
      ],
    },
    patrols: true,
    history: { startMs: startMs - 30 * MINUTE_MS },
  });
  const ended = expect(publishing).rejects.toThrow();
  await allUnits.promise;
  expect(await ofCluster.promise).toMatchObject({ size: 30, category: 'robbery' });
  stop.abort();
  await ended;

  expect(readTruth().map(({ type }) => type)).toEqual(['city', 'cluster']);
  const isPing = Compile(PatrolPing);
  expect([...pings.values()].filter((ping) => !isPing.Check(ping))).toEqual([]);
  const forces = new Set([...pings.keys()].map((key) => key.split(/[. ]/)[2]));
  expect(forces).toEqual(new Set(['metropolitan', 'city-of-london']));
  expect([...forces].every((force) => FORCES.some((known) => known === force))).toBe(true);
  const { config, state } = await (await jetstreamManager(connection)).streams.info(PATROLS);
  expect(config.max_age).toBe(nanos(DAY_MS));
  expect(state.messages).toBeGreaterThanOrEqual(31);
  const kept = await (await jetstream(connection).consumers.get(PATROLS)).next();
  expect(isPing.Check(kept?.json())).toBe(true);
  await connection.close();
  rmSync(folder, { recursive: true });
  await nats.dispose();
});
