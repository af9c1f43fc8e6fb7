/** Whether a forecast came true: its hotspots with what then happened in and beside them, next to the naive map. */
import Type, { type Static } from 'typebox';
import { AGENCIES } from './category.ts';
import { SeriesKey } from './scorecard.ts';

/** `running`: its window is not over; `closed`: late reports may still come; `settled`: 48 hours have passed since. */
export const OUTCOME_STATES = ['running', 'closed', 'settled'] as const;
export type OutcomeState = (typeof OUTCOME_STATES)[number];

const orNull = <Schema extends Type.TSchema>(schema: Schema): Type.TUnion<[Schema, Type.TNull]> =>
  Type.Union([schema, Type.Null()]);
const Count = Type.Integer({ minimum: 0 });

/** A stretch of time in which a feed did not speak; `to` is null while it has not spoken again. */
export const FeedOutage = Type.Object({
  agency: Type.Enum([...AGENCIES]),
  feed: Type.String(),
  from: Type.String(),
  to: orNull(Type.String()),
});
export type FeedOutage = Static<typeof FeedOutage>;

/** How much of what happened a map's chosen cells held. Null where nothing happened, or nobody knows. */
export const ChosenArea = Type.Object({
  cells: Count,
  areaShare: Type.Number(),
  hits: orNull(Count),
  hitRate: orNull(Type.Number()),
  pai: orNull(Type.Number()),
});
export type ChosenArea = Static<typeof ChosenArea>;

export const ForecastOutcome = Type.Object({
  id: Type.Integer(),
  ...SeriesKey.properties,
  issuedAt: Type.String(),
  window: Type.Object({ from: Type.String(), to: Type.String() }),
  modelId: Type.String(),
  state: Type.Enum([...OUTCOME_STATES]),
  /** Counted is what was known by then. */
  knownBy: Type.String(),
  /** Whether anything was told of what happened there since the window began: without, no count is known, and none is 0. */
  told: Type.Boolean(),
  /** Whether all cells are coarse, because the reader may know no finer. */
  coarse: Type.Boolean(),
  areaCells: Count,
  /** By rank. `lower` and `upper`: four windows of five bring a count between; null where the spread was not kept. */
  hotspots: Type.Array(
    Type.Object({
      rank: Count,
      cell: Type.String(),
      expected: Type.Number(),
      lower: orNull(Count),
      upper: orNull(Count),
      observed: orNull(Count),
    }),
  ),
  /** As many cells as there are hotspots, where last year's counts were highest. */
  naiveCells: Type.Array(Type.Object({ cell: Type.String(), lastYear: Count, observed: orNull(Count) })),
  /** Where else something happened. `coarse` ones are in no figure: where in them, the reader may not know. */
  elsewhere: Type.Array(Type.Object({ cell: Type.String(), coarse: Type.Boolean(), observed: Count })),
  /** Of the window. Null where nothing was told. */
  incidents: Type.Object({
    /** In the forecast's cells: what hit rates are of. */
    counted: orNull(Count),
    inside: orNull(Count),
    outside: orNull(Count),
    /** In none of the forecast's cells. */
    beyond: orNull(Count),
    /** Domestic and sexual ones that the reader may place coarsely only. */
    unplaced: orNull(Count),
    /** Known to their day or month only, so that nobody knows whether they fell into the window. */
    untimed: orNull(Count),
  }),
  model: ChosenArea,
  naiveMap: ChosenArea,
  /** Feeds that tell of the force and were silent in the window: what they missed is counted nowhere. */
  outages: Type.Array(FeedOutage),
  /** When the forecasts before and after it began; null where there is none. */
  earlier: orNull(Type.String()),
  later: orNull(Type.String()),
});
export type ForecastOutcome = Static<typeof ForecastOutcome>;
