/** What comes after a first message: the same again, a correction, a cancellation, the end; now and then in the wrong order. */
import type { IncidentMessage } from '../../shared/incident.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { toDegrees, type Point } from './plane.ts';
import type { Random } from './random.ts';

export interface TimedIncident {
  knownAtMs: number;
  incident: IncidentMessage;
}

/** Where a place that was told wrongly really is. */
export type Nearby = () => Point;

type Change = (incident: IncidentMessage, nearby: Nearby, random: Random) => IncidentMessage;

const KINDS: readonly { share: number; afterMs: number; change: Change }[] = [
  { share: 0.01, afterMs: 0.5 * MINUTE_MS, change: (incident) => incident },
  { share: 0.02, afterMs: 20 * MINUTE_MS, change: corrected },
  {
    share: 0.008,
    afterMs: 30 * MINUTE_MS,
    change: (incident) => ({ ...incident, revision: 2, status: 'cancelled' }),
  },
  {
    share: 0.05,
    afterMs: 2 * HOUR_MS,
    change: (incident) => ({ ...incident, revision: 2, status: 'closed' }),
  },
];
const SWAPPED_SHARE = 0.002;

/** The first message and what follows it, if anything. */
export function withFollowUps(first: TimedIncident, nearby: Nearby, random: Random): TimedIncident[] {
  const { knownAtMs, incident } = first;
  const draw = random.next();
  if (draw < SWAPPED_SHARE) {
    const after = knownAtMs + random.exponential(MINUTE_MS);
    return [
      { knownAtMs, incident: corrected(incident, nearby, random) },
      { knownAtMs: after, incident },
    ];
  }
  let upTo = SWAPPED_SHARE;
  for (const { share, afterMs, change } of KINDS) {
    upTo += share;
    if (draw >= upTo) continue;
    const after = knownAtMs + random.logNormal(afterMs, 0.7);
    return [first, { knownAtMs: after, incident: change(incident, nearby, random) }];
  }
  return [first];
}

function corrected(incident: IncidentMessage, nearby: Nearby, random: Random): IncidentMessage {
  const severity = incident.severity ?? 2;
  if (random.chance(0.5)) {
    return { ...incident, revision: 2, severity: severity === 5 ? 4 : severity + 1 };
  }
  // Across the street or round the corner.
  return { ...incident, revision: 2, location: { ...incident.location, ...toDegrees(nearby()) } };
}
