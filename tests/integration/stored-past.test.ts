/** Training from the database sees what counts: corrected, not cancelled, and known when it was known. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { CARD_FILE, type ModelCard } from '../../models/model-card.ts';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { readStoredPast } from '../../server/store/stored-past.ts';
import { cellCentre } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { DAY_MS, formatInstant } from '../../shared/time.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { incidentMessage } from '../support/incidents.ts';
import { patch, START_MS, unevenPast } from '../support/known-incidents.ts';
import { realDatabase } from '../support/real-servers.ts';
import { NOW_MS } from '../support/stored-incidents.ts';

const TRAIN = join(import.meta.dirname, '../../server/commands/train.ts');

const LATER_MS = NOW_MS + 2 * DAY_MS;

async function store(
  database: Database,
  messages: readonly IncidentMessage[],
  { origin = 'live', receivedMs = NOW_MS }: { origin?: 'live' | 'recorded'; receivedMs?: number } = {},
): Promise<void> {
  const arrivals = arrivalsOf(messages, 1).map((arrival) => ({
    ...arrival,
    stored: { ...arrival.stored, origin, receivedAt: formatInstant(receivedMs) },
  }));
  await storeIncidents(database, arrivals);
}

it('reads the revision that counted at the time, and dates each by when it could first be known', async () => {
  const postgres = await realDatabase();
  const database = openDatabase({ url: postgres.url, name: 'test' });
  const [corrected, cancelled] = [incidentMessage(), incidentMessage()];
  await store(database, [corrected, cancelled, incidentMessage({ category: 'drugs', force: 'kent' })]);
  const revised: IncidentMessage[] = [
    { ...corrected, revision: 2, category: 'robbery', occurredAt: '2026-02-01T10:00:00Z', force: 'kent' },
    { ...cancelled, revision: 2, status: 'cancelled' },
  ];
  await store(database, revised, { receivedMs: LATER_MS });
  const recorded = { occurredAt: '2026-01-05T10:00:00Z', reportedAt: '2026-01-09T10:00:00Z' };
  await store(database, [incidentMessage(recorded)], { origin: 'recorded' });
  const pastAt = async (untilMs: number, force?: Force): Promise<string[]> => {
    const day = (ms: number): string => formatInstant(ms).slice(5, 10);
    const past = await readStoredPast(database, untilMs, { force });
    return past
      .map((one) => `${day(one.occurredAtMs)} ${one.category} ${one.discovery}, known ${day(one.knownAtMs)}`)
      .toSorted();
  };
  const [reported, drugs] = ['01-05 burglary reported, known 01-09', '03-01 drugs officer, known 03-01'];
  const burglary = '03-01 burglary reported, known 03-01';
  expect(await pastAt(NOW_MS + 1)).toEqual([reported, burglary, burglary, drugs]);
  const robbery = '02-01 robbery reported, known 03-01';
  expect(await pastAt(LATER_MS + 1)).toEqual([reported, robbery, drugs]);
  expect(await pastAt(NOW_MS + 1, 'kent')).toEqual([drugs]);
  expect(await pastAt(LATER_MS + 1, 'kent')).toEqual([robbery, drugs]);
  expect(await pastAt(Date.parse('2026-01-09T10:00:00Z'))).toEqual([]);
  await database.end();
  await postgres.dispose();
});

it('trains from the database, on all of it or on one force’s rows', async () => {
  const postgres = await realDatabase();
  const database = openDatabase({ url: postgres.url, name: 'test' });
  const folder = await mkdtemp(join(tmpdir(), 'forewatch-train-'));
  const messages = unevenPast(patch(2), 60, 20).map(({ cell, occurredAtMs, category }, i) => {
    const [lat, lon] = cellCentre(cell);
    const force = i % 3 === 0 ? 'surrey' : 'kent';
    return incidentMessage({
      ...{ occurredAt: formatInstant(occurredAtMs), location: { lat, lon }, category, force },
    });
  });
  await store(database, messages, { origin: 'recorded' });
  const until = formatInstant(START_MS + 60 * DAY_MS).slice(0, 10);
  const env = { PATH: '', DATABASE_URL: postgres.url, DATA_DIR: folder };
  const train = async (...args: string[]): Promise<ModelCard['training']> => {
    const asked = ['--database', '--until', until, '--out', folder, ...args];
    await promisify(execFile)(process.execPath, [TRAIN, ...asked], { env });
    const card = JSON.parse(await readFile(join(folder, CARD_FILE), 'utf8')) as ModelCard;
    return card.training;
  };
  expect(await train()).toMatchObject({ data: ['database'], incidents: 1_200, until });
  expect(await train('--force', 'kent')).toMatchObject({ data: ['database: kent'], incidents: 800, until });
  await expect(train('--force', 'atlantis')).rejects.toThrow(/--force atlantis is no force’s slug/);
  await Promise.all([database.end(), rm(folder, { recursive: true })]);
  await postgres.dispose();
});
