/** Patrols drive along streets at the speed of a car, stay at places, keep to their own side of the border, and ping every 30 seconds. */
import { Compile } from 'typebox/compile';
import { beforeAll, expect, it } from 'vitest';
import { isBuiltUp } from '../../../server/simulator/land.ts';
import { patrol, type SimulatedPing } from '../../../server/simulator/patrols.ts';
import { Places } from '../../../server/simulator/places.ts';
import { distance, toPlane, type Point } from '../../../server/simulator/plane.ts';
import { isCityOfLondon } from '../../../server/simulator/told-incident.ts';
import { PatrolPing } from '../../../shared/patrol.ts';
import { HOUR_MS, parseInstant } from '../../../shared/time.ts';

const SPAN = { startMs: Date.UTC(2026, 2, 6, 18), endMs: Date.UTC(2026, 2, 7, 2) };
const pointOf = ({ ping }: SimulatedPing): Point => toPlane(ping.lat, ping.lon);

let pings: SimulatedPing[];
let units: Map<string, SimulatedPing[]>;
beforeAll(() => {
  pings = patrol(1, new Places(1), SPAN).toArray();
  units = Map.groupBy(pings, ({ ping }) => ping.unit);
});

it('sends valid pings in order, of every unit every 30 seconds', () => {
  const isPing = Compile(PatrolPing);
  expect(pings.filter(({ ping }) => !isPing.Check(ping))).toEqual([]);
  expect(pings.every(({ knownAtMs }, at) => knownAtMs >= (pings[at - 1]?.knownAtMs ?? 0))).toBe(true);
  expect(pings.every(({ ping, knownAtMs }) => parseInstant(ping.at) === knownAtMs)).toBe(true);
  expect(units.size).toBe(31);
  for (const own of units.values()) {
    const gaps = own.slice(1).map(({ knownAtMs }, at) => knownAtMs - (own[at]?.knownAtMs ?? 0));
    expect(new Set(gaps)).toEqual(new Set([30_000]));
    expect(own.length).toBe(((SPAN.endMs - SPAN.startMs) / HOUR_MS) * 120);
  }
});

it('lets no unit jump, and each both drive and stay', () => {
  for (const own of units.values()) {
    const steps = own.slice(1).map((ping, at) => distance(pointOf(ping), pointOf(own[at] ?? ping)));
    // 9 m/s, and up to a block to the nearest street at either end.
    expect(Math.max(...steps)).toBeLessThan(9 * 30 + 300);
    expect(steps.filter((metres) => metres === 0).length / steps.length).toBeGreaterThan(0.3);
    expect(steps.filter((metres) => metres > 50).length / steps.length).toBeGreaterThan(0.1);
  }
});

it('keeps out of water and parks, and in the force’s own area', () => {
  expect(pings.filter((ping) => !isBuiltUp(pointOf(ping)))).toEqual([]);
  const astray = pings.filter((ping) => isCityOfLondon(pointOf(ping)) !== (ping.force === 'city-of-london'));
  // A street along the border belongs to both.
  expect(astray.length / pings.length).toBeLessThan(0.01);
});
