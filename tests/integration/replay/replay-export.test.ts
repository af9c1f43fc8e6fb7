/** A span that was exported and played again into another installation shows the same picture at its end. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Snapshot } from '../../../shared/messages.ts';
import type { ReplaySpan, ReplayState } from '../../../shared/replay.ts';
import { formatInstant, HOUR_MS, MINUTE_MS, TimeZone } from '../../../shared/time.ts';
import { playRecording } from '../../../server/feeds/recordings/play-recording.ts';
import { selectRecordedSpan, type RecordedLine } from '../../../server/store/recorded-span.ts';
import { incidentMessage } from '../../support/incidents.ts';
import { realForewatch, type RealForewatch } from '../../support/real-forewatch.ts';
import { tallyOf } from '../../support/shown-counts.ts';
import { until } from '../../support/until.ts';

const ROLES = new Set(['ingest', 'gateway'] as const);
let first: RealForewatch;
let second: RealForewatch;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
  first = await realForewatch({ roles: ROLES });
  second = await realForewatch({ roles: ROLES, clock: 'feed' });
});
afterAll(async () => {
  await first.dispose();
  await second.dispose();
  await rm(folder, { recursive: true });
});

/** Incidents by now, late, of a day, corrected to another place, cancelled, twice. */
async function happen(): Promise<number> {
  const ago = (minutes: number): string => formatInstant(Date.now() - minutes * MINUTE_MS);
  const messages = Array.from({ length: 40 }, (_, n) =>
    incidentMessage({
      ...{ id: `told-${n}`, occurredAt: ago(1 + (n % 9) * 90), force: n % 3 === 0 ? 'surrey' : 'kent' },
      location: { lat: 51.2 + (n % 5) * 0.01, lon: 0.5 },
      ...(n % 8 === 0 && { timePrecision: 'day' as const }),
      ...(n % 7 === 0 && { category: 'violence' as const, markers: ['domestic' as const] }),
    }),
  );
  for (const message of messages) await first.publish('incidents.v1.police.told', message);
  const again = [messages[3], messages[4]].flatMap((message) => message ?? []);
  for (const message of again) await first.publish('incidents.v1.police.told', message);
  const later = [
    { ...messages[1], revision: 2, location: { lat: 51.4, lon: 0.6 }, category: 'robbery' },
    { ...messages[2], revision: 2, status: 'cancelled' },
  ];
  for (const message of later) await first.publish('incidents.v1.police.told', message);
  return messages.length + later.length;
}

async function told(own: RealForewatch, count: number): Promise<void> {
  await until(
    async () =>
      (
        await own.database.query<{ told: number }>(
          `select coalesce(sum(jsonb_array_length(payload->'changes')), 0)::int as told from live_archive
           where subject like 'stored.v1.%'`,
        )
      ).rows[0]?.told ?? 0,
    (changes) => changes >= count,
  );
}

async function answer<Answer>(own: RealForewatch, path: string): Promise<Answer> {
  const token = await own.token();
  const response = await fetch(`${own.server.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Answer;
}

async function lastState(own: RealForewatch): Promise<Snapshot> {
  const { to } = await until(
    () => answer<ReplaySpan>(own, '/api/replay/span'),
    (span) => span.to !== null,
  );
  return (await answer<ReplayState>(own, `/api/state?at=${to ?? ''}`)).snapshot;
}

const seen = ({ counts, periods, incidents }: Snapshot): unknown => ({
  counts: tallyOf(counts),
  periods: periods.map(({ theme, force, period, cells }) => ({
    theme,
    force,
    period,
    cells: cells.toSorted(),
  })),
  incidents: incidents.map(({ id, revision, status, cell, category, occurredAt, period }) => ({
    ...{ id, revision, status, cell, category, occurredAt, period },
  })),
});

it('is the same in counts, days and lists', async () => {
  for (const own of [first, second])
    await until(
      () => own.server.services.gateway.picture,
      (picture) => picture !== undefined,
    );
  const changes = await happen();
  await told(first, changes);
  const lines: RecordedLine[] = [];
  const span = [new Date(Date.now() - 48 * HOUR_MS), new Date(Date.now() + HOUR_MS)] as const;
  for await (const some of selectRecordedSpan(first.database, ...span)) lines.push(...some);
  expect(lines).toHaveLength(changes);
  const file = join(folder, 'span.ndjson');
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const account = await playRecording({
    connection: second.connection,
    signal: new AbortController().signal,
    ...{ speed: 3_600, timeZone: new TimeZone('Europe/London'), files: [file] },
    rejectedFolder: join(folder, 'rejected'),
  });
  expect(account).toMatchObject({ read: changes, published: changes, rejected: 0 });
  await told(second, changes);
  const [original, replayed] = [await lastState(first), await lastState(second)];
  expect(original.incidents).toHaveLength(40);
  expect(Object.keys(tallyOf(original.counts)).length).toBeGreaterThan(20);
  expect(seen(replayed)).toEqual(seen(original));
});
