/** What a step through the past brought, in words: an incident, an alert, or a feed that fell silent or spoke again. */
import type { Delta } from '../../shared/messages.ts';
import { parseInstant } from '../../shared/time.ts';
import { toldHow } from '../state/told-how.ts';
import { formatAge, formatCount, formatInPeriod, formatOccurred } from './format.ts';
import { words } from './words.ts';

export function tellStep(delta: Delta, atMs: number, timeZone: string): string {
  switch (delta.type) {
    case 'incidents.stored':
      return 'changes' in delta ? tellIncidents(delta, atMs, timeZone) : tellCounts(delta);
    case 'alert.changed': {
      const { finding, state } = delta.alert;
      return words.replayToldAlert(words.theme[finding.theme], words.alertState[state]);
    }
    case 'feeds.changed': {
      const { agency, feed, condition } = delta.feed;
      return words.replayToldFeed(`${words.agency[agency]} ${words.feed(feed)}`, words.condition[condition]);
    }
    case 'hotspots.ranked':
    case 'tasking.changed':
    case 'action.changed':
    case 'forecasts.issued':
      return words.replayToldPicture;
  }
}

type Stored = Extract<Delta, { type: 'incidents.stored' }>;

function tellIncidents(
  { changes }: Extract<Stored, { changes: unknown }>,
  atMs: number,
  timeZone: string,
): string {
  const [first, ...others] = changes;
  if (first === undefined) return words.replayToldMany(formatCount(0));
  if (others.length > 0) return words.replayToldMany(formatCount(changes.length));
  const { incident } = first;
  const { lateMs, corrected, cancelled } = toldHow(incident);
  const happened =
    incident.period === null
      ? formatOccurred(parseInstant(incident.occurredAt) ?? 0, incident.timePrecision, atMs, timeZone)
      : formatInPeriod(incident.period);
  const feed = `${words.agency[incident.agency]} ${words.feed(incident.feed)}`;
  return [
    words.replayToldIncident(words.category[incident.category], feed, happened),
    ...(lateMs === null ? [] : [words.late(formatAge(lateMs))]),
    ...(corrected ? [words.corrected] : []),
    ...(cancelled ? [words.cancelled] : []),
  ].join(' · ');
}

function tellCounts({ counts }: Extract<Stored, { counts: unknown }>): string {
  const come = counts.reduce((sum, { change }) => sum + Math.max(0, change), 0);
  return words.replayToldMany(formatCount(come));
}
