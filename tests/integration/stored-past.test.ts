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
import type { IncidentMessage } from '../../shared/incident.ts';
import { DAY_MS, formatInstant } from '../../shared/time.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { incidentMessage } from '../support/incidents.ts';
import { patch, START_MS, unevenPast } from '../support/known-incidents.ts';
import { realDatabase } from '../support/real-servers.ts';
import { NOW_MS } from '../support/stored-incidents.ts';

const TRAIN = join(import.meta.dirname, '../../server/commands/train.ts');

async function store(
  database: Database,
  messages: readonly IncidentMessage[],
  origin: 'live' | 'recorded',
): Promise<void> {
  const arrivals = arrivalsOf(messages, 1).map((arrival) => ({
    ...arrival,
    stored: { ...arrival.stored, origin },
  }));
  await storeIncidents(database, arrivals);
}

it('reads the revision that counts, and dates each by when it could be known', async () => {
  const postgres = await realDatabase();
  const database = openDatabase({ url: postgres.url, name: 'test' });
  const [corrected, cancelled] = [incidentMessage(), incidentMessage()];
  await store(database, [corrected, cancelled, incidentMessage({ category: 'drugs' })], 'live');
  const revised: IncidentMessage[] = [
    { ...corrected, revision: 2, category: 'robbery', occurredAt: '2026-02-01T10:00:00Z' },
    { ...cancelled, revision: 2, status: 'cancelled' },
  ];
  await store(database, revised, 'live');
  const recorded = { occurredAt: '2026-01-05T10:00:00Z', reportedAt: '2026-01-09T10:00:00Z' };
  await store(database, [incidentMessage(recorded)], 'recorded');
  const past = await readStoredPast(database, NOW_MS + 1);
  expect(
    past.map(({ category, discovery, occurredAtMs, knownAtMs }) => [
      category,
      discovery,
      formatInstant(occurredAtMs).slice(0, 10),
      formatInstant(knownAtMs).slice(0, 10),
    ]),
  ).toEqual([
    ['burglary', 'reported', '2026-01-05', '2026-01-09'],
    ['robbery', 'reported', '2026-02-01', '2026-03-01'],
    ['drugs', 'officer', '2026-03-01', '2026-03-01'],
  ]);
  await database.end();
  await postgres.dispose();
});

it('trains from the database', async () => {
  const postgres = await realDatabase();
  const database = openDatabase({ url: postgres.url, name: 'test' });
  const folder = await mkdtemp(join(tmpdir(), 'forewatch-train-'));
  const messages = unevenPast(patch(2), 60, 20).map(({ cell, occurredAtMs, category }) => {
    const [lat, lon] = cellCentre(cell);
    return incidentMessage({ occurredAt: formatInstant(occurredAtMs), location: { lat, lon }, category });
  });
  await store(database, messages, 'recorded');
  const until = formatInstant(START_MS + 60 * DAY_MS).slice(0, 10);
  await promisify(execFile)(process.execPath, [TRAIN, '--database', '--until', until, '--out', folder], {
    env: { PATH: '', DATABASE_URL: postgres.url, DATA_DIR: folder },
  });
  const card = JSON.parse(await readFile(join(folder, CARD_FILE), 'utf8')) as ModelCard;
  expect(card.training).toMatchObject({ data: ['database'], incidents: 1_200, until });
  await Promise.all([database.end(), rm(folder, { recursive: true })]);
  await postgres.dispose();
});
