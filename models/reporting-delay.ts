/** Learns how long it takes until an incident is known, though the recent ones have not all been told of yet. */
import { DELAY_EDGES_HOURS, type DelayCurve } from '../shared/reporting-delay.ts';

/** Incidents by delay and by age: one `DELAY_EDGES_HOURS` bin each, the last bin beyond all edges. */
export interface DelayCount {
  /** Index of the first edge that the delay does not exceed. */
  delayBin: number;
  /** How many edges the incident's age has passed. */
  agePassed: number;
  incidents: number;
}

/** With fewer a feed's category leans on its feed, and that on what all have. */
const LEANING_INCIDENTS = 50;

/**
 * The share known by each edge, by the hazard in reversed time (Lagakos, Barraj & De Gruttola 1988; Lawless 1994):
 * of the incidents old enough to have been told of within an edge, which share was told of in its last bin. So
 * that what is not known yet biases nothing. `leanOn` counts as `LEANING_INCIDENTS` more incidents.
 */
export function learnDelays(counts: readonly DelayCount[], leanOn?: DelayCurve): DelayCurve {
  const last = DELAY_EDGES_HOURS.length - 1;
  const completeness = new Array<number>(last + 1).fill(1);
  let learntFrom = 0;
  for (const { delayBin, incidents } of counts) if (delayBin <= last) learntFrom += incidents;
  for (let edge = last; edge > 0; edge--) {
    let atRisk = 0;
    let inBin = 0;
    for (const { delayBin, agePassed, incidents } of counts) {
      if (delayBin > edge || agePassed <= edge) continue;
      atRisk += incidents;
      if (delayBin === edge) inBin += incidents;
    }
    if (leanOn !== undefined) {
      const [before, here] = [leanOn.completeness[edge - 1] ?? 1, leanOn.completeness[edge] ?? 1];
      atRisk += LEANING_INCIDENTS;
      inBin += here > 0 ? LEANING_INCIDENTS * (1 - before / here) : 0;
    }
    const hazard = atRisk === 0 ? 0 : inBin / atRisk;
    completeness[edge - 1] = (completeness[edge] ?? 1) * (1 - hazard);
  }
  return { completeness, learntFrom };
}

/** What several curves come to together, each with its share of the incidents. */
export function mixedDelays(curves: readonly { curve: DelayCurve; weight: number }[]): DelayCurve {
  const total = curves.reduce((sum, { weight }) => sum + weight, 0);
  return {
    completeness: DELAY_EDGES_HOURS.map((_, edge) =>
      total === 0
        ? 1
        : curves.reduce((sum, { curve, weight }) => sum + weight * (curve.completeness[edge] ?? 1), 0) /
          total,
    ),
    learntFrom: curves.reduce((sum, { curve }) => sum + curve.learntFrom, 0),
  };
}
