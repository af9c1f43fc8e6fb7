/** The scorecard's words: what became of issued forecasts, and how it is told over HTTP. */
import Type, { type Static } from 'typebox';
import { HORIZONS } from './forecast.ts';
import { FORCES, UNASSIGNED } from './force.ts';
import { THEMES } from './theme.ts';

/** When a window is scored: as it closed, with what was known then, and once late reports have come in. */
export const SCORE_STAGES = ['closed', 'settled'] as const;
export type ScoreStage = (typeof SCORE_STAGES)[number];

/** So long after a window's end it has settled: what is reported later is left out for good. */
export const SETTLING_HOURS = 48;

/** Null where it has no value: without incidents, or where an incident came where none was thought possible. */
const Figure = Type.Union([Type.Number(), Type.Null()]);
/** Low and high end of a 95 % interval; null where there are too few days to draw again from. */
const Interval = Type.Union([Type.Tuple([Type.Number(), Type.Number()]), Type.Null()]);

const MapRollUp = Type.Object({
  informationGain: Figure,
  byAreaShare: Type.Array(
    Type.Object({
      share: Type.Number(),
      areaShare: Figure,
      hitRate: Figure,
      hitRateInterval: Interval,
      pai: Figure,
      pei: Figure,
    }),
  ),
});

export const RollUp = Type.Object({
  windows: Type.Integer(),
  uncoveredWindows: Type.Integer(),
  /** In the forecasts' cells, and in none of them. */
  incidents: Type.Integer(),
  outside: Type.Integer(),
  inAreaShare: Figure,
  expected: Type.Number(),
  observedOverExpected: Figure,
  coverage80: Figure,
  model: MapRollUp,
  naiveMap: MapRollUp,
  /** By how much the model is better, on the same days. */
  overNaiveMap: Type.Object({
    informationGain: Figure,
    informationGainInterval: Interval,
    byAreaShare: Type.Array(
      Type.Object({ share: Type.Number(), hitRate: Figure, hitRateInterval: Interval }),
    ),
  }),
});
export type RollUp = Static<typeof RollUp>;

/** Whose forecasts are scored. */
export const SeriesKey = Type.Object({
  force: Type.Enum([...FORCES, UNASSIGNED]),
  theme: Type.Enum([...THEMES]),
  horizonHours: Type.Enum([...HORIZONS]),
});

const Drift = Type.Object({
  reason: Type.Union([Type.String(), Type.Null()]),
  since: Type.String(),
  withheld: Type.Boolean(),
  reinstatedBy: Type.Union([Type.String(), Type.Null()]),
});

export const Scorecard = Type.Object({
  ...SeriesKey.properties,
  stage: Type.Enum([...SCORE_STAGES]),
  from: Type.String(),
  to: Type.String(),
  modelIds: Type.Array(Type.String()),
  total: RollUp,
  days: Type.Array(Type.Object({ date: Type.String(), ...RollUp.properties })),
  drift: Type.Union([Drift, Type.Null()]),
});
export type Scorecard = Static<typeof Scorecard>;
