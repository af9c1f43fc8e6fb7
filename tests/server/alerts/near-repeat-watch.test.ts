/** Near-repeats: told where the data show that such incidents repeat, and over when the days are. */
import { describe, expect, it } from 'vitest';
import { NearRepeatWatch } from '../../../server/alerts/near-repeat-watch.ts';
import { seededRandom } from '../../../models/evaluation/seeded-random.ts';
import type { StoredIncident } from '../../../shared/announcement.ts';
import { cellAt } from '../../../shared/cell.ts';
import { DAY_MS, formatInstant, HOUR_MS } from '../../../shared/time.ts';

const NOW_MS = Date.UTC(2026, 2, 6, 21, 40);

function burglary(
  lat: number,
  lon: number,
  atMs: number,
  change: Partial<StoredIncident> = {},
): StoredIncident {
  return {
    ...{
      agency: 'police',
      feed: 'test',
      id: `${lat} ${lon} ${atMs}`,
      revision: 1,
      status: 'open',
      origin: 'live',
    },
    ...{
      occurredAt: formatInstant(atMs),
      occurredUntil: null,
      timePrecision: 'minute',
      receivedAt: formatInstant(atMs),
    },
    ...{ lat, lon, cell: cellAt(lat, lon), category: 'burglary', markers: [], nativeCategory: null },
    ...{ severity: 2, force: 'kent', discovery: 'reported' },
    ...change,
  };
}

/** A year in which every third burglary draws another within 80 m and a day, or none does. */
async function watchAfterAYear(repeats: boolean): Promise<NearRepeatWatch> {
  const [watch, random] = [new NearRepeatWatch('kent'), seededRandom(1)];
  for (let i = 0; i < 500; i++) {
    const [lat, lon] = [51 + random() * 0.3, 0.5 + random() * 0.4];
    const atMs = NOW_MS - (2 + random() * 360) * DAY_MS;
    watch.recall('burglary', { lat, lon, atMs });
    if (repeats && i % 3 === 0)
      watch.recall('burglary', { lat: lat + 0.0005, lon, atMs: atMs + 20 * HOUR_MS });
  }
  await watch.measure(NOW_MS, () => Promise.resolve());
  return watch;
}

describe('two burglaries next door within a day', () => {
  it('are told of with distance, days and the rise that was measured, once, and are over when the days are', async () => {
    const watch = await watchAfterAYear(true);
    expect(watch.take(burglary(51.9, 0.9, NOW_MS - 20 * HOUR_MS), NOW_MS, true)).toEqual([]);
    const [told, ...more] = watch.take(burglary(51.9004, 0.9, NOW_MS), NOW_MS, true);
    expect(more).toEqual([]);
    expect(told).toMatchObject({ force: 'kent', raises: true, sensitive: false });
    const { finding, place } = told ?? {};
    expect(finding).toMatchObject({ kind: 'near-repeat', theme: 'burglary', observed: 2, over: false });
    expect(finding?.nearRepeat?.riseInterval[0]).toBeGreaterThan(1);
    expect(finding?.nearRepeat?.distanceMetres).toBeLessThanOrEqual(400);
    const [third] = watch.take(burglary(51.9003, 0.9, NOW_MS + HOUR_MS), NOW_MS + HOUR_MS, true);
    expect(third).toMatchObject({ place, raises: false, finding: { observed: 3 } });
    expect(watch.tick(NOW_MS + HOUR_MS)).toEqual([]);
    const [over] = watch.tick(NOW_MS + 20 * DAY_MS);
    expect(over).toMatchObject({ place, raises: false, finding: { over: true } });
  });

  it('are not told of where such do not repeat, nor what is sensitive, found by officers or told late', async () => {
    const usual = await watchAfterAYear(false);
    const repeating = await watchAfterAYear(true);
    for (const [watch, change, isTimely] of [
      [usual, {}, true],
      [repeating, { markers: ['domestic'] }, true],
      [repeating, { discovery: 'officer' }, true],
      [repeating, {}, false],
    ] as const) {
      const pair = [burglary(51.9, 0.9, NOW_MS - 20 * HOUR_MS), burglary(51.9004, 0.9, NOW_MS)];
      const told = pair.map((one) => ({
        ...one,
        ...change,
        markers: [...('markers' in change ? change.markers : [])],
      }));
      expect(told.flatMap((one) => watch.take(one, NOW_MS, isTimely))).toEqual([]);
    }
  });
});
