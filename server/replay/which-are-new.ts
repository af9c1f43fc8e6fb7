/** Tells what was announced again from what is new, by the names of all that was counted before. */
import type { IncidentsStored } from '../../shared/announcement.ts';
import { SeenBatches } from '../live/seen-batches.ts';
import type { ToldMessage } from './tally.ts';

/** `before`: names as `SeenBatches` has them, far more than are asked for. Ask in order, once of each part. */
export function whichAreNew(
  told: readonly ToldMessage[],
  before: readonly (readonly string[])[],
): (part: Pick<IncidentsStored, 'batch' | 'part'>) => boolean {
  const asked = new Set(
    told.flatMap(({ stored }) =>
      stored === null ? [] : [`${stored.batch}.${stored.part}`, `${stored.batch}`],
    ),
  );
  const known = before.flatMap((names) => names.filter((name) => asked.has(name)));
  const seen = new SeenBatches(known, known.length + asked.size);
  return (part) => seen.isNew(part);
}
