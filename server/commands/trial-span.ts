/** On which days, and in which windows, two models can be compared: those that neither has learnt from. */
import type { KnownIncident } from '../../models/features/counted-incident.ts';
import { knowsHour } from '../../models/features/counted-incident.ts';
import type { Horizon, Span } from '../../models/forecast-windows.ts';
import type { ModelCard } from '../../models/model-card.ts';
import { DAY_MS, type TimeZone } from '../../shared/time.ts';
import { midnightOf } from './local-dates.ts';
import { CommandError } from './run-command.ts';

/** A quarter is enough to tell, and recent enough to matter. */
const MOST_DAYS = 92;

/**
 * From the day until which the later of the models was trained to the last whole day that the incidents tell of.
 * Throws `CommandError` where there is none.
 */
export function trialSpan(
  incidents: readonly KnownIncident[],
  cards: readonly ModelCard[],
  timeZone: TimeZone,
): Span {
  const untils = cards.map(({ training }) => training.until).sort();
  const until = untils.at(-1) ?? '';
  const latestMs = incidents.reduce((latest, { occurredAtMs }) => Math.max(latest, occurredAtMs), -Infinity);
  if (latestMs === -Infinity) throw new CommandError('there are no incidents to compare the models on');
  const toMs = timeZone.startOfDay(latestMs);
  const trainedMs = midnightOf('--until', until, timeZone);
  const fromMs = Math.max(trainedMs, timeZone.startOfDay(toMs - MOST_DAYS * DAY_MS));
  if (fromMs < toMs) return { fromMs, toMs };
  throw new CommandError(
    `no whole day of incidents lies after ${until}, until when the models were trained: train until an earlier date`,
  );
}

/** Shifts, which models are fitted to, where most hours are known; days where only those are. */
export function trialHorizon(incidents: readonly KnownIncident[]): Horizon {
  const timed = incidents.filter(knowsHour).length;
  return { hours: timed >= incidents.length / 2 ? 8 : 24 };
}
