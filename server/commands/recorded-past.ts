/** Reads recordings as the past that train and backtest learn from, with an exact account of every row. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { cellAt } from '../../shared/cell.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { parseInstant } from '../../shared/time.ts';
import { feedsModel, type KnownIncident } from '../../models/features/counted-incident.ts';
import { discoveryOf } from '../feeds/recordings/classifier.ts';
import { readRecordings, type RecordingsOptions } from '../feeds/recordings/read-recordings.ts';

/** read = incidents + duplicates + superseded + cancelled + rejected, exactly. */
export interface PastAccount {
  read: number;
  incidents: number;
  /** The same identity and content once more. */
  duplicates: number;
  /** Older revisions. */
  superseded: number;
  cancelled: number;
  /** What is no incident, and what has an identity that another content has taken; kept in `rejectedFolder`. */
  rejected: number;
  /** Of the incidents: found by officers or sensors, and so not for the model. */
  notForModel: number;
}

export interface Past {
  incidents: KnownIncident[];
  account: PastAccount;
}

interface Entry {
  known: KnownIncident;
  revision: number;
  isCancelled: boolean;
  content: string;
}

/** Throws `RecordingError` where a file can't be read. */
export async function readRecordedPast(options: RecordingsOptions): Promise<Past> {
  const account = emptyAccount();
  const entries = new Map<string, Entry>();
  Object.assign(account, await readRecordings(options, (entry) => take(entries, entry, account)));
  const counted = [...entries.values()].filter(({ isCancelled }) => !isCancelled);
  account.cancelled = entries.size - counted.length;
  account.incidents = counted.length;
  const incidents = counted.map(({ known }) => known);
  account.notForModel = incidents.filter((incident) => !feedsModel(incident)).length;
  return { incidents, account };
}

/** Returns why the row is refused, if it is. */
function take(
  entries: Map<string, Entry>,
  { incident, knownAtMs, source }: { incident: IncidentMessage; knownAtMs: number; source: string },
  account: PastAccount,
): string | undefined {
  const entry = entryOf(incident, knownAtMs);
  const identity = `${source}|${incident.id}`;
  const earlier = entries.get(identity);
  if (earlier === undefined) {
    entries.set(identity, entry);
  } else if (earlier.revision === entry.revision) {
    if (earlier.content !== entry.content) return 'conflict: another content has this identity';
    account.duplicates++;
  } else {
    account.superseded++;
    if (entry.revision > earlier.revision) entries.set(identity, entry);
  }
  return undefined;
}

function entryOf(incident: IncidentMessage, knownAtMs: number): Entry {
  const { location, category } = incident;
  return {
    known: {
      cell: cellAt(location.lat, location.lon),
      place: [location.lat, location.lon],
      occurredAtMs: parseInstant(incident.occurredAt) ?? knownAtMs,
      timePrecision: incident.timePrecision ?? 'minute',
      category,
      markers: incident.markers ?? [],
      discovery: incident.discovery ?? discoveryOf(category),
      knownAtMs,
    },
    revision: incident.revision ?? 1,
    isCancelled: incident.status === 'cancelled',
    content: createHash('sha1').update(JSON.stringify(incident)).digest('base64'),
  };
}

function emptyAccount(): PastAccount {
  return { read: 0, incidents: 0, duplicates: 0, superseded: 0, cancelled: 0, rejected: 0, notForModel: 0 };
}

/** Where rows that are no incidents are kept, as for every command that reads recordings. */
export function rejectedFolderOf(dataDir: string): string {
  return join(dataDir, 'rejected');
}
