/** How the present rate of alerts stands against what people can take (EEMUA 191; ISA-18.2). */
import Type, { type Static } from 'typebox';
import { FORCES_AND_UNASSIGNED } from './force.ts';

const Count = Type.Integer({ minimum: 0 });
const Share = Type.Number({ minimum: 0, maximum: 1 });

export const AlertMeter = Type.Object({
  at: Type.String(),
  /** People who have a desk open and handle this force's alerts. */
  dispatchers: Count,
  /** Alerts of the last ten minutes; those handled with another left out. */
  called: Count,
  raised: Count,
  /** Called in the last ten minutes for each of them, or all where there is nobody. */
  perDispatcher: Type.Number(),
  /** What is steady, and what is a flood. */
  steadyPerDispatcher: Count,
  flood: Type.Boolean(),
  floodFrom: Count,
  open: Type.Object({ unacknowledged: Count, heldBack: Count, shelved: Count }),
  /** Of the last day's alerts; null where there was none. */
  priorities: Type.Union([Type.Object({ high: Share, medium: Share, low: Share }), Type.Null()]),
  aims: Type.Object({ high: Share, medium: Share, low: Share }),
});
export type AlertMeter = Static<typeof AlertMeter>;

/** Those of several forces, each against its own people. */
export const AlertMeters = Type.Object({
  forces: Type.Array(Type.Object({ force: Type.Enum([...FORCES_AND_UNASSIGNED]), meter: AlertMeter })),
});
export type AlertMeters = Static<typeof AlertMeters>;
export type ForceMeter = AlertMeters['forces'][number];
