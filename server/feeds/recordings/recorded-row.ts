/** What one row of a recording says, whatever its format, made into an incident or a reason why not. */
import type { IncidentMessage } from '../../../shared/incident.ts';
import { formatInstant, type TimeZone } from '../../../shared/time.ts';
import { discoveryOf, type Classifier } from './classifier.ts';
import { incidentIdOf } from './incident-id.ts';
import { parseRecordedTime } from './occurred-at.ts';

export interface RecordedIncident {
  incident: IncidentMessage;
  /** When the sender knew: `reportedAt`, else `occurredAt`. */
  knownAtMs: number;
  /** Whom the row names as its publisher; empty where it names none. */
  source: string;
  /** False where no category map knows the native category. */
  isMapped: boolean;
}
export type RowReading = RecordedIncident | { reason: string };

/** The texts as the row has them. */
export interface RowTexts {
  id: string;
  occurredAt: string;
  reportedAt?: string;
  lat: string;
  lon: string;
  category: string;
  source: string;
  force?: IncidentMessage['force'];
}

export interface RowContext {
  timeZone: TimeZone;
  classifier: Classifier;
}

const LONGEST_NATIVE_CATEGORY = 80;

export function readRow(row: RowTexts, { timeZone, classifier }: RowContext): RowReading {
  const id = row.id.trim();
  if (id === '') return { reason: 'id is empty' };
  const occurred = parseRecordedTime(row.occurredAt.trim(), timeZone);
  if (occurred === undefined) return { reason: `occurred_at is no time: ${quoted(row.occurredAt)}` };
  const reportedText = row.reportedAt?.trim() ?? '';
  const reported = reportedText === '' ? undefined : parseRecordedTime(reportedText, timeZone);
  if (reportedText !== '' && reported === undefined) {
    return { reason: `reported_at is no time: ${quoted(reportedText)}` };
  }
  const lat = degrees(row.lat, 90);
  if (lat === undefined) return { reason: `lat is no latitude: ${quoted(row.lat)}` };
  const lon = degrees(row.lon, 180);
  if (lon === undefined) return { reason: `lon is no longitude: ${quoted(row.lon)}` };
  const nativeCategory = row.category.trim();
  const { category, markers, isMapped } = classifier.classify(nativeCategory, row.source);
  const discovery = discoveryOf(category);
  const incident: IncidentMessage = {
    id: incidentIdOf(id),
    origin: 'recorded',
    occurredAt: formatInstant(occurred.epochMs),
    ...(occurred.timePrecision !== 'minute' && { timePrecision: occurred.timePrecision }),
    ...(reported !== undefined && { reportedAt: formatInstant(reported.epochMs) }),
    location: { lat, lon },
    category,
    ...(markers.length > 0 && { markers: [...markers] }),
    ...(nativeCategory !== '' && { nativeCategory: nativeCategory.slice(0, LONGEST_NATIVE_CATEGORY) }),
    ...(row.force !== undefined && { force: row.force }),
    ...(discovery !== 'reported' && { discovery }),
  };
  return { incident, knownAtMs: reported?.epochMs ?? occurred.epochMs, source: row.source, isMapped };
}

function degrees(text: string, most: number): number | undefined {
  const value = Number(text);
  return text.trim() !== '' && Math.abs(value) <= most ? value : undefined;
}

// Long enough to find the fault, too short to carry a stranger's free text into a log.
function quoted(text: string): string {
  return JSON.stringify(text.length > 30 ? `${text.slice(0, 30)}…` : text);
}
