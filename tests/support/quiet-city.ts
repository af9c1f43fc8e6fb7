/** A small city with a usual past, for tests of what stands out from it. */
import { seededRandom } from '../../models/evaluation/seeded-random.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { incidentMessage } from './incidents.ts';

const SIDE = 7;
const PER_HOUR = 5;

/** One of 49 places, half a kilometre and more apart. */
export function cityPlace(index: number): { lat: number; lon: number } {
  return { lat: 51.4 + Math.floor(index / SIDE) * 0.006, lon: -0.3 + (index % SIDE) * 0.01 };
}

/** What happens anyway within the span, oldest first. */
export function usualIncidents(
  { fromMs, toMs, seed = 1 }: { fromMs: number; toMs: number; seed?: number },
  change: Partial<IncidentMessage> = {},
): IncidentMessage[] {
  const random = seededRandom(seed);
  const count = Math.round(((toMs - fromMs) / HOUR_MS) * PER_HOUR);
  return Array.from({ length: count }, () => fromMs + random() * (toMs - fromMs))
    .sort((one, other) => one - other)
    .map((atMs) =>
      incidentMessage({
        occurredAt: new Date(atMs).toISOString(),
        location: cityPlace(Math.floor(random() * SIDE * SIDE)),
        ...change,
      }),
    );
}

/** One every minute up to `untilMs`, at one place or at the places of these indices in turn. */
export function burst(
  { size, untilMs, places }: { size: number; untilMs: number; places: readonly number[] },
  change: Partial<IncidentMessage> = {},
): IncidentMessage[] {
  return Array.from({ length: size }, (_, i) =>
    incidentMessage({
      occurredAt: new Date(untilMs - (size - i) * MINUTE_MS).toISOString(),
      location: cityPlace(places[i % places.length] ?? 0),
      ...change,
    }),
  );
}
