/** Reads an instant that a request names. */
import { parseInstant } from '../../shared/time.ts';
import { Problem } from './problem.ts';

/** Epoch milliseconds; throws `Problem` 400 where the text is none, naming what was asked for. */
export function instantOf(name: string, text: string): number {
  const ms = parseInstant(text);
  if (ms === undefined) throw new Problem(400, `${name} must be a date and time with zone (RFC 3339)`);
  return ms;
}
