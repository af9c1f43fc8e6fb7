/** What a shift hands over: figures against normal, alerts with decisions, hotspots and doses, open matters, outages, notes. */
import Type, { type Static } from 'typebox';
import { Alert } from './alert-state.ts';
import { ALERT_STATES } from './alert-step.ts';
import { ForecastOutcome, FeedOutage } from './forecast-outcome.ts';
import { FORCES_AND_UNASSIGNED } from './force.ts';
import type { Basemap } from './messages.ts';
import { DATA_STATES } from './national.ts';
import { AgainstNormal } from './normal.ts';
import { PartnerAction } from './partner-action.ts';
import { Tasking } from './tasking.ts';
import { THEMES } from './theme.ts';
import { typedText } from './typed-text.ts';

const orNull = <Schema extends Type.TSchema>(schema: Schema): Type.TUnion<[Schema, Type.TNull]> =>
  Type.Union([schema, Type.Null()]);
const Count = Type.Integer({ minimum: 0 });
const Force = Type.Enum([...FORCES_AND_UNASSIGNED]);

/** A link that opens the room as it was: a path of this server. */
const ReplayLink = Type.String();

export const LONGEST_HANDOVER_DAYS = 7;
export const NOTE_LENGTH = 2_000;

export const HandoverNote = Type.Object({
  id: Type.String(),
  force: Force,
  /** Of which span it was written; it stands in every handover that touches it. */
  from: Type.String(),
  to: Type.String(),
  /** Rises with each change: what `expectedVersion` is held against. */
  version: Type.Integer({ minimum: 1 }),
  text: Type.String(),
  by: Type.String(),
  role: Type.String(),
  writtenAt: Type.String(),
  /** By whom and when it was last changed; null where it stands as it was written. */
  changedBy: orNull(Type.String()),
  changedAt: orNull(Type.String()),
});
export type HandoverNote = Static<typeof HandoverNote>;

const NoteText = typedText(NOTE_LENGTH);
const closed = { additionalProperties: false };
export const NewHandoverNote = Type.Object(
  { force: Force, from: Type.String({ maxLength: 40 }), to: Type.String({ maxLength: 40 }), text: NoteText },
  closed,
);
export type NewHandoverNote = Static<typeof NewHandoverNote>;
export const ChangedHandoverNote = Type.Object(
  { expectedVersion: Type.Integer({ minimum: 1 }), text: NoteText },
  closed,
);

/** A step with an alert: what was decided, when, and by whom. */
export const HandoverStep = Type.Object({
  at: Type.String(),
  act: Type.String(),
  by: Type.String(),
  role: Type.String(),
  /** The unit, outcome or reason that goes with it. */
  detail: orNull(Type.String()),
  note: orNull(Type.String()),
});
export type HandoverStep = Static<typeof HandoverStep>;

export const HandoverAlert = Type.Object({
  /** As it stood at the end. */
  alert: Alert,
  state: Type.Enum([...ALERT_STATES]),
  /** All until the end, also those before the shift. */
  steps: Type.Array(HandoverStep),
  replay: ReplayLink,
});
export type HandoverAlert = Static<typeof HandoverAlert>;

export const HandoverFigure = Type.Object({
  theme: Type.Enum([...THEMES]),
  ...AgainstNormal.properties,
  replay: ReplayLink,
});
export type HandoverFigure = Static<typeof HandoverFigure>;

export const HandoverHotspot = Type.Object({
  ...ForecastOutcome.properties.hotspots.items.properties,
  /** Given by patrols in the span's hours; null where no unit of the force tells where it is. */
  minutes: orNull(Type.Number()),
  replay: ReplayLink,
});
export type HandoverHotspot = Static<typeof HandoverHotspot>;

export const Handover = Type.Object({
  force: Force,
  /** Whose hotspots are told of. */
  theme: Type.Enum([...THEMES]),
  timeZone: Type.String(),
  from: Type.String(),
  to: Type.String(),
  /** The hour at which the shift begins; null where the span is no whole shift. */
  shift: orNull(Type.Integer()),
  madeAt: Type.String(),
  /** The end, or where it is not over yet the moment at which this was made: all is told up to then. */
  until: Type.String(),
  /** The room at the end. */
  replay: ReplayLink,
  /** What is known of the force at present, by the feeds that tell of it. */
  data: Type.Enum([...DATA_STATES]),
  feeds: Type.Object({
    /** That tell of the force. */
    known: Count,
    /** Silent in the span for a part of it, and for all of it: what they missed is in no figure. */
    silentInPart: Count,
    silentThroughout: Count,
  }),
  /** One for each theme. `reported` is null where nothing is known, which is not the same as none. */
  figures: Type.Array(HandoverFigure),
  alerts: Type.Object({
    raised: Count,
    /** Acknowledged, assigned, resolved or dismissed in the span. */
    resolved: Count,
    dismissed: Count,
    openAtEnd: Count,
    /** Those raised, open or handled in the span, newest first; `more` are not listed. */
    listed: Type.Array(HandoverAlert),
    more: Count,
  }),
  /** Of the forecast for eight hours in force when the span began; null where none was issued. */
  hotspots: orNull(
    Type.Object({
      issuedAt: Type.String(),
      window: ForecastOutcome.properties.window,
      state: ForecastOutcome.properties.state,
      told: Type.Boolean(),
      coarse: Type.Boolean(),
      incidents: ForecastOutcome.properties.incidents,
      model: ForecastOutcome.properties.model,
      naiveMap: ForecastOutcome.properties.naiveMap,
      listed: Type.Array(HandoverHotspot),
      replay: ReplayLink,
    }),
  ),
  doses: Type.Object({
    /** Whether any unit of the force told where it was: without, no minutes are not none. */
    known: Type.Boolean(),
    /** In all cells, and in the hotspots that are listed. */
    minutes: orNull(Type.Number()),
    inHotspots: orNull(Type.Number()),
  }),
  /** Tasked before the end, and open or ended since the beginning; each as it stands now. */
  taskings: Type.Array(Type.Object({ tasking: Tasking, openAtEnd: Type.Boolean(), replay: ReplayLink })),
  /** Open at the end: to be gone on with. */
  open: Type.Object({
    /** Ids of those listed above. */
    alerts: Type.Array(Type.String()),
    taskings: Type.Array(Type.String()),
    actions: Type.Array(Type.Object({ action: PartnerAction, replay: ReplayLink })),
  }),
  outages: Type.Array(Type.Object({ ...FeedOutage.properties, replay: ReplayLink })),
  notes: Type.Array(HandoverNote),
  /** What lies under the picture of the map. */
  basemap: Type.Unsafe<Basemap>(Type.Object({ kind: Type.String() }, { additionalProperties: true })),
});
export type Handover = Static<typeof Handover>;
