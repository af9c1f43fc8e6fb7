/** What a backtest goes by: cells fixed before the training period, and the past in the order in which it became known. */
import { cellAreaSquareMetres, type Cell } from '../../shared/cell.ts';
import type { TimeZone } from '../../shared/time.ts';
import { CellHistory } from '../features/cell-history.ts';
import type { IncidentGroup, KnownIncident } from '../features/counted-incident.ts';
import type { Horizon, Span } from '../forecast-windows.ts';
import { fittedHorizon, isTimedFor, planTraining } from '../training/training-plan.ts';
import { inKnownOrder, Outcomes, Walk } from '../walk-forward.ts';
import { Ground } from './baselines/ground.ts';
import { PastOfGroup } from './baselines/known-past.ts';

export interface SettingRequest {
  incidents: readonly KnownIncident[];
  group: IncidentGroup;
  timeZone: TimeZone;
  /** The test. */
  span: Span;
  horizon: Horizon;
  /** Of a force area, whatever happened where; else the cells are those with an incident before the training period. */
  cells?: readonly Cell[];
}

/** How a setting comes about; a test plants leaks by other ways. */
export interface SettingSteps {
  walk: (history: CellHistory, incidents: readonly KnownIncident[]) => Walk;
  /** Leaves the walk where the cells are fixed, and its area closed; `given` are those of a force area. */
  fixCells: (
    walk: Walk,
    fixedAtMs: number,
    incidents: readonly KnownIncident[],
    given: readonly Cell[] | undefined,
  ) => void;
}

export interface Setting {
  walk: Walk;
  outcomes: Outcomes;
  ground: Ground;
  areasSquareMetres: Float64Array;
  past: PastOfGroup;
  cellsFixedAtMs: number;
  trainingWindows: readonly Span[];
}

export const HONEST_STEPS: SettingSteps = {
  walk: (history, incidents) => new Walk(history, incidents),
  fixCells: (walk, fixedAtMs, incidents, given) => {
    if (given !== undefined) {
      for (const cell of given) walk.history.area.take(cell);
      walk.history.closeArea();
    }
    walk.advance(fixedAtMs);
    // What officers found feeds no model, and says all the same that somebody is there.
    for (const { cell, knownAtMs } of incidents) if (knownAtMs < fixedAtMs) walk.history.area.take(cell);
    walk.history.closeArea();
  },
};

/** Throws `TrainingImpossible` where too little is known before the span. */
export function settle(request: SettingRequest, steps: SettingSteps = HONEST_STEPS): Setting {
  const { group, timeZone, span, horizon } = request;
  const incidents = inKnownOrder(request.incidents, timeZone);
  const timed = incidents.filter((incident) => isTimedFor(incident, horizon));
  const plan = planTraining(timed, span.fromMs, fittedHorizon(horizon), timeZone);
  const walk = steps.walk(new CellHistory({ timeZone, groups: [group] }), timed);
  steps.fixCells(walk, plan.span.fromMs, incidents, request.cells);
  const { history } = walk;
  const ground = new Ground(history.cells);
  return {
    walk,
    outcomes: new Outcomes(timed, group),
    ground,
    areasSquareMetres: Float64Array.from(history.cells, cellAreaSquareMetres),
    past: new PastOfGroup(timed, group, ground, (cell) => history.indexOf(cell)),
    cellsFixedAtMs: plan.span.fromMs,
    trainingWindows: plan.windows,
  };
}
