/**
 * `ingest.throughput`: incidents per second from a prefilled stream to committed rows. Baseline: the same
 * incidents, already validated, by bare `pg` and `unnest` into the same tables, in batches of the same size.
 */
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { systemClock } from '../../server/clock.ts';
import { connectNats } from '../../server/feeds/nats-connection.ts';
import { ensureStreams, INCIDENTS } from '../../server/feeds/streams.ts';
import { validate } from '../../server/feeds/validate.ts';
import { ForceAreas } from '../../server/force-areas/force-areas.ts';
import { RejectedStream } from '../../server/ingest/rejected-stream.ts';
import { runIngest } from '../../server/ingest/run-ingest.ts';
import { LiveStream } from '../../server/live/live-stream.ts';
import { createLog } from '../../server/log.ts';
import { openDatabase, type Database } from '../../server/store/database.ts';
import {
  INPUT_ROWS,
  INSERT_INCIDENTS,
  inputValues,
  type Arrival,
} from '../../server/store/incident-columns.ts';
import { median, round, type Benchmark } from './bench.ts';
import { localFolder } from '../support/server-process.ts';

const INCIDENT_COUNT = 60_000;
const BATCH = 1_000;
const ROUNDS = 3;

export const ingestThroughput: Benchmark = {
  names: ['ingest.throughput'],
  run: async (report) => {
    const services = await localFolder(report);
    const database = openDatabase({ url: services.databaseUrl, name: 'bench' });
    const connection = await connectNats({ urls: services.natsUrls, name: 'bench' });
    try {
      const ours: number[] = [];
      const bare: number[] = [];
      // In turn, so that both meet the machine in the same mood.
      for (let round = 0; round < ROUNDS; round++) {
        const payloads = messages(round);
        await emptied(database);
        bare.push(await bareInserts(database, payloads));
        await emptied(database);
        ours.push(await throughIngest(database, connection, payloads));
        report(
          `round ${round + 1}: ours ${Math.round(ours.at(-1) ?? 0)}/s, bare ${Math.round(bare.at(-1) ?? 0)}/s`,
        );
      }
      const [value, baseline] = [median(ours), median(bare)];
      return [
        {
          name: 'ingest.throughput',
          value: round(value),
          unit: 'incidents/s',
          n: ROUNDS,
          baseline: round(baseline),
          ratio: round(value / baseline),
        },
      ];
    } finally {
      await connection.close();
      await database.end();
      await services.dispose();
    }
  },
};

function messages(round: number): Buffer[] {
  return Array.from({ length: INCIDENT_COUNT }, (_, i) =>
    Buffer.from(
      JSON.stringify({
        id: `bench-${round}-${i}`,
        occurredAt: new Date(Date.UTC(2026, 0, 1) + i * 10_000).toISOString(),
        reportedAt: new Date(Date.UTC(2026, 0, 1) + i * 10_000 + 600_000).toISOString(),
        location: { lat: 51.3 + ((i * 7_919) % 40_000) / 1e5, lon: -0.4 + ((i * 104_729) % 60_000) / 1e5 },
        category: 'burglary',
        markers: ['youth'],
        nativeCategory: 'synthetic',
        severity: 3,
        force: 'metropolitan',
      }),
    ),
  );
}

async function emptied(database: Database): Promise<void> {
  await database.query('truncate incidents, incident_keys, ingest_batches, feeds');
  await database.query('checkpoint');
}

/** The floor: no stream, no validation while timed, no identity, no account; the same rows and indexes. */
async function bareInserts(database: Database, payloads: readonly Buffer[]): Promise<number> {
  const arrivals = payloads.map((payload, index): Arrival => {
    const streamAtMs = Date.UTC(2026, 5, 1);
    const context = { agency: 'police' as const, feed: 'bench', streamAtMs, clock: 'system' as const };
    const result = validate(payload, { ...context, allowOrigins: new Set(['live']) });
    if ('rejection' in result) throw new Error(result.rejection.reason);
    return { ...result.accepted, streamAtMs, streamSeq: index };
  });
  const began = performance.now();
  for (let start = 0; start < arrivals.length; start += BATCH) {
    await database.query({
      name: 'bare-insert',
      text: `${INSERT_INCIDENTS} from ${INPUT_ROWS} cross join (select 1::bigint as batch) batch`,
      values: inputValues(arrivals.slice(start, start + BATCH)),
    });
  }
  return (payloads.length / (performance.now() - began)) * 1_000;
}

async function throughIngest(
  database: Database,
  connection: NatsConnection,
  payloads: readonly Buffer[],
): Promise<number> {
  await ensureStreams(await jetstreamManager(connection));
  const client = jetstream(connection);
  for (let start = 0; start < payloads.length; start += BATCH) {
    const some = payloads.slice(start, start + BATCH);
    await Promise.all(some.map((payload) => client.publish('incidents.v1.police.bench', payload)));
  }
  const live = await LiveStream.open(connection);
  const stop = new AbortController();
  const began = performance.now();
  let counted = 0;
  await runIngest(
    {
      database,
      live,
      connection,
      clock: systemClock(),
      config: { allowOrigins: new Set(['live']), clock: 'system' },
      forceAreas: new ForceAreas(database),
      rejectedStream: new RejectedStream(connection),
      log: createLog('silent'),
      working: () => undefined,
      failing: () => undefined,
      onBatch: ({ stored, rejected, duplicates }) => {
        counted += stored;
        if (rejected + duplicates > 0) throw new Error('the benchmark stores every message');
        if (counted === payloads.length) stop.abort();
      },
    },
    stop.signal,
  );
  const rate = (payloads.length / (performance.now() - began)) * 1_000;
  const { rows } = await database.query<{ count: number }>('select count(*) from incidents');
  if (rows[0]?.count !== payloads.length) throw new Error(`only ${rows[0]?.count ?? 0} rows are committed`);
  await (await jetstreamManager(connection)).streams.purge(INCIDENTS);
  return rate;
}
