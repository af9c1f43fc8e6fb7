/** One line of an NDJSON recording: an incident message, and optionally the feed it came by. */
import { Compile } from 'typebox/compile';
import { IncidentMessage } from '../../../shared/incident.ts';
import { parseInstant } from '../../../shared/time.ts';
import type { RowReading } from './recorded-row.ts';

const validator = Compile(IncidentMessage);

/** What was simulated stays so; all else that is read from a file is `recorded`. */
export function readNdjsonLine(text: string): RowReading {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { reason: 'the line is no JSON' };
  }
  if (typeof content !== 'object' || content === null) return { reason: 'the line is no JSON object' };
  const { feed, ...message } = content as { feed?: unknown };
  if (!validator.Check(message)) {
    const [first] = validator.Errors(message);
    return { reason: `${first?.instancePath ?? ''} ${first?.message ?? 'is no incident'}`.trim() };
  }
  const occurredMs = parseInstant(message.occurredAt);
  if (occurredMs === undefined) return { reason: '/occurredAt is no time' };
  const reportedMs = message.reportedAt === undefined ? occurredMs : parseInstant(message.reportedAt);
  if (reportedMs === undefined) return { reason: '/reportedAt is no time' };
  return {
    incident: { ...message, origin: message.origin === 'simulated' ? 'simulated' : 'recorded' },
    knownAtMs: reportedMs,
    source: typeof feed === 'string' ? feed : '',
    isMapped: true,
  };
}
