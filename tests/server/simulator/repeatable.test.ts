/** Two runs with the same seed, start and options are equal to the byte: incidents, truth and pings. */
import { expect, it } from 'vitest';
import { inOrder } from '../../../server/simulator/in-order.ts';
import { patrol, type SimulatedPing } from '../../../server/simulator/patrols.ts';
import { Places } from '../../../server/simulator/places.ts';
import { SimulatedCity, type SimulatedMessage } from '../../../server/simulator/simulate-city.ts';
import { weeklyRate } from '../../../server/simulator/telling.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/time.ts';

const START_MS = Date.UTC(2026, 2, 6, 9);

/** Everything that a run publishes and writes down, as it does: a past, then a present with patrols. */
function run(seed: number): string[] {
  const lines: unknown[] = [];
  const places = new Places(seed);
  const city = new SimulatedCity(seed, {
    places,
    clustersPerDay: 24,
    clusters: [
      {
        centre: { lat: 51.5462, lon: -0.0755 },
        radiusMetres: 150,
        size: 12,
        startMs: START_MS + 2 * HOUR_MS,
        durationMs: HOUR_MS,
        category: 'burglary',
      },
    ],
    outagesPerDay: 12,
    outages: [
      {
        feed: { agency: 'council', feed: 'cctv' },
        startMs: START_MS + HOUR_MS,
        durationMs: HOUR_MS,
        backlog: 'lost',
      },
    ],
    onTruth: (truth) => lines.push(truth),
  });
  const ratePerSecond = weeklyRate(0.1);
  lines.push(...city.messages({ startMs: START_MS - DAY_MS, endMs: START_MS, ratePerSecond }));
  const span = { startMs: START_MS, endMs: START_MS + 12 * HOUR_MS };
  const messages = city.messages({ ...span, ratePerSecond });
  lines.push(...inOrder<SimulatedMessage | SimulatedPing>(messages, patrol(seed, places, span)));
  return lines.map((line) => JSON.stringify(line));
}

it('says the same twice for one seed, and nothing of it for another', () => {
  const [one, again, other] = [run(1), run(1), new Set(run(2))];
  for (const part of ['"type":"cluster"', '"type":"outage"', '"unit":"unit-', '"revision":2'])
    expect(one.some((line) => line.includes(part))).toBe(true);
  // Line by line, since nobody could read the difference between two such texts.
  expect(one.filter((line, at) => line !== again[at])).toEqual([]);
  expect(again).toHaveLength(one.length);
  const common = one.filter((line) => other.has(line));
  expect(common.filter((line) => !line.includes('"feed":"cctv","startAt"'))).toEqual([]); // the outage that is named
});
