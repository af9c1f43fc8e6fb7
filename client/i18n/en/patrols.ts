/** Patrols: taskings, doses, hold-outs and what came of them, in English. */
import type { PatrolEffect } from '../../../shared/patrol-effect.ts';
import type { DoseState, TaskingAct, TaskingState } from '../../../shared/tasking.ts';

const doseState: Record<DoseState, string> = {
  due: 'due',
  'under-way': 'under way',
  delivered: 'delivered',
  'over-dosed': 'more than the dose',
  unknown: 'not known',
};

const taskingState: Record<TaskingState, string> = {
  tasked: 'tasked',
  accepted: 'accepted',
  completed: 'completed',
  cancelled: 'cancelled',
};

const taskingAct: Record<TaskingAct, string> = {
  accept: 'Accept',
  complete: 'Complete',
  cancel: 'Cancel',
};

const effectUnknown: Record<NonNullable<NonNullable<PatrolEffect['effect']>['unknown']>, string> = {
  'no-days-yet': 'not told yet: no whole day has passed of which anything is known',
  'too-few-hotspots': 'not told: too few hotspots on one side',
  'too-few-incidents': 'not told yet: too few incidents on one side',
};

export const patrols = {
  doseState,
  taskingState,
  taskingAct,
  effectUnknown,
  patrolsButton: 'Patrols',
  patrolsTitle: 'Patrols of hotspots',
  patrolsSource: 'A dose is one visit of 10 to 16 minutes, about every two hours (Koper 1995).',
  taskTitle: (place: string) => `Task a unit with ${place}`,
  taskNoCell: 'Open a hotspot (N), or choose one below, to task a unit with it.',
  taskForce: 'Force',
  taskUnit: 'Unit',
  taskDose: 'Minutes',
  taskEvery: 'Every',
  taskEveryMinutes: (minutes: number) => `${minutes} minutes`,
  taskSend: 'Task the unit',
  taskDone: (unit: string) => `${unit} is tasked.`,
  taskHeldOut: (until: string) =>
    `This hotspot is held out until ${until}, so that patrols can be measured. To task it all the same, say why.`,
  taskReason: 'Reason',
  taskRefused: (reason: string) => `The server refuses: ${reason}`,
  taskList: 'Hotspots and their doses',
  taskNone: 'No hotspot is ranked and none is tasked.',
  taskColumns: {
    place: 'Hotspot',
    unit: 'Unit',
    delivered: 'Delivered',
    last: 'Last visit',
    due: 'Due',
    state: 'Dose',
    acts: 'Steps',
  },
  taskMinutes: (delivered: string, required: number) => `${delivered} of ${required} min`,
  taskNot: 'not tasked',
  taskThis: 'Task',
  taskCancelReason: 'Why it is cancelled',
  taskBack: 'Back',
  taskEnded: 'Ended in the last 24 hours',
  heldOutMark: 'held out',
  heldOutTitle: 'Hold-out: do patrols work?',
  holdOutNone: 'No hotspots are held out.',
  holdOutSaid: (held: number, treated: number, from: string, to: string, seed: number) =>
    `${held} hotspots held out and ${treated} patrolled, ${from} to ${to}, seed ${seed}`,
  holdOutDays: 'Days',
  holdOutOneIn: 'One in',
  holdOutSeed: 'Seed',
  holdOutDraw: 'Draw at random',
  holdOutDrawn: (held: number, all: number) => `${held} of ${all} hotspots are held out.`,
  effectTitle: 'Effect of patrols',
  effectOf: (force: string) => `Effect of patrols, ${force}`,
  effectRatio: (ratio: string, low: string, high: string) => `${ratio} (95 %: ${low} to ${high})`,
  effectMeaning: {
    fewer: 'fewer incidents where patrolled than held out, against the expected',
    more: 'more incidents where patrolled than held out, against the expected',
    unclear: 'no difference beyond chance between patrolled and held out',
  },
  effectArm: { treated: 'Patrolled', heldOut: 'Held out' },
  effectColumns: {
    hotspots: 'Hotspots',
    expected: 'Expected',
    observed: 'Happened',
    ratio: 'Happened ÷ expected',
    minutes: 'Minutes a day',
  },
  effectDays: (known: number, unknown: number) =>
    unknown === 0 ? `${known} days` : `${known} days, ${unknown} more of which nothing is known left out`,
  effectChance: (chance: string) => `by the draw alone in ${chance} of draws`,
};
