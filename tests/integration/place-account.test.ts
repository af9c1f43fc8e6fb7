/** The account of where incidents lie is that of looking at each, though most are looked at by the cell. */
import { expect, it, vi } from 'vitest';
import { AreaIndex, type ForceArea } from '../../server/force-areas/area-index.ts';
import { placeAccount } from '../../server/force-areas/place-account.ts';
import { openDatabase } from '../../server/store/database.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { viewPlaces } from '../../server/store/stored-places.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { liesInside } from '../support/area-shapes.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realDatabase } from '../support/real-servers.ts';

const CENTRE = { lat: 51.5, lon: -0.12 };
const AREAS: ForceArea[] = [
  { force: 'kent', polygons: [[[[-0.12, 51.4], [0.1, 51.4], [0.1, 51.6], [-0.11, 51.6], [-0.12, 51.4]]]] },
  { force: 'surrey', polygons: [[[[-0.12, 51.4], [-0.11, 51.6], [-0.13, 51.6], [-0.145, 51.4], [-0.12, 51.4]]]] },
]; // prettier-ignore

/** 3,000 of them over 8 km, for three forces by turns, many in one cell. */
const messages = Array.from({ length: 3_000 }, (_, index): IncidentMessage => {
  const [angle, distance] = [index * 2.4, Math.sqrt(index / 3_000)];
  const location = {
    lat: CENTRE.lat + 0.04 * distance * Math.sin(angle),
    lon: CENTRE.lon + 0.06 * distance * Math.cos(angle),
  };
  const force = ([undefined, 'kent', 'surrey'] as const)[index % 3];
  return incidentMessage({ location, ...(force && { force }) });
});

it('counts each incident once, by its force and by the area it lies in', async () => {
  const postgres = await realDatabase();
  const database = openDatabase({ url: postgres.url, name: 'test' });
  const moved = { ...messages[0]!, revision: 2, location: { lat: 40, lon: 0 } };
  await storeIncidents(database, arrivalsOf(messages, 1));
  await storeIncidents(database, arrivalsOf([moved], 10_000));
  const expected: Record<string, number> = {};
  for (const { force = 'unassigned', location } of [moved, ...messages.slice(1)]) {
    const area = AREAS.find(({ polygons }) => liesInside(polygons, [location.lon, location.lat]));
    const key = `${force} in ${area?.force ?? 'none'}`;
    expected[key] = (expected[key] ?? 0) + 1;
  }
  const asked: unknown[] = [];
  const account = await viewPlaces(postgres.url, async (view) => {
    const query = vi.spyOn(view, 'query');
    const counted = await placeAccount(view, new AreaIndex(AREAS));
    // Only queries about single cells have values.
    asked.push(
      ...query.mock.calls.flatMap(([, values]) => (values as unknown as string[][] | undefined)?.[0] ?? []),
    );
    return counted;
  });
  const found = [...account.places].flatMap(([force, lies]) =>
    [...lies].map(
      ([area, count]) => [`${force} in ${area === 'unassigned' ? 'none' : area}`, count] as const,
    ),
  );
  expect(Object.fromEntries(found)).toEqual(expected);
  expect(account.incidents).toBe(3_000);
  expect(Object.keys(expected)).toHaveLength(9);
  const { rows } = await database.query<{ cells: number }>(
    'select count(distinct cell) as cells from incidents',
  );
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThan((rows[0]?.cells ?? 0) / 2);
  await database.end();
  await postgres.dispose();
});
