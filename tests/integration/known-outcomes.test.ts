/** What the scorecard counts: what was known by then, as it was told by then. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction, openDatabase, type Database } from '../../server/store/database.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { isCoveredFrom, selectKnownOutcomes, selectYearCounts } from '../../server/store/known-outcomes.ts';
import { cellAt } from '../../shared/cell.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { DAY_MS, formatInstant, HOUR_MS } from '../../shared/time.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realDatabase, type RealServer } from '../support/real-servers.ts';

const FROM_MS = Date.parse('2026-02-01T00:00:00Z');
const SPAN = { force: 'kent', fromMs: FROM_MS, toMs: FROM_MS + 8 * HOUR_MS } as const;

let postgres: RealServer;
let database: Database;
beforeAll(async () => {
  postgres = await realDatabase();
  database = openDatabase({ url: postgres.url, name: 'test' });
});
afterAll(async () => {
  await database.end();
  await postgres.dispose();
});
beforeEach(async () => {
  await database.query('truncate incidents, incident_keys, incident_history_keys, ingest_batches');
});

/** Happened so many hours into the window, and was received so many hours into it. */
async function store(atHours: number, receivedHours: number, change: Partial<IncidentMessage> = {}) {
  const occurredAt = formatInstant(FROM_MS + atHours * HOUR_MS);
  const message = incidentMessage({ force: 'kent', occurredAt, ...change });
  const receivedAt = formatInstant(FROM_MS + receivedHours * HOUR_MS);
  const arrivals = arrivalsOf([message], 1).map((arrival) => ({
    ...arrival,
    stored: { ...arrival.stored, receivedAt },
  }));
  await storeIncidents(database, arrivals);
  return message;
}

async function categoriesKnownBy(hours: number): Promise<string[]> {
  const knownByMs = FROM_MS + hours * HOUR_MS;
  const known = await inTransaction(database, (transaction) =>
    selectKnownOutcomes(transaction, { ...SPAN, knownByMs }),
  );
  return known.map(({ category }) => category).toSorted();
}

describe('the outcome of a window', () => {
  it('is what feeds the model, happened in it, of its force, and was known by then', async () => {
    await store(0, 1);
    await store(7.9, 9, { category: 'robbery' });
    await store(8, 8);
    await store(-0.1, 1);
    await store(1, 1, { force: 'surrey' });
    await store(1, 1, { category: 'drugs' });
    await store(1, 1, { status: 'cancelled' });
    expect(await categoriesKnownBy(8)).toEqual(['burglary']);
    expect(await categoriesKnownBy(56)).toEqual(['burglary', 'robbery']);
  });

  it('is as it was told by then: corrected, moved, cancelled or brought in only once that was known', async () => {
    const corrected = await store(1, 1);
    await store(1, 20, { ...corrected, revision: 2, category: 'robbery' });
    const moved = await store(2, 2, { category: 'shoplifting' });
    await store(30, 20, { ...moved, revision: 2, occurredAt: formatInstant(FROM_MS + 30 * HOUR_MS) });
    const cancelled = await store(3, 3, { category: 'violence' });
    await store(3, 20, { ...cancelled, revision: 2, status: 'cancelled' });
    const elsewhere = await store(4, 4, { category: 'vehicle-crime' });
    await store(4, 20, { ...elsewhere, revision: 2, force: 'surrey' });
    const before = await store(-30, 4, { category: 'bicycle-theft' });
    await store(5, 20, { ...before, revision: 2, occurredAt: formatInstant(FROM_MS + 5 * HOUR_MS) });
    expect(await categoriesKnownBy(8)).toEqual(['burglary', 'shoplifting', 'vehicle-crime', 'violence']);
    expect(await categoriesKnownBy(21)).toEqual(['bicycle-theft', 'robbery']);
  });

  it('is not what came late and is older than what counted', async () => {
    const first = await store(1, 1, { revision: 3, category: 'robbery' });
    await store(1, 2, { ...first, revision: 1, category: 'burglary' });
    await store(1, 20, { ...first, revision: 2, category: 'violence' });
    expect(await categoriesKnownBy(8)).toEqual(['robbery']);
    expect(await categoriesKnownBy(21)).toEqual(['robbery']);
  });
});

describe('a window', () => {
  const covered = (knownHours: number): Promise<boolean> =>
    inTransaction(database, (transaction) =>
      isCoveredFrom(
        transaction,
        { force: 'kent', fromMs: SPAN.toMs, knownByMs: FROM_MS + knownHours * HOUR_MS },
        ['minute', 'hour'],
      ),
    );

  it('is covered once later happenings are told of, whose hour is known', async () => {
    await store(7, 7);
    await store(10, 10, { force: 'surrey' });
    await store(10, 10, { timePrecision: 'month' });
    expect(await covered(56)).toBe(false);
    await store(9, 40);
    expect(await covered(39)).toBe(false);
    expect(await covered(56)).toBe(true);
  });
});

it('counts a year by cell and by what themes are made of, each incident once, as known at its end', async () => {
  const toMs = FROM_MS;
  const point = { location: { lat: 51.4, lon: 0.5 } };
  await store(-24, -20, point);
  const corrected = await store(-30, -29, point);
  await store(-30, -28, { ...corrected, revision: 2 });
  await store(-30, 2, point);
  await store(-40, -39, { ...point, status: 'cancelled' });
  await store(-40, -39, { ...point, timePrecision: 'month', category: 'robbery', markers: ['knife'] });
  await store(-24 * 366, -24 * 366, point);
  const counts = await inTransaction(database, (transaction) =>
    selectYearCounts(transaction, { force: 'kent', fromMs: toMs - 365 * DAY_MS, toMs }),
  );
  const cell = cellAt(51.4, 0.5);
  expect(counts.toSorted((a, b) => a.category.localeCompare(b.category))).toEqual([
    { cell, category: 'burglary', markers: [], timePrecision: 'minute', incidents: 2 },
    { cell, category: 'robbery', markers: ['knife'], timePrecision: 'month', incidents: 1 },
  ]);
});
