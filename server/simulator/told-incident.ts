/** What a feed says of what happened: its times, place, markers and severity, as precise as that feed is. */
import { MARKERS, type Marker } from '../../shared/category.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { formatInstant, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import type { FeedHabit } from './feed-habits.ts';
import { CITY_OF_LONDON } from './geography.ts';
import type { Happening } from './happenings.ts';
import { isInside, toDegrees, type Point } from './plane.ts';
import type { Random } from './random.ts';

export interface Told {
  id: string;
  happening: Happening;
  address: Point;
  habit: FeedHabit;
  occurredAtMs: number;
  knownAtMs: number;
  /** Beside those that it draws. */
  markers?: readonly Marker[];
}

export function isCityOfLondon(address: Point): boolean {
  return isInside(address, CITY_OF_LONDON);
}

export function incidentOf(told: Told, random: Random): IncidentMessage {
  const { id, happening, address, habit } = told;
  return {
    id,
    origin: 'simulated',
    ...timesOf(told, random),
    location: {
      ...toDegrees(address),
      ...(habit.precisionMetres !== undefined && { precisionMetres: habit.precisionMetres }),
    },
    category: happening.category,
    ...markersOf(told, random),
    severity: severityOf(happening, random),
    force: isCityOfLondon(address) ? 'city-of-london' : 'metropolitan',
    ...discoveryOf(happening, habit),
  };
}

function timesOf(
  { happening, habit, occurredAtMs, knownAtMs }: Told,
  random: Random,
): Pick<IncidentMessage, 'occurredAt' | 'occurredUntil' | 'reportedAt' | 'timePrecision'> {
  const isSpan = happening.unseen === true && habit.saysReportedAt === true;
  const untilMs = Math.min(knownAtMs, occurredAtMs + random.logNormal(4 * HOUR_MS, 0.6));
  const precisionMs = isSpan ? HOUR_MS : MINUTE_MS;
  return {
    occurredAt: formatInstant(Math.floor(occurredAtMs / precisionMs) * precisionMs),
    ...(isSpan && { occurredUntil: formatInstant(untilMs), timePrecision: 'hour' }),
    ...(habit.saysReportedAt === true && { reportedAt: formatInstant(knownAtMs) }),
  };
}

function markersOf({ happening, markers = [] }: Told, random: Random): Pick<IncidentMessage, 'markers'> {
  const drawn = MARKERS.filter((marker) => {
    const chance = happening.markers[marker];
    return (chance !== undefined && random.chance(chance)) || markers.includes(marker);
  });
  return drawn.length === 0 ? {} : { markers: drawn };
}

function severityOf({ severity }: Happening, random: Random): number {
  const change = random.next();
  return Math.min(5, Math.max(1, change < 0.15 ? severity - 1 : change > 0.85 ? severity + 1 : severity));
}

function discoveryOf({ category }: Happening, habit: FeedHabit): Pick<IncidentMessage, 'discovery'> {
  if (category === 'drugs' || category === 'possession-of-weapons') return { discovery: 'officer' };
  return habit.discovery === undefined ? {} : { discovery: habit.discovery };
}
