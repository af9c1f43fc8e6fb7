/** A span of the database comes out as a recording that brings the same incidents into another database. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRecording } from '../../server/feeds/recordings/read-recording.ts';
import { parseFeedPath, type FeedName } from '../../server/feeds/subjects.ts';
import { validate } from '../../server/feeds/validate.ts';
import { weeklyRate } from '../../server/simulator/telling.ts';
import { SimulatedCity } from '../../server/simulator/simulate-city.ts';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { selectRecordedSpan, type RecordedLine } from '../../server/store/recorded-span.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { DAY_MS, TimeZone } from '../../shared/time.ts';
import { realDatabase } from '../support/real-servers.ts';

const START_MS = Date.UTC(2026, 2, 2);
const END_MS = START_MS + 3 * DAY_MS;

interface Sent {
  feed: FeedName;
  incident: IncidentMessage;
}

async function store(database: Database, sent: readonly Sent[]): Promise<void> {
  const arrivals = sent.map(({ feed, incident }, streamSeq) => {
    const validated = validate(Buffer.from(JSON.stringify(incident)), {
      ...feed,
      streamAtMs: END_MS,
      allowOrigins: new Set(['simulated', 'recorded']),
      clock: 'system',
    });
    if ('rejection' in validated) throw new Error(validated.rejection.reason);
    return { ...validated.accepted, streamAtMs: END_MS, streamSeq: streamSeq + 1 };
  });
  for (let at = 0; at < arrivals.length; at += 1_000) {
    await storeIncidents(database, arrivals.slice(at, at + 1_000));
  }
}

async function exported(database: Database, fromMs: number, toMs: number): Promise<RecordedLine[]> {
  const all: RecordedLine[] = [];
  for await (const lines of selectRecordedSpan(database, new Date(fromMs), new Date(toMs)))
    all.push(...lines);
  return all;
}

it('round-trips every revision of every feed, over several pages', async () => {
  const [one, other] = [await realDatabase(), await realDatabase()];
  const database = openDatabase({ url: one.url, name: 'test' });
  const copy = openDatabase({ url: other.url, name: 'test' });
  const folder = await mkdtemp(join(tmpdir(), 'export-'));
  const stretch = { startMs: START_MS, endMs: END_MS, ratePerSecond: weeklyRate(0.045) };
  await store(database, new SimulatedCity(1).messages(stretch).toArray());
  const lines = await exported(database, 0, END_MS);
  const stored = await database.query<{ count: number }>('select count(*) from incidents');
  expect(lines).toHaveLength(stored.rows[0]?.count ?? -1);
  expect(lines.length).toBeGreaterThan(10_001);

  const file = join(folder, 'span.ndjson');
  await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  const read: Sent[] = [];
  for await (const entry of readRecording(file, { timeZone: new TimeZone('Europe/London') })) {
    if (entry.kind === 'rejected') throw new Error(`line ${entry.line}: ${entry.reason}`);
    const feed = parseFeedPath(entry.source);
    if (feed === undefined) throw new Error(`no feed: ${entry.source}`);
    read.push({ feed, incident: entry.incident });
  }
  await store(copy, read);
  expect(await exported(copy, 0, END_MS)).toEqual(lines);

  const middleMs = START_MS + DAY_MS;
  const [before, after] = [await exported(database, 0, middleMs), await exported(database, middleMs, END_MS)];
  expect([...before, ...after]).toEqual(lines);
  await Promise.all([database.end(), copy.end(), rm(folder, { recursive: true })]);
  await Promise.all([one.dispose(), other.dispose()]);
});
