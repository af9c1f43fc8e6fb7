/** What a step makes of a tasking: tasked, accepted, then completed or cancelled. */
import { isOpenTasking, type TaskingState } from '../../shared/tasking.ts';

export type TaskingStep =
  { act: 'accept' } | { act: 'complete'; note?: string } | { act: 'cancel'; reason: string };

const NEXT = { accept: 'accepted', complete: 'completed', cancel: 'cancelled' } as const;

/** `refused` says why the step cannot be taken, to be read by whoever asked for it. */
export function nextTaskingState(
  state: TaskingState,
  { act }: Pick<TaskingStep, 'act'>,
): { state: TaskingState } | { refused: string } {
  if (!isOpenTasking({ state })) return { refused: `the tasking is ${state} already` };
  if (act === 'accept' && state === 'accepted') return { refused: 'the tasking is accepted already' };
  if (act === 'complete' && state === 'tasked')
    return { refused: 'the unit has not accepted the tasking yet' };
  return { state: NEXT[act] };
}
