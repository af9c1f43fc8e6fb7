/** The steps of an alert's life, from raised to a recorded human decision, and what each needs. */
import Type, { type Static } from 'typebox';

export const ALERT_STATES = ['raised', 'acknowledged', 'assigned', 'resolved', 'dismissed'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** What was found, or done, where a unit went. */
export const OUTCOMES = [
  'offence-confirmed',
  'disorder-dealt-with',
  'reassured',
  'nothing-found',
  'passed-to-partner',
  'not-attended',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why nobody needs to go. */
export const DISMISSALS = [
  'known-event',
  'known-operation',
  'same-incident',
  'wrong-data',
  'no-concern',
] as const;
export type Dismissal = (typeof DISMISSALS)[number];

export const SHELVE_MINUTES = [5, 10, 15] as const;

const expectedVersion = Type.Integer({ minimum: 1 });
const note = Type.Optional(Type.String({ maxLength: 500 }));
const closed = { additionalProperties: false };

/** The bodies of `POST /api/alerts/:id/…`, by act. */
export const STEP_BODIES = {
  acknowledge: Type.Object({ expectedVersion, note }, closed),
  assign: Type.Object(
    { expectedVersion, unit: Type.String({ pattern: '^[A-Za-z0-9:._-]{1,64}$' }), note },
    closed,
  ),
  escalate: Type.Object({ expectedVersion, note }, closed),
  resolve: Type.Object({ expectedVersion, outcome: Type.Enum([...OUTCOMES]), note }, closed),
  dismiss: Type.Object({ expectedVersion, reason: Type.Enum([...DISMISSALS]), note }, closed),
  shelve: Type.Object({ expectedVersion, minutes: Type.Enum([...SHELVE_MINUTES]) }, closed),
  unshelve: Type.Object({ expectedVersion }, closed),
} as const;

export type AlertAct = keyof typeof STEP_BODIES;
export const ALERT_ACTS = Object.keys(STEP_BODIES) as AlertAct[];

type Bodies = {
  [Act in AlertAct]: { act: Act } & Omit<Static<(typeof STEP_BODIES)[Act]>, 'expectedVersion'>;
};
/** A step as somebody asks for it. */
export type AlertStep = Bodies[AlertAct];

/** A step as it was taken: `by` is an account, or `server` where a time set ran out. */
export interface TakenStep {
  version: number;
  at: string;
  by: string;
  role: string;
  step: AlertStep | { act: 'raise' };
}
