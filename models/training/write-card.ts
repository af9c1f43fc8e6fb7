/** Writes the card of a trained model: everything in it follows from the incidents, nothing from the clock. */
import { formatInstant, type TimeZone } from '../../shared/time.ts';
import { AFFINITY_NAMES } from '../features/affinity.ts';
import { FEATURE_NAMES, KERNEL_NAMES } from '../features/feature-vector.ts';
import type { Horizon } from '../forecast-windows.ts';
import { cardId, sha256, type ModelCard, type ThemeCard } from '../model-card.ts';
import type { MixtureWeights } from './mixture-fit.ts';
import type { TrainingPlan } from './training-plan.ts';

const METHOD =
  'Kernel mixture: expected = expectation · (evenSpread + Σ kernel weight · relative decayed count) ' +
  '· exp(Σ exponent · affinity), fitted by EM and Newton to the Poisson likelihood; counts are negative binomial ' +
  'with variance = mean · (1 + dispersion).';

const INTENDED_USE =
  'To rank the places of a force area by the reported incidents that the next hours will bring, so that people ' +
  'can decide where presence, repair or help is due. It speaks of places, never of persons.';

const LIMITS = [
  'It learns from what was reported: where people do not report, it sees nothing.',
  'What officers or sensors found does not feed it, so drugs and weapons found by search are not forecast.',
  'Where crime is frequent, last year’s counts rank nearly as well; the gain lies in rare themes and in the rate.',
  'It was fitted to one city. Elsewhere check it by a backtest before relying on its levels and intervals.',
];

/** What a theme is forecast with. */
export interface FittedTheme {
  name: string;
  /** Whose incidents the weights were fitted to. */
  fittedOn: string;
  /** Of the theme itself, in the windows fitted to. */
  incidents: number;
  weights: MixtureWeights;
  dispersion: number;
}

export interface CardContents {
  artefact: Uint8Array;
  themes: readonly FittedTheme[];
  plan: TrainingPlan;
  horizon: Horizon;
  timeZone: TimeZone;
  untilMs: number;
  data: readonly string[];
}

export function writeCard(contents: CardContents): ModelCard {
  const { artefact, themes, plan, horizon, timeZone, untilMs, data } = contents;
  const date = (epochMs: number): string => formatInstant(epochMs + timeZone.offsetMs(epochMs)).slice(0, 10);
  const content: Omit<ModelCard, 'id'> = {
    sha256: sha256(artefact),
    method: METHOD,
    features: [...FEATURE_NAMES],
    themes: Object.fromEntries(themes.map((theme) => [theme.name, themeCard(theme)])),
    training: {
      data: [...data],
      timeZone: timeZone.name,
      dataFrom: date(plan.firstMs),
      windowsFrom: date(plan.span.fromMs),
      until: date(untilMs),
      windows: `${String(plan.windows.length)} of ${'hours' in horizon ? `${String(horizon.hours)} hours` : 'a month'}`,
      incidents: plan.incidents.length,
    },
    intendedUse: INTENDED_USE,
    limits: LIMITS,
  };
  return { id: cardId(content), ...content };
}

function themeCard({ fittedOn, incidents, weights, dispersion }: FittedTheme): ThemeCard {
  return {
    fittedOn,
    incidents,
    evenSpread: weights.base,
    kernels: named(KERNEL_NAMES, weights.kernels),
    affinities: named(AFFINITY_NAMES, weights.affinities),
    dispersion,
  };
}

function named(names: readonly string[], values: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? 0]));
}
