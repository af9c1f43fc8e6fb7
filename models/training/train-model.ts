/** Trains the model: for each theme a walk through the past, a fit and its spread; then artefact and card. */
import type { Cell } from '../../shared/cell.ts';
import type { TimeZone } from '../../shared/time.ts';
import { CellHistory } from '../features/cell-history.ts';
import { ALL, THEME_GROUPS, type IncidentGroup, type KnownIncident } from '../features/counted-incident.ts';
import type { Horizon } from '../forecast-windows.ts';
import type { ModelCard } from '../model-card.ts';
import { Walk } from '../walk-forward.ts';
import { collectDataset } from './dataset.ts';
import { fitDispersion } from './dispersion.ts';
import { fitMixture, type MixtureWeights } from './mixture-fit.ts';
import { fittedHorizon, planTraining, TrainingImpossible, type TrainingPlan } from './training-plan.ts';
import { writeCard, type FittedTheme } from './write-card.ts';
import { writeOnnx } from './write-onnx.ts';

export interface TrainingRequest {
  incidents: readonly KnownIncident[];
  timeZone: TimeZone;
  /** Nothing that became known at or after it is used. */
  untilMs: number;
  horizon: Horizon;
  /** Names of what the incidents came from, for the card. */
  data: readonly string[];
  /** The themes, unless said otherwise. */
  groups?: readonly IncidentGroup[];
  /** Of a force area, whatever happened where; else the cells are those with an incident before the windows. */
  cells?: readonly Cell[];
  onProgress?: (share: number, text: string) => void;
}

export interface TrainedModel {
  /** An ONNX file. */
  artefact: Uint8Array;
  card: ModelCard;
}

// A theme with fewer incidents in its windows takes the weights of the rarest that has more: what serves a rare theme
// depends on how rare it is, more than on what it is of.
const FEWEST_OF_A_THEME = 200;
/** Significant digits of a weight: what the card shows is exactly what the graph holds. */
const DIGITS = 6;

/** The same request gives the same bytes. Throws `TrainingImpossible` where too little is known before `untilMs`. */
export function trainModel(request: TrainingRequest): TrainedModel {
  const { timeZone, groups = THEME_GROUPS, onProgress = () => undefined } = request;
  const horizon = fittedHorizon(request.horizon);
  const plan = planTraining(request.incidents, request.untilMs, horizon, timeZone);
  const toFit = [ALL, ...groups.filter(({ name }) => name !== ALL.name)];
  const fits = toFit.map((group, g): Fit => {
    const onShare = (share: number): void => {
      onProgress((g + share) / toFit.length, `learning ${group.name}`);
    };
    return fitTheme(plan, group, request, onShare);
  });
  const fitted = fits.filter((fit): fit is FittedTheme => 'weights' in fit);
  const rarest = fitted.reduce((rare, other) => (other.incidents < rare.incidents ? other : rare));
  const themes = groups.flatMap(({ name }): FittedTheme[] => {
    const fit = fits.find((one) => one.name === name);
    if (fit === undefined) return [];
    return ['weights' in fit ? fit : { ...rarest, ...fit }];
  });
  const artefact = writeOnnx(
    themes.map(({ name }) => name),
    themes.map(({ weights }) => weights),
  );
  const { untilMs, data } = request;
  return { artefact, card: writeCard({ artefact, themes, plan, horizon, timeZone, untilMs, data }) };
}

/** Without weights where it had too few incidents to learn from. */
type Fit = FittedTheme | Pick<FittedTheme, 'name' | 'incidents'>;

function fitTheme(
  plan: TrainingPlan,
  group: IncidentGroup,
  { timeZone, cells }: TrainingRequest,
  onProgress: (share: number) => void,
): Fit {
  const walk = new Walk(new CellHistory({ timeZone, groups: [group] }), plan.incidents);
  if (cells !== undefined) {
    for (const cell of cells) walk.history.area.take(cell);
    walk.history.closeArea();
  }
  walk.advance(plan.span.fromMs);
  walk.history.closeArea();
  const dataset = collectDataset(walk, plan.incidents, group, plan.windows, onProgress);
  const { name } = group;
  const { incidents } = dataset;
  if (incidents < FEWEST_OF_A_THEME && name !== ALL.name) return { name, incidents };
  if (incidents === 0)
    throw new TrainingImpossible('no incident falls into the windows before the given date');
  const weights = rounded(fitMixture(dataset, { leansOnAll: name !== ALL.name }));
  const dispersion = round(fitDispersion(dataset, weights));
  return { name, fittedOn: name, incidents, weights, dispersion };
}

function rounded({ base, kernels, affinities }: MixtureWeights): MixtureWeights {
  return { base: round(base), kernels: kernels.map(round), affinities: affinities.map(round) };
}

// EM leaves a weight that should be zero at 1e-30.
function round(value: number): number {
  return Number((Math.abs(value) < 1e-6 ? 0 : value).toPrecision(DIGITS));
}
